"""Runs of characters to lines of a page, in reading order, without raised footnote marks."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from recommendations.importing.readers.marks import RAISED
from recommendations.importing.readers.text import clean

FEWEST_LINES_OF_COLUMN = 4
MARKER = re.compile(r"[(\[]?[\w.]{1,7}[.)\]]$")
WIDEST_SPACE = 0.22  # of the size of the letters: a wider gap is a space that the file does not spell out
THINNEST_AREA = 4  # points: what is thinner is a rule
NARROW_CELL = re.compile(r"(?:No\.?|Ref\.?|#|[A-Z]{0,2}\d{1,3}(?:\.\d{1,2})?)$")  # which leaves a table little gap
COLUMN_GAP = 1.2  # of the size: a wider gap parts a line's cells or columns


@dataclass(frozen=True)
class PdfPage:
    """A page as the reading process gives it."""

    width: float
    height: float
    runs: list[list[Any]]
    rules: list[Any] = field(default_factory=list)

    def rules_above(self, line: "PdfLine") -> int:
        """How many level rules, or lower edges of cells, stand above a line in its place from left to right."""
        spans = [rule for rule in self.rules if rule[0] <= line.left + THINNEST_AREA and line.left < rule[2]]
        return len({round(bottom / THINNEST_AREA) for _, bottom, _, _ in spans if bottom > line.y})

    def is_ruled(self, first: list[Any], second: list[Any]) -> bool:
        """Whether an upright rule runs between two runs, as between the cells of a table."""
        return any(
            right - left < THINNEST_AREA and first[1] - THINNEST_AREA < left < second[0] and bottom < second[2] < top
            for left, bottom, right, top in self.rules
        )


@dataclass
class PdfLine:
    """One printed line, or one column's or cell's part of it. Lengths are in points; `y` grows upwards.

    `size`, `strong` and `font` are those of most of its letters; `after_gap` says that it stands to the right of
    another on the same base line; `edge` is where the text of its column ends. `shift` is how far it was moved to stand
    where the left column does. `box` is the number of the box it stands in, `band` how many level rules of a table
    stand above it.
    """

    left: float
    right: float
    y: float
    size: float
    strong: bool
    font: str
    text: str
    after_gap: bool = False
    edge: float = 0
    shift: float = 0
    box: int = 0
    band: int = 0


@dataclass
class _Gathered:
    """The runs of one line while they are gathered."""

    runs: list[list[Any]]
    largest: list[Any] = field(init=False)

    def __post_init__(self) -> None:
        self.largest = self.runs[0]

    def add(self, run: list[Any]) -> None:
        self.runs.append(run)
        if run[3] > self.largest[3]:
            self.largest = run

    def takes(self, run: list[Any], page: PdfPage) -> bool:
        """Whether a run goes on the line: on its base line, or raised or lowered by less than half a letter."""
        if page.is_ruled(self.runs[-1], run):
            return False
        size, base = self.largest[3], self.largest[2]
        last = self.runs[-1]
        widest = size if len(self.runs) == 1 and NARROW_CELL.match(last[-1].strip()) else COLUMN_GAP * size
        return abs(run[2] - base) < 0.5 * max(size, run[3]) and -0.5 * size < run[0] - last[1] < widest

    def _marker(self) -> Counter[tuple[float, str, str]]:
        """The letters of a label that opens the line: they say nothing of the words, which may alone be bold."""
        first = self.runs[0]
        alone = len(self.runs) > 1 and MARKER.match(first[-1].strip())
        return Counter({(first[3], first[4], first[5]): len(first[-1].strip())} if alone else {})

    def line(self) -> PdfLine:
        main = max(self.runs, key=lambda one: (one[3], len(one[-1])))
        counted: Counter[tuple[float, str, str]] = Counter()
        text, right = "", self.runs[0][0]
        for run in self.runs:
            raised = run[3] < 0.8 * main[3] and run[2] > main[2] + 0.1 * main[3] and RAISED.match(run[-1])
            if raised and text:
                right = run[1]
                continue
            if text and run[0] - right > WIDEST_SPACE * run[3] and not text.endswith(" "):
                text += " "
            text += run[-1]
            right = run[1]
            counted[run[3], run[4], run[5]] += len(run[-1].strip())
        (size, flags, font), _ = counted.most_common(1)[0]
        counted -= self._marker()
        strong = all("b" in style[1] for style, letters in counted.items() if letters > 1)
        words = " ".join(clean(text).split())
        return PdfLine(self.runs[0][0], self.runs[-1][1], main[2], size, strong and "b" in flags, font + flags, words)


def page_lines(page: PdfPage) -> tuple[PdfPage, list[PdfLine]]:
    """The lines of a page as a reader takes them: down the left column, then the right one."""
    gathered: list[_Gathered] = []
    for run in page.runs:
        if not run[-1].strip():
            continue
        if gathered and gathered[-1].takes(run, page):
            gathered[-1].add(run)
        else:
            gathered.append(_Gathered([run]))
    lines = [line for line in (one.line() for one in gathered) if line.text]
    for line in lines:
        line.band = page.rules_above(line)
    return page, _in_reading_order(page, lines)


def _in_reading_order(page: PdfPage, lines: list[PdfLine]) -> list[PdfLine]:
    """Down the page; where a gutter parts two columns, the left one whole before the right one."""
    lines = sorted(lines, key=lambda line: (-line.y, line.left))
    _level(lines)
    lines.sort(key=lambda line: (-line.y, line.left))
    gutter = _gutter(page, lines)
    edge = max((line.right for line in lines), default=0)
    inner = max((line.right for line in lines if gutter is not None and line.right < gutter), default=edge)
    for line in lines:
        line.edge = inner if gutter is not None and line.right <= gutter else edge
    if gutter is not None:
        return _by_column(lines, gutter)
    for first, second in pairwise(lines):
        second.after_gap = first.y == second.y
    return lines


def _level(lines: list[PdfLine]) -> None:
    """Parts of one line whose base lines differ by a hair stand on the same one."""
    for first, second in pairwise(lines):
        if first.y - second.y < 0.25 * first.size:
            second.y = first.y


def _gutter(page: PdfPage, lines: list[PdfLine]) -> float | None:
    """Where the empty strip between two columns of text runs; None where the page has one column or a table.

    A column is a run of lines that mostly fill their half; a table's cells do not.
    """
    middle = page.width / 2
    for x in (middle + step for offset in range(0, 60, 6) for step in (offset, -offset)):
        left = [line for line in lines if line.right < x]
        right = [line for line in lines if line.left > x]
        if min(len(left), len(right)) < FEWEST_LINES_OF_COLUMN:
            continue
        across = sum(line.left < x < line.right for line in lines)
        if across <= len(lines) // 5 and _fills(left) and _fills(right):
            return x
    return None


def _fills(lines: list[PdfLine]) -> bool:
    """Whether most of the lines are long: text runs to the end of its column."""
    start, end = min(line.left for line in lines), max(line.right for line in lines)
    return sum(line.right - line.left > 0.7 * (end - start) for line in lines) * 2 > len(lines)


def _by_column(lines: list[PdfLine], gutter: float) -> list[PdfLine]:
    """Between lines that run across the gutter, the left column before the right one."""
    left_edge = min(line.left for line in lines)
    ordered: list[PdfLine] = []
    left: list[PdfLine] = []
    right: list[PdfLine] = []
    for line in lines:
        if line.left < gutter < line.right:
            ordered += [*left, *_moved(left_edge, right), line]
            left, right = [], []
        else:
            (left if line.right <= gutter else right).append(line)
    return ordered + left + _moved(left_edge, right)


def _moved(edge: float, lines: list[PdfLine]) -> list[PdfLine]:
    """The right column as if it stood where the left one does, so that indentation can be told in both."""
    shift = min((line.left for line in lines), default=edge) - edge
    return [
        replace(line, left=line.left - shift, right=line.right - shift, edge=line.edge - shift, shift=shift)
        for line in lines
    ]
