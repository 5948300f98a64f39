"""Small reports in other conventions: titles, bold labels, numbering, lists, gaps, text that looks like a label."""

import pytest

from recommendations.importing.problems import ImportProblem
from recommendations.importing.reading import read_upload

LONG_SENTENCE = "In the year that followed the publication of the first report the board met each month and asked " * 2


def read(text: str, name: str = "report.md"):
    return read_upload(name, text.encode())


def only(text: str):
    (recommendation,) = read(text).recommendations
    return recommendation


@pytest.mark.parametrize(
    "line",
    [
        "Recommendation 1: The board meets monthly.",
        "**Recommendation 1:** The board meets monthly.",
        "**Recommendation 1**: The board meets monthly.",
        "RECOMMENDATION 1. The board meets monthly.",
        "Recommendation 1 – The board meets monthly.",
        "Recommendation 1 - The board meets monthly.",
        "Recommendation 1 The board meets monthly.",
        "- Recommendation 1: The board meets monthly.",
        "> Recommendation 1: The board meets monthly.",
        "| Recommendation 1: The board meets monthly. |",
        "### Recommendation 1\n\nThe board meets monthly.",
        "**Recommendation 1**\n\nThe board meets monthly.",
        "Recommendation 1\nThe board meets monthly.",
    ],
)
def test_label_is_read_however_it_is_marked(line):
    found = only(line)
    assert (found.label, found.title, found.text) == ("1", "", "The board meets monthly.")


@pytest.mark.parametrize(
    "start", ["### Recommendation 1: Meetings", "Recommendation 1 – Meetings", "**Recommendation 1: Meetings**"]
)
def test_title_stands_apart_from_the_wording_that_follows_it(start):
    found = only(f"{start}\n\nThe board meets monthly.\n\nIt publishes its minutes.\n\n# Next chapter\n\nOther text.")
    assert (found.title, found.text) == ("Meetings", "The board meets monthly.\nIt publishes its minutes.")


def test_title_with_nothing_under_it_is_the_wording():
    first, _ = read("### Recommendation 1: Meet monthly\n\n### Recommendation 2: Publish minutes").recommendations
    assert (first.title, first.text) == ("", "Meet monthly")


@pytest.mark.parametrize("label", ["110.7", "018/14", "12a", "F3"])
def test_label_need_not_be_a_plain_number(label):
    assert only(f"Recommendation {label}: The board meets monthly.").label == label


@pytest.mark.parametrize(
    "sentence",
    [
        "The board agrees with\nrecommendation 22 and will act on it.",
        "The board has answered (see\nRecommendation 4) how it will act.",
        f"{LONG_SENTENCE} about\n\nRecommendation 4. It will act.",
        "Recommendation 22 was heard and is done.",
        "See recommendation 22: it is done.",
    ],
)
def test_mention_in_a_sentence_is_no_label(sentence):
    report = read(f"{sentence}\n\nRecommendation 1: The board meets monthly.")
    assert [found.label for found in report.recommendations] == ["1"]


def test_recommendations_on_successive_lines_are_parted():
    report = read("Recommendation 1: Meet monthly.\nRecommendation 2: Publish minutes\nRecommendation 3: Tell schools.")
    assert [found.text for found in report.recommendations] == ["Meet monthly.", "Publish minutes", "Tell schools."]


def test_wrapped_lines_are_one_text():
    assert only("Recommendation 1: The board\nmeets\nmonthly.").text == "The board meets monthly."


@pytest.mark.parametrize(
    ("marks", "labels"),
    [
        (["-", "-", "-"], ["", "", ""]),
        (["•", "•", "•"], ["", "", ""]),
        (["a.", "b.", "c."], ["a", "b", "c"]),
        (["(a)", "(b)", "(c)"], ["a", "b", "c"]),
        (["i.", "ii.", "iii."], ["i", "ii", "iii"]),
        (["1.", "2.", "3."], ["1", "2", "3"]),
        (["- 1)", "- 2)", "- 3)"], ["1", "2", "3"]),
    ],
)
def test_listed_points_lose_their_markers_only(marks, labels):
    points = ["meets monthly, and", "publishes its minutes;", "tells schools"]
    listed = "\n".join(f"{mark} {point}" for mark, point in zip(marks, points, strict=True))
    found = only(f"Recommendation 1: The board:\n\n{listed}\n\n12. The next paragraph.")
    assert [(point.label, point.text) for point in found.sub_points] == list(zip(labels, points, strict=True))
    assert found.text == "\n".join(["The board:", *points])
    assert found.opening == "The board:"


def test_points_in_a_sentence_are_found_only_in_order_from_the_first():
    assert [p.label for p in only("Recommendation 1: The board (i) meets, (ii) writes and (iii) acts.").sub_points] == [
        "i", "ii", "iii",
    ]  # fmt: skip
    assert only("Recommendation 1: The board meets (b) the school and (d) the police.").sub_points == ()
    assert only("Recommendation 1: The board meets (a) quorum.").sub_points == ()


def test_words_between_markers_are_kept_but_for_the_and_that_joins_them():
    found = only("Recommendation 1: Improve (a) records and reports and (b) visits, and")
    assert [point.text for point in found.sub_points] == ["records and reports", "visits, and"]


def test_next_numbered_paragraph_is_no_point_of_the_recommendation():
    report = read("- 18. Staff meet.\n\nRecommendation 1: The board meets.\n\n- 19. Schools meet.\n- 20. Police meet.")
    assert report.recommendations[0].sub_points == ()
    assert [paragraph.number for paragraph in report.paragraphs] == ["18", "19", "20"]


def test_recommendation_inside_a_bullet_is_read():
    report = read(
        "- 53. Themes are not studied.\n  - Recommendation 30: The subgroup studies them.\n- 54. Time is short."
    )
    assert report.recommendations[0].text == "The subgroup studies them."
    assert report.recommendations[0].paragraphs == ("53",)


def test_sections_follow_depth_where_none_is_in_capitals():
    report = read(
        "# The report\n\n## Governance\n\n3.1 The board met.\n\n### Meetings\n\n3.2 It met often.\n\n"
        "Recommendation 1: Meet less.\n\n## Practice\n\nRecommendation 2: Do more."
    )
    assert report.title == "The report"
    assert [found.heading for found in report.recommendations] == [("Governance", "Meetings"), ("Practice",)]
    assert report.recommendations[0].paragraphs == ("3.2",)


def test_sections_follow_capitals_whatever_their_depth():
    report = read(
        "#### OUR LEADERSHIP\n\n#### Meetings\n\nRecommendation 1: Meet less.\n\n"
        "## Visits\n\nRecommendation 2: Visit more.\n\n# OUR PARTNERS\n\nRecommendation 3: Listen."
    )
    assert [found.heading for found in report.recommendations] == [
        ("OUR LEADERSHIP", "Meetings"), ("OUR LEADERSHIP", "Visits"), ("OUR PARTNERS",),
    ]  # fmt: skip


def test_title_on_a_line_of_its_own_in_plain_text_is_a_heading():
    report = read(
        "OUR LEADERSHIP\n\nHow the board meets (see para 2)\n\n1. It meets.\n\nRecommendation 1: Meet.\n\n"
        "OUR PARTNERS\n\n2. They meet.\n\nRecommendation 2: Listen.",
        "report.txt",
    )
    assert report.recommendations[0].heading == ("OUR LEADERSHIP", "How the board meets (see para 2)")
    assert report.recommendations[1].heading == ("OUR PARTNERS",)


def test_labels_missing_repeated_and_out_of_order_are_said():
    labels = ["1", "2", "2", "5", "4"]
    report = read("\n\n".join(f"Recommendation {label}: The board meets." for label in labels))
    assert report.warnings == (
        "Recommendation 2 stands 2 times in the file. Keep one of them.",
        "Recommendation 3 is missing. Check the report for it.",
        "Recommendation 4 comes after recommendation 5. Check the order.",
    )


def test_text_that_may_belong_to_a_recommendation_is_pointed_at():
    found = only("Recommendation 1: The board meets monthly.\n\nIt could also write to schools.")
    assert found.text == "The board meets monthly."
    assert found.warnings == (
        "The paragraph that follows may belong to this recommendation. Check it against the report.",
    )


def test_recommendation_without_words_is_pointed_at():
    assert only("Recommendation 1:\n\n## Next").warnings == (
        "This recommendation has no words. Check the report for them.",
    )


def test_paragraph_number_used_twice_stands_in_the_text_of_the_second():
    report = read("1. First.\n\n## Two\n\n1. Second.\n\nRecommendation 1: Meet.")
    assert [(p.number, p.text) for p in report.paragraphs] == [("1", "First."), ("", "1. Second.")]
    assert report.warnings == ("Paragraph numbers used more than once: 1. Only the first can be linked to.",)


def test_footnotes_are_left_out_wherever_they_stand():
    report = read(
        "1. The board met.[^1]\n\nRecommendation 1: Meet<sup>2</sup> less.\n\n[^1]: Minutes of 2020.\n\n"
        "<sup>2</sup> \n\nhttps://example.org/minutes\n\n2. Nobody came on 1<sup>st</sup> May."
    )
    assert [paragraph.text for paragraph in report.paragraphs] == ["The board met.", "Nobody came on 1st May."]
    assert report.recommendations[0].text == "Meet less."


def test_links_and_emphasis_are_unwrapped_and_characters_of_the_text_kept():
    text = "Recommendation 1: *Always* read [the guide](https://example.org/a_b) & a\\_b <https://example.org> 2 * 3."
    assert only(text).text == "Always read the guide & a_b https://example.org 2 * 3."


def test_mention_of_a_recommendation_that_is_not_there_is_said():
    report = read("1. See recommendation 9.\n\nRecommendation 1: Meet.")
    assert report.references == ()
    assert report.warnings == ("“recommendation 9” stands in the text, but the file has no recommendation 9.",)


def test_recommendation_of_another_report_is_no_reference():
    report = read("1. See the first inquiry's report, recommendation 1.\n\nRecommendation 1: Meet.")
    assert report.references == ()
    assert report.warnings == ()


def test_file_without_recommendations_says_what_was_looked_for():
    with pytest.raises(ImportProblem, match=r"No recommendation was found.*Recommendation 1: "):
        read("# Minutes\n\nThe board met. It heard about recommendation 4.")


def test_footnote_after_a_recommendation_without_full_stop_brings_no_text_into_it():
    found = only(f"Recommendation 1: The board meets {LONG_SENTENCE}\n\n<sup>1</sup> \n\n# SUMMARY\n\nThe end.")
    assert found.warnings == ()
    found = only(f"Recommendation 1: The board meets {LONG_SENTENCE}\n\n<sup>1</sup> Minutes.\n\nSchools agreed.")
    assert found.text == f"The board meets {LONG_SENTENCE}".strip()
    assert len(found.warnings) == 1
