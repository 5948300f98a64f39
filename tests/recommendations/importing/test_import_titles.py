"""Titles of recommendations over two lines, or straight above the wording, in plain text and in print."""

import pytest

from recommendations.importing.reading import read_upload
from tests.files import Put, down, pdf

WORDING = [
    "The police and the local authority should hold an interview within 72 hours of each", "episode and record it.",
]  # fmt: skip
OVER_TWO = ["Recommendation 4: Improving the response to", "children who go missing"]
ON_ONE = ["Recommendation 5 – Better records"]


def only(name: str, data: bytes):
    (found,) = read_upload(name, data).recommendations
    return found.title, found.text


def printed(lines: list[str]) -> bytes:
    return pdf([Put(72, 780, "Report", 18, "b"), *down(lines, top=740)])


@pytest.mark.parametrize("gap", [[], [""]], ids=["tight", "apart"])
@pytest.mark.parametrize("title", [OVER_TWO, ON_ONE], ids=["two lines", "one line"])
def test_title_stands_apart_from_wording(title, gap):
    lines = [*title, *gap, *WORDING]
    expected = " ".join(title).split(": " if title is OVER_TWO else " – ")[1], " ".join(WORDING)
    assert only("report.txt", "\n".join(lines).encode()) == expected
    assert only("report.pdf", printed(lines)) == expected


@pytest.mark.parametrize(
    "lines",
    [
        ["Recommendation 1: The Board and the", "Council should act together from this year."],
        ["Recommendation 1: The Board of the Royal Borough should ask the", "Council to act."],
        ["Recommendation 1: The Board should act.", "It should then meet all of the agencies that it spoke to."],
        ["Recommendation 1: Training for all", "NHS staff"],
    ],
)
def test_wording_over_two_lines_is_no_title(lines):
    assert only("report.txt", "\n".join(lines).encode()) == ("", " ".join(lines).removeprefix("Recommendation 1: "))
    assert only("report.pdf", printed(lines))[0] == ""


def test_title_may_stand_above_points_that_each_ask_for_something():
    text = "Recommendation 13 – Vetting\n\n(a) Forces must vet again.\n\n(b) The College should set a standard."
    assert only("report.md", text.encode()) == ("Vetting", "Forces must vet again.\nThe College should set a standard.")


def test_end_of_a_sentence_at_the_head_of_two_pages_is_no_running_head():
    def page(label: int, foot: list[str]) -> list[Put]:
        head = down(["every year and tell the board."], top=780) if label > 1 else []
        return head + down([f"Recommendation {label}: Act on theme {label} now."], top=740) + down(foot, top=60)

    goes_on = ["Recommendation {}: The agencies that were named in the report should write of it"]
    pages = [page(1, [goes_on[0].format(2)]), page(3, [goes_on[0].format(4)]), page(5, [])]
    found = read_upload("report.pdf", pdf(*pages)).recommendations
    assert found[1].text.endswith("should write of it every year and tell the board.")
    assert found[3].text == found[1].text


def test_title_may_stand_on_a_line_of_its_own_below_the_label():
    text = "Recommendation 3\n\nLeadership\n\nPartners should appoint a scrutineer."
    assert only("report.txt", text.encode()) == ("Leadership", "Partners should appoint a scrutineer.")
