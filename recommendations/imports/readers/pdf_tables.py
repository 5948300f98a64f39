"""Tables of recommendations in a PDF, known by a row of titles such as "No. Recommendation Owner"."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, pairwise

from recommendations.imports.blocks import Block, Kind
from recommendations.imports.readers.marks import bullet
from recommendations.imports.readers.pdf_lines import Line
from recommendations.imports.readers.tables import recommendation_columns, table_blocks

NEAR = 4  # points within which two lines begin at the same place
ROW_GAP = 1.45  # times the size of the letters between two base lines: the next row


@dataclass
class Table:
    """The titles of a table, and the lines under them, page by page."""

    titles: list[Line]
    number: int | None
    words: int
    lines: list[list[Line]] = field(default_factory=list)

    def column(self, line: Line) -> int | None:
        """The column in which a line stands; None for one left of the table or larger than its letters."""
        if line.left < self.titles[0].left - NEAR or line.size > self.titles[0].size + 2:
            return None
        return max(at for at, title in enumerate(self.titles) if title.left <= line.left + NEAR)

    def repeats(self, line: Line) -> bool:
        return any(line.text == title.text and abs(line.left - title.left) < NEAR for title in self.titles)

    def blocks(self, boxes: Iterator[int]) -> list[Block]:
        titles = [[Block(Kind.TEXT, title.text)] for title in self.titles]
        rows = [row for lines in self.lines for row in self._rows(lines)]
        return list(table_blocks([titles, *rows], boxes, 0))

    def _rows(self, lines: list[Line]) -> list[list[list[Block]]]:
        """The rows of one page: each begins at its number, or, where that stands lower, after a gap."""
        words = [line for line in lines if self.column(line) == self.words]
        numbers = [line for line in lines if self.number is not None and self.column(line) == self.number]
        starts = [number.y for number in numbers]
        level = all(any(abs(line.y - start) < NEAR for line in words) for start in starts)
        if not starts or not level:
            starts = [
                line.y for at, line in enumerate(words)
                if at == 0 or words[at - 1].y - line.y > ROW_GAP * line.size
            ]  # fmt: skip
        rows = []
        for start, end in pairwise([*starts, float("-inf")]):
            inside = [line for line in words if end + 1 < line.y < start + NEAR]
            label = next((line.text for line in numbers if end + 1 < line.y < start + NEAR), "")
            row: list[list[Block]] = [[] for _ in self.titles]
            row[self.words] = _wording(inside)
            if self.number is not None:
                row[self.number] = [Block(Kind.TEXT, label)]
            rows.append(row)
        return rows


def _wording(lines: list[Line]) -> list[Block]:
    """The lines of one cell as its first text and the points listed in it."""
    texts: list[str] = []
    for line in lines:
        opens = not texts or bullet(f"{line.text} X") is not None
        texts[len(texts) if opens else len(texts) - 1 :] = [line.text if opens else f"{texts[-1]} {line.text}"]
    points = [(text, bullet(text)) for text in texts]
    return [Block(Kind.TEXT, text) if point is None else Block(Kind.ITEM, point) for text, point in points]


def find_tables(pages: list[list[Line]]) -> Iterator[tuple[int, Line | list[Block]]]:
    """Each line with the number of its page, and in place of a table its blocks."""
    boxes, table = count(1), None
    for page, lines in enumerate(pages):
        if table:
            table.lines.append([])
        place = 0
        while place < len(lines):
            row = _row(lines, place)
            found = _titles(row)
            if table and (table.column(row[0]) is None or (found and not table.repeats(row[0]))):
                yield page, table.blocks(boxes)
                table = None
            if table is None and found:
                table = found
            elif table:
                table.lines[-1] += [line for line in row if not table.repeats(line)]
            else:
                yield from ((page, line) for line in row)
            place += len(row)
    if table:
        yield len(pages) - 1, table.blocks(boxes)


def _row(lines: list[Line], place: int) -> list[Line]:
    """The lines that stand side by side with the one at a place."""
    end = place + 1
    while end < len(lines) and lines[end].after_gap:
        end += 1
    return lines[place:end]


def _titles(row: list[Line]) -> Table | None:
    begins = len(row) > 1 and all(not line.text[:1].islower() for line in row)
    columns = recommendation_columns([line.text for line in row]) if begins else None
    return Table(row, *columns, lines=[[]]) if columns else None
