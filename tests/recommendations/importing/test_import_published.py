"""Conventions of published reports: whom a recommendation is for, letters, two-line titles, tables, what follows."""

import pytest

from recommendations.importing.readers.pdf_lines import PdfLine
from recommendations.importing.readers.pdf_tables import find_tables
from recommendations.importing.reading import read_upload


def read(text: str, name: str = "report.md"):
    return read_upload(name, text.encode()).recommendations


def found(text: str, name: str = "report.md") -> list[tuple[str, str, str]]:
    return [(one.label, one.title, one.text) for one in read(text, name)]


@pytest.mark.parametrize(
    "label",
    [
        "National recommendation 1", "Quick-time learning recommendation 1", "Single agency Recommendation 1",
        "Recommendation for local safeguarding partners 1", "Recommendation to Government 1",
    ],
)  # fmt: skip
def test_label_may_say_what_kind_it_is_or_whom_it_is_for(label):
    assert found(f"**{label}**\n\nPartners should act.") == [("1", "", "Partners should act.")]


def test_addressee_after_the_label_is_its_title():
    text = "**Recommendation 1 for safeguarding partners**\n\nPartners should act."
    assert found(text) == [("1", "for safeguarding partners", "Partners should act.")]
    assert found("Recommendation 2 for partners was heard.\n\nRecommendation 1: Act.") == [("1", "", "Act.")]


@pytest.mark.parametrize("mark", ["({}) ", "{}. ", "{} "])
def test_letters_under_the_heading_are_labels(mark):
    text = f"# R\n\n## Recommendations\n\n18 We say:\n\n{mark.format('a')}Trusts should act.\n\n"
    assert found(f"{text}{mark.format('b')}Police should act.\n\n## Part One\n\nThe system.") == [
        ("a", "", "Trusts should act."), ("b", "", "Police should act."),
    ]  # fmt: skip


@pytest.mark.parametrize("mark", ["{} ", "{}. "])
def test_short_labels_may_have_a_letter_before_the_r(mark):
    text = f"{mark.format('MR1')}Trusts should act.\n\n{mark.format('MR2')}Forces should act."
    assert [label for label, _, _ in found(text)] == ["MR1", "MR2"]


def test_short_labels_in_a_table_without_titles_are_kept():
    table = "| MR1 | Trusts should act. |\n|---|---|\n| MR2 | Police should act. |"
    assert [label for label, _, _ in found(f"# R\n\n## Recommendations\n\n{table}")] == ["MR1", "MR2"]


def test_bold_sentences_that_end_with_a_reference_are_items_of_the_list():
    text = "# R\n\n## Conclusions and recommendations\n\n1. It was slow. (Paragraph 12)\n\n"
    assert [label for label, _, _ in found(f"{text}**2. The Board should act. (Paragraph 15)**")] == ["1", "2"]


def test_list_of_plain_text_runs_on_under_its_subjects():
    text = "Conclusions and recommendations\n\nScale\n\n1. Trusts should act.\n\nSupport\n\n2. Police should act.\n\n"
    text += "Formal minutes\n\n1. The draft was read."
    assert [label for label, _, _ in found(text, "report.txt")] == ["1", "2"]


def test_points_of_an_introduced_list_are_no_recommendations():
    text = "Findings\n\nWe recommend that:\n\n1. Trusts should:\n\n• train\n\n• audit\n\n2. Police should act."
    assert [label for label, _, _ in found(text, "report.txt")] == ["1", "2"]


def test_title_may_be_a_heading_under_the_label():
    text = "# R\n\n## A\n\n### Recommendation 1:\n\n### Sharing\n\nTrusts should share."
    assert found(text) == [("1", "Sharing", "Trusts should share.")]


def test_numbered_paragraph_under_a_bare_label_holds_its_words():
    text = "# R\n\n## A\n\n5.3 It was slow.\n\n### Recommendation 8\n\n5.4 Trusts should act.\n\n5.5 The end."
    assert found(text) == [("8", "", "Trusts should act.")]


def test_next_title_of_plain_text_ends_a_recommendation():
    text = "Recommendation 1\n\nTrusts should act.\n\nLearning point 2\n\nRecords were late."
    assert found(text, "report.txt") == [("1", "", "Trusts should act.")]
    assert len(read(text, "report.txt")[0].warnings) == 1


def test_text_that_may_not_belong_is_kept_and_said():
    (one,) = read("**Recommendation 1**\n\nTrusts should act:\n\n- train.\n\nWe found that trusts varied a great deal.")
    assert one.text.endswith("great deal.")
    assert one.warnings == (
        "The text from “We found that trusts varied a …” may not belong to this recommendation. "
        "Check it against the report.",
    )


def lines(*rows: tuple[float, str, str, str]) -> list[PdfLine]:
    printed = [(y, [cell for cell in zip((50, 90, 250), texts, strict=True) if cell[1]]) for y, *texts in rows]
    return [
        PdfLine(left, left + 5 * len(text), y, 10, False, "Plain", text, after_gap=place > 0, edge=500)
        for y, cells in printed
        for place, (left, text) in enumerate(cells)
    ]


def table_texts(*rows: tuple[float, str, str, str]) -> list[str]:
    return [block.text for _, made in find_tables([lines(*rows)]) if isinstance(made, list) for block in made]


def test_word_recommendations_on_a_wrapped_line_is_no_new_table():
    assert table_texts(
        (700, "No.", "Theme", "Recommendation"), (680, "1", "Implementing the", "All bodies should"),
        (668, "", "recommendations", "consider the findings."),
    ) == ["Recommendation 1: All bodies should consider the findings."]  # fmt: skip


def test_titles_with_nothing_under_them_are_an_empty_table():
    assert table_texts((700, "No.", "Theme", "Recommendation")) == []


def test_bullets_in_a_printed_cell_are_points():
    assert table_texts(
        (700, "No.", "Theme", "Recommendation"), (680, "1", "Care", "Trusts should:"), (668, "", "", "• train"),
        (656, "", "", "• audit"),
    ) == ["Recommendation 1: Trusts should:", "train", "audit"]  # fmt: skip


def test_bullets_in_a_cell_are_points():
    table = "| No. | Recommendations |\n|---|---|\n| 1 | Trusts should:<br>• train<br>• audit |"
    (one,) = read(f"# R\n\n{table}")
    assert [point.text for point in one.sub_points] == ["train", "audit"]
