"""PDF reports: lines joined to paragraphs, and nothing of the page's furniture in any wording."""

import pytest

from recommendations.importing.reading import read_upload
from tests.files import Put, down, pdf

LONG = "The board met every month and asked each agency to say what it had learned from its audits, so that the"


def read(*pages, **kwargs):
    return read_upload("report.pdf", pdf(*pages, **kwargs))


def only(*pages, **kwargs):
    (found,) = read(*pages, **kwargs).recommendations
    return found


def test_lines_of_a_paragraph_are_one_text_and_a_gap_ends_it():
    found = only(
        down(
            [
                "1.1 The panel met and heard from all of the agencies that had known the family,",
                "and it read their records.",
                "",
                "Recommendation 1: The partnership should publish its plan for the year and",
                "say who will act on it.",
                "",
                "1.2 The next paragraph is no part of it.",
            ]
        )
    )
    assert found.text == "The partnership should publish its plan for the year and say who will act on it."
    assert found.paragraphs == ("1.1",)
    assert found.warnings == ()


def test_heading_is_known_by_its_letters_and_a_title_over_two_lines_is_one():
    page = [
        Put(72, 790, "Review of visits", 20, "b"),
        Put(72, 750, "2 Visits to homes", 16, "b"),
        Put(72, 720, "Recommendation 1: A framework for visits to children who are", 13, "b"),
        Put(72, 704, "seen by many agencies", 13, "b"),
        *down(["The partnership should agree a framework that all of its", "agencies use."], top=680),
        *down(["It should be reviewed each year."], top=644),
    ]
    found = only(page)
    assert found.title == "A framework for visits to children who are seen by many agencies"
    assert found.text == (
        "The partnership should agree a framework that all of its agencies use.\nIt should be reviewed each year."
    )
    assert found.heading == ("2 Visits to homes",)


def test_running_heads_page_numbers_and_footnotes_are_left_out():
    def page(number: int) -> list[Put]:
        return [
            Put(72, 800, "Review of practice 2024", 9),
            Put(300, 30, str(number + 6)),
            *down([f"{number}.1 {LONG[:70]}", "work could go on."], top=720),
            *down([f"Recommendation {number}: The board should meet schools"], top=670),
            Put(330, 674, str(number), 6),
            *down(["and write to them", "each term."], top=656),
            *down([f"{number} Minutes of the board, page {number}.", "Available from its office."], top=80, size=8),
        ]

    report = read(page(1), page(2), page(3))
    assert [found.label for found in report.recommendations] == ["1", "2", "3"]
    assert {found.text for found in report.recommendations} == {
        "The board should meet schools and write to them each term."
    }
    assert {paragraph.text for paragraph in report.paragraphs} == {f"{LONG[:70]} work could go on."}


def test_recommendation_goes_on_over_the_page():
    first = [
        *down([LONG[:75]] * 20, top=760),
        *down(["Recommendation 1: The partnership should ask each of its agencies to show"], top=90),
    ]
    found = only(first, down(["how it will act on what it learned.", "", "1.2 Next."], top=760))
    assert found.text == "The partnership should ask each of its agencies to show how it will act on what it learned."


def test_columns_are_read_one_after_the_other():
    left = [f"{LONG[:36]}"] * 8 + ["", "Recommendation 1: The board should", "meet all schools this year."]
    right = ["1.2 Schools said that they wanted to", "be heard more often than", "they were.", ""]
    right += ["Recommendation 2: The police should", "write to all schools this year.", "", *[LONG[:36]] * 6]
    page = [put for pair in zip(down(left), down(right, x=320), strict=False) for put in pair]
    assert [found.text for found in read(page).recommendations] == [
        "The board should meet all schools this year.", "The police should write to all schools this year.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("elsewhere", "joined"),
    [("a multi-agency audit", "multi-agency"), ("a multiagency audit", "multiagency"), ("an audit", "multi-agency")],
)
def test_hyphen_at_the_end_of_a_line_follows_how_the_report_writes_the_word(elsewhere, joined):
    found = only(
        down([f"1.1 It held {elsewhere}.", "", "Recommendation 1: The board should hold a multi-", "agency day."])
    )
    assert found.text == f"The board should hold a {joined} day."


def test_points_are_told_by_their_marks_and_nested_ones_stay_in_theirs():
    found = only(
        [
            *down(["Recommendation 1: The Trust should:"], top=720),
            *down(["(a) train its staff in", "(b) audit:"], x=90, top=700, leading=28),
            *down(["listening to children;"], x=108, top=686),
            *down(["(i) its records; and", "(ii) its letters."], x=120, top=655, leading=20),
            *down(["This should be done by the spring."], top=600),
        ]
    )
    assert [(point.label, point.text) for point in found.sub_points] == [
        ("a", "train its staff in listening to children;"), ("b", "audit:\n(i) its records; and\n(ii) its letters."),
    ]  # fmt: skip
    assert found.text.endswith("\nThis should be done by the spring.")


def test_bullets_that_are_drawn_are_bullets():
    spots = b"80 690 4 4 re f 80 670 4 4 re f "
    found = only(
        [
            *down(["Recommendation 1: The Trust should:"], top=720),
            *down(["train staff;", "audit records."], x=100, top=688, leading=20),
        ],
        drawing=spots,
    )
    assert [point.text for point in found.sub_points] == ["train staff;", "audit records."]


def test_table_of_recommendations_gives_its_wording_only():
    def row(y, *cells):
        return [Put(x, y, words) for x, words in zip((72, 110, 380, 480), cells, strict=False)]

    page = [
        Put(72, 760, "Recommendations", 16, "b"),
        *row(720, "No.", "Recommendation", "Owner", "By when"),
        *row(690, "1", "The Trust should review the rota of its", "Chief nurse", "March"),
        *row(676, "", "wards at night."),
        *row(650, "2", "The board should fund two posts.", "Board", "June"),
    ]
    found = read([put for put in page if put.words]).recommendations
    assert [(one.label, one.text) for one in found] == [
        ("1", "The Trust should review the rota of its wards at night."), ("2", "The board should fund two posts."),
    ]  # fmt: skip


def test_cross_reference_at_the_start_of_a_line_is_no_label():
    found = only(
        down(
            [
                "Recommendation 1: The board should set out in its plan (see the first report,",
                "Recommendation 4) how it will decide.",
            ]
        )
    )
    assert found.text.endswith("(see the first report, Recommendation 4) how it will decide.")
