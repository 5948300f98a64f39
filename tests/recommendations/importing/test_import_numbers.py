"""Numbers that stand for more than one recommendation: of several kinds, under several agencies, or printed twice."""

import pytest

from recommendations.importing.apply import apply_report
from recommendations.importing.reading import read_upload

RIGHT = (
    "More than one recommendation has the number 1 (under “Police” and “Health”), in other words each time. "
    "All of them may be right: give each a number of its own, such as 1 and 1a, and leave out none that is real."
)


def read(text: str, name: str = "report.md"):
    return read_upload(name, text.encode())


def labels(text: str, name: str = "report.md") -> list[str]:
    return [one.label for one in read(text, name).recommendations]


@pytest.mark.parametrize("mark", ["**{}**\n\n", "{}: ", "### {}\n\n"])
@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (["National recommendation 1", "Local recommendation 1"], ["National 1", "Local 1"]),
        (["Recommendation 1", "Single-agency recommendation 1"], ["1", "Single-agency 1"]),
        (["STRATEGIC RECOMMENDATION 1", "OPERATIONAL RECOMMENDATION 1"], ["Strategic 1", "Operational 1"]),
        (["NATIONAL RECOMMENDATION 1", "LOCAL RECOMMENDATION 1"], ["National 1", "Local 1"]),
        (["Recommendation for Government 1", "Recommendation for councils 1"], ["Government 1", "councils 1"]),
        (["Recommendation 1 (national)", "Recommendation 1 (local)"], ["National 1", "Local 1"]),
        (["National recommendation 1", "Local recommendation 2"], ["1", "2"]),
    ],
)
def test_kinds_are_kept_where_numbers_alone_would_not_tell_them_apart(mark, printed, expected):
    text = "\n\n".join(f"{mark.format(one)}The {one} should be followed." for one in printed)
    report = read(text)
    assert [one.label for one in report.recommendations] == expected
    assert report.warnings == ()


def test_kind_too_long_for_a_label_is_left_out_and_it_is_said():
    text = "Organisational learning recommendation 1: Trusts should train.\n\nLocal recommendation 1: Meet monthly."
    assert labels(text) == ["1", "Local 1"]


def test_kinds_in_a_table_are_kept():
    rows = "| Local recommendation 1 | Police should act. |\n| National recommendation 1 | Trusts should train. |"
    assert labels(f"# R\n\n| Number | Recommendation |\n|---|---|\n{rows}") == ["Local 1", "National 1"]


def test_mention_finds_the_recommendation_of_its_kind():
    text = "1. See local recommendation 1.\n\n2. See recommendation 1.\n\nNational recommendation 1: Act.\n\n"
    report = read(f"{text}Local recommendation 1: Meet.")
    assert [one.target for one in report.references] == ["Local 1"]
    assert report.warnings == ()


@pytest.mark.parametrize("name", ["report.md", "report.txt"])
def test_numbers_that_begin_again_under_each_agency_are_all_kept(name):
    marks = ("## ", "### ") if name == "report.md" else ("", "")
    text = "{0}2. RECOMMENDATIONS\n\n{1}Police\n\n1. Police should act.\n\n{1}Health\n\n1. Trusts should train.\n\n"
    report = read(f"{text}{{0}}3. CONCLUSION\n\n3.1 Thanks.".format(*marks), name)
    assert [(one.label, one.heading[-1]) for one in report.recommendations] == [("1", "Police"), ("1", "Health")]
    assert report.warnings == (RIGHT,)


def test_lettered_agencies_head_the_numbers_that_begin_again():
    text = "6. RECOMMENDATIONS\n\nA. Police\n\n1) Police should act.\n\nB. Health\n\n1) Trusts should train."
    report = read(text, "report.txt")
    assert [(one.label, one.heading[-1]) for one in report.recommendations] == [("1", "A. Police"), ("1", "B. Health")]


def test_recommendation_printed_again_in_other_words_is_to_be_compared():
    text = "## Summary\n\nRecommendation 1: Boards should meet.\n\n## A\n\nRecommendation 1: Boards should meet now."
    report = read(text)
    assert report.warnings == (
        "Recommendation 1 stands 2 times in the file, not in the same words. Compare them and keep one.",
    )


def test_list_that_begins_late_is_said_once():
    report = read("# R\n\n## Recommendations\n\n46. Trusts should act.\n\n47. Boards should meet.")
    assert report.warnings == ("The first recommendation found is 46. Check whether the report has any before it.",)


@pytest.mark.django_db
def test_labels_and_points_that_would_share_an_address_are_stored_apart():
    text = "Recommendation 1.2: Act:\n\n- train;\n- audit.\n\nRecommendation 1/2: Meet (a) often and (b) well."
    report = apply_report(read(text), code="apart", title="Apart", published="2024", by=None)
    assert [one.slug for one in report.recommendations.order_by("position")] == ["1-2", "1-2-2"]
