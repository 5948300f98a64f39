"""Tables of recommendations in plain text, whose columns only tabs or runs of spaces part."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from recommendations.importing.blocks import Block, BlockKind
from recommendations.importing.labels import item_label
from recommendations.importing.readers.marks import bullet
from recommendations.importing.readers.tables import LABEL, recommendation_columns

CELL = re.compile(r"\S+(?: \S+)*")
NEAR = 2  # characters that a cell may begin before its title
FEWEST_TITLES, MOST_TITLES = 2, 50

Rows = list[list[list[Block]]]


@dataclass
class TextTable:
    """The line of its titles, their places, and the cells of each row as lines of text."""

    line: str
    tabbed: bool
    titles: list[str]
    places: list[int]
    number: int | None
    rows: list[list[list[str]]] = field(default_factory=list)
    gap: bool = False

    def takes(self, line: str) -> bool:
        """Whether a line is part of the table, and if so keeps it: a new row, or more of the last."""
        if not line.strip():
            self.gap = True
            return True
        cells = self.cells(line)
        if cells is None or not self.fits(cells):
            return False
        if not self.rows or self.begins_row(cells):
            self.rows.append([[] for _ in self.titles])
        for column, words in cells.items():
            self.rows[-1][column].append(words)
        self.gap = False
        return True

    def cells(self, line: str) -> dict[int, str] | None:
        """The words of each column that has any; None where they stand in no column."""
        if self.tabbed:
            parts = [part.strip() for part in line.split("\t")]
            return {at: part for at, part in enumerate(parts) if part} if 1 < len(parts) <= len(self.titles) else None
        found = {self.column(match.start()): match[0] for match in CELL.finditer(line.expandtabs())}
        return found if len(found) == len(CELL.findall(line.expandtabs())) else None

    def column(self, place: int) -> int:
        return max((at for at, start in enumerate(self.places) if start <= place + NEAR), default=0)

    def fits(self, cells: dict[int, str]) -> bool:
        """Whether a line is none of the text below: that stands alone on the left, and is no number."""
        if self.number is not None and self.number in cells:
            return LABEL.match(cells[self.number]) is not None
        return len(cells) > 1 or 0 not in cells or not self.gap

    def begins_row(self, cells: dict[int, str]) -> bool:
        if self.tabbed or self.number is not None:
            return self.tabbed or self.number in cells
        return self.gap or len(cells) == len(self.titles)

    def blocks(self) -> Rows:
        titles = [[Block(BlockKind.TEXT, title)] for title in self.titles]
        return [titles, *([_cell(lines) for lines in row] for row in self.rows)]


def _cell(lines: list[str]) -> list[Block]:
    """The lines of a cell as its text and the points listed in it."""
    found: list[Block] = []
    for line in lines:
        words = bullet(line)
        label, rest = item_label(words if words is not None else line)
        if words is not None or label:
            found.append(Block(BlockKind.ITEM, rest, label=label))
        elif found:
            found[-1] = Block(found[-1].kind, f"{found[-1].text} {line}", label=found[-1].label)
        else:
            found.append(Block(BlockKind.TEXT, line))
    return found


def find_text_tables(lines: list[str]) -> Iterator[str | Rows]:
    """Each line, and in place of a table its rows."""
    table: TextTable | None = None
    for line in lines:
        if table and table.takes(line):
            continue
        if table:
            yield table.blocks() if table.rows else table.line
        table = _titles(line)
        if table is None:
            yield line
    if table:
        yield table.blocks() if table.rows else table.line


def _titles(line: str) -> TextTable | None:
    """The table that a row of titles opens; None for any other line."""
    tabbed = "\t" in line.strip()
    if line.lstrip().startswith("|") or not (tabbed or "  " in line.strip()):
        return None
    titles = [part.strip() for part in line.split("\t")] if tabbed else CELL.findall(line)
    places = [] if tabbed else [match.start() for match in CELL.finditer(line)]
    columns = recommendation_columns(titles) if FEWEST_TITLES <= len(titles) <= MOST_TITLES else None
    return TextTable(line, tabbed, titles, places, columns[0]) if columns else None
