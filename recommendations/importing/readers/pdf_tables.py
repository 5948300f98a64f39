"""Tables of recommendations in a PDF, known by a row of titles such as "No. Recommendation Owner"."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count, pairwise

from recommendations.importing.blocks import Block, BlockKind
from recommendations.importing.labels import item_label, recommendation_start, successor
from recommendations.importing.marked import may_ask
from recommendations.importing.readers.marks import bullet
from recommendations.importing.readers.pdf_lines import PdfLine
from recommendations.importing.readers.tables import LABEL, recommendation_columns, table_blocks

MOST_TITLES = 50
NEAR = 4  # points within which two lines begin at the same place
ROW_GAP = 1.45  # times the size of the letters between two base lines: the next row


@dataclass
class PdfTable:
    """The titles of a table, and the lines under them, page by page."""

    titles: list[PdfLine]
    number: int | None
    words: int
    lines: list[list[PdfLine]] = field(default_factory=list)

    def column(self, line: PdfLine) -> int | None:
        """The column in which a line stands; None for one left of the table or larger than its letters."""
        if line.left < self.titles[0].left - NEAR or line.size > self.titles[0].size + 2:
            return None
        return max(at for at, title in enumerate(self.titles) if title.left <= line.left + NEAR)

    def repeats(self, line: PdfLine) -> bool:
        return any(line.text == title.text and abs(line.left - title.left) < NEAR for title in self.titles)

    def ends_before(self, row: list[PdfLine]) -> bool:
        """Whether a row is text below the table: left of it, or in the column of numbers, no number, and too wide."""
        first = row[0]
        if self.column(first) is None:
            return True
        if self.number is None or self.column(first) != self.number or self.number + 1 == len(self.titles):
            return False
        return not LABEL.match(first.text) and first.right > self.titles[self.number + 1].left

    def blocks(self, boxes: Iterator[int]) -> list[Block]:
        rows: list[_Row] = []
        for lines in self.lines:
            before, found = self._rows(lines)
            if rows and rows[-1].label and not any(row.label for row in found):
                before, found = [*before, *(line for row in found for line in row.words)], []
            if rows:
                rows[-1].words += before
            rows += found
        titles = [[Block(BlockKind.TEXT, title.text)] for title in self.titles]
        return list(table_blocks([titles, *(self._cells(row) for row in rows)], boxes, 0))

    def _cells(self, row: "_Row") -> list[list[Block]]:
        cells: list[list[Block]] = [[] for _ in self.titles]
        cells[self.words] = _wording(row.words)
        if self.number is not None:
            cells[self.number] = [Block(BlockKind.TEXT, row.label)]
        return cells

    def _rows(self, lines: list[PdfLine]) -> tuple[list[PdfLine], list["_Row"]]:
        """What goes on from the page before, and the rows.

        Each begins below a rule, else at its number or, where that stands lower, after a gap.
        """
        words = [line for line in lines if self.column(line) == self.words]
        numbers = [line for line in lines if self.number is not None and self.column(line) == self.number]
        numbers = [line for line in numbers if LABEL.match(line.text)]
        if len({line.band for line in words}) > 1:
            return self._between_rules(words, numbers)
        starts = [number.y for number in numbers]
        level = all(any(abs(line.y - start) < NEAR for line in words) for start in starts)
        if not starts or not level:
            starts = _gaps(words)
        rows = []
        for start, end in pairwise([*starts, float("-inf")]):
            label = next((line.text for line in numbers if end + 1 < line.y < start + NEAR), "")
            rows.append(_Row(label, [line for line in words if end + 1 < line.y < start + NEAR]))
        first = starts[0] + NEAR if starts else float("-inf")
        return [line for line in words if line.y >= first], rows

    def _between_rules(self, words: list[PdfLine], numbers: list[PdfLine]) -> tuple[list[PdfLine], list["_Row"]]:
        """The rows that level rules part; the first goes on from the page before where nothing shows it to begin."""
        rows = []
        for band in sorted({line.band for line in words}):
            label = next((line.text for line in numbers if line.band == band), "")
            rows.append(_Row(label, [line for line in words if line.band == band]))
        first = rows[0].words[0].text
        begins = rows[0].label or (item_label(first)[0] if self.number is None else "") or first[:1].isupper()
        return ([], rows) if begins else (rows[0].words, rows[1:])


def _gaps(words: list[PdfLine]) -> list[float]:
    """Where rows begin that no rule parts and no column numbers: after a gap, and at numbers in the wording."""
    starts, due = [], ""
    for at, line in enumerate(words):
        label = item_label(line.text)[0]
        numbered = label.isdigit() and label == (due or label)
        if at == 0 or words[at - 1].y - line.y > ROW_GAP * line.size or (due and numbered):
            starts.append(line.y)
            due = successor(label) if label.isdigit() else due
    return starts


@dataclass
class _Row:
    """A row's number and the lines of its wording."""

    label: str
    words: list[PdfLine]


def _wording(lines: list[PdfLine]) -> list[Block]:
    """The lines of one cell as its first text and the points listed in it."""
    texts: list[list[str]] = []
    for line in lines:
        if not texts or bullet(f"{line.text} X") is not None:
            texts.append([line.text])
        else:
            texts[-1].append(line.text)
    return [_block(" ".join(text), first=place == 0) for place, text in enumerate(texts)]


def _block(text: str, *, first: bool) -> Block:
    """A bullet, a text, or the words behind the number that opens a cell."""
    point = bullet(text)
    label, words = item_label(text) if first else ("", text)
    if point is None and not label.isdigit():
        return Block(BlockKind.TEXT, text)
    return Block(BlockKind.ITEM, point if point is not None else words, label=label)


def find_tables(pages: list[list[PdfLine]]) -> Iterator[tuple[int, PdfLine | list[Block]]]:
    """Each line with the number of its page, and in place of a table its blocks."""
    boxes, table = count(-1, -1), None  # below zero, so that none is a box drawn on a page
    for page, lines in enumerate(pages):
        if table:
            table.lines.append([])
        place = 0
        while place < len(lines):
            row = _row(lines, place)
            found = _titles(row)
            if table and (table.ends_before(row) or (found and not table.repeats(row[0]))):
                yield page, table.blocks(boxes)
                table = None
            if table is None and (found := found or _untitled(row)):
                table = found
            elif table:
                table.lines[-1] += [line for line in row if not table.repeats(line)]
            else:
                yield from ((page, line) for line in row)
            place += len(row)
    if table:
        yield len(pages) - 1, table.blocks(boxes)


def _row(lines: list[PdfLine], place: int) -> list[PdfLine]:
    """The lines that stand side by side with the one at a place."""
    end = place + 1
    while end < len(lines) and lines[end].after_gap:
        end += 1
    return lines[place:end]


def _titles(row: list[PdfLine]) -> PdfTable | None:
    begins = 1 < len(row) <= MOST_TITLES and all(not line.text[:1].islower() for line in row)
    columns = recommendation_columns([line.text for line in row]) if begins else None
    return PdfTable(row, *columns, lines=[[]]) if columns else None


def _untitled(row: list[PdfLine]) -> PdfTable | None:
    """A table without titles, whose first row holds a recommendation's label, its wording and more cells."""
    start = recommendation_start(row[0].text) if 2 < len(row) <= MOST_TITLES else None
    if start is None or start.words or not may_ask(" ".join(line.text for line in row[1:2])):
        return None
    names = ["No.", "Recommendation", *("Other" for _ in row[2:])]
    titles = [replace(line, text=name) for line, name in zip(row, names, strict=True)]
    return PdfTable(titles, 0, 1, lines=[list(row)])
