"""An uploaded list handed back as a workbook, with what to correct in its first column."""

from collections.abc import Sequence

from krscp.files.columns import Column, Stamp
from krscp.files.workbooks import Sheet, to_xlsx


class _Cell:
    """The value at one place of a row, empty where the row is shorter."""

    def __init__(self, place: int) -> None:
        self.place = place

    def __call__(self, row: Sequence[object]) -> str:
        return str(row[self.place]) if self.place < len(row) else ""


def as_workbook(lines: Sequence[Sequence[object]], stamp: Stamp) -> bytes:
    """The first line is the header."""
    header, *rows = lines
    columns = [Column(str(heading), _Cell(place), wide=place == 0) for place, heading in enumerate(header)]
    with to_xlsx([Sheet("Rows", columns, rows)], stamp) as made:
        return made.read()
