"""Tables of plain text: columns that tabs or spaces part, so that no wording takes in who does it by when."""

import pytest

from recommendations.importing.reading import read_upload

EXPECTED = [("1", "Forces should review their policy on coercive control."), ("2", "GPs should ask.")]


def found(*lines: str) -> list[tuple[str, str]]:
    report = read_upload("report.txt", "\n".join(lines).encode())
    return [(one.label, one.text) for one in report.recommendations]


@pytest.mark.parametrize("gap", [[], [""]], ids=["tight", "apart"])
def test_columns_parted_by_spaces(gap):
    assert found(
        "Action plan", "", "No.   Recommendation                     Lead      Timescale", *gap,
        "1     Forces should review their         Chief     March 2024",
        "      policy on coercive control.        constable",
        *gap, "2     GPs should ask.                    ICB       June", "", "The plan will be monitored.",
    ) == EXPECTED  # fmt: skip


def test_columns_parted_by_tabs():
    assert found(
        "Ref\tRecommendation\tLead", "R1\tForces should review.\tPolice", "R2\tGPs should ask.\tICB", "", "Thanks.",
    ) == [("R1", "Forces should review."), ("R2", "GPs should ask.")]  # fmt: skip


@pytest.mark.parametrize("gap", [[], [""]], ids=["tight", "apart"])
def test_rows_without_numbers_are_numbered_by_their_place(gap):
    assert found(
        "Recommendation                     Lead      Timescale",
        "Forces should review their         Chief     March 2024", "policy on coercive control.        constable", *gap,
        "GPs should ask.                    ICB       June 2024",
    ) == EXPECTED  # fmt: skip


def test_points_in_a_cell_are_points():
    report = read_upload(
        "report.txt",
        b"No.   Recommendation        Lead\n1     Forces should:        Police\n      - train\n      - audit",
    )
    assert [point.text for point in report.recommendations[0].sub_points] == ["train", "audit"]


@pytest.mark.parametrize(
    "line", ["6   Recommendations    24", "Recommendations        24", "No.   Recommendation   Lead"]
)
def test_contents_and_titles_alone_are_no_table(line):
    assert found(line, "", "Recommendation 1: Meet.") == [("1", "Meet.")]
