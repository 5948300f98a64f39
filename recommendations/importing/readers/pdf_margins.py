"""Takes off a PDF's pages what is printed round the text: running heads and feet, page numbers, footnotes."""

import re
from collections import Counter
from collections.abc import Iterator

from recommendations.importing.labels import recommendation_start
from recommendations.importing.readers.pdf_lines import PdfLine, PdfPage
from recommendations.importing.readers.tables import recommendation_columns

MARGIN = 0.13  # of the page's height, at its top and at its bottom
TEXT_GAP = 1.5  # times the size of the letters: no more parts two lines of a text
PAGE_NUMBER = re.compile(
    r"(?:page\s+)?[-–—|\s]*(?:\d{1,4}|[ivxlc]{1,7})[-–—|\s]*(?:(?:of|/)\s*\d{1,4})?$", re.IGNORECASE
)
NOTE = re.compile(r"(?:\[?\d{1,3}[\].)]?|[*†‡§]+)\s*\S")
SMALLER = 0.92  # of the size of the text: what is smaller at the foot of a page is a footnote

Lines = list[PdfLine]


def without_margins(pages: list[tuple[PdfPage, Lines]]) -> list[Lines]:
    """The lines of each page that belong to the text."""
    repeated = _repeated(pages)
    body = body_size([lines for _, lines in pages])
    kept: list[Lines] = []
    notes_before = False
    for page, lines in pages:
        text = [line for line in lines if not _is_furniture(page, line, lines, repeated)]
        text, notes_before = _without_notes(page, text, body, notes_before)
        kept.append(text)
    return kept


def body_size(pages: list[Lines]) -> float:
    """The size in which most letters are printed."""
    sizes: Counter[float] = Counter()
    for line in (line for lines in pages for line in lines):
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0


def _in_margin(page: PdfPage, line: PdfLine) -> bool:
    return line.y < MARGIN * page.height or line.y > (1 - MARGIN) * page.height


def _key(line: PdfLine) -> tuple[str, int]:
    """What stays the same from page to page: the words without numbers, and the height."""
    return re.sub(r"\d+", "#", line.text), round(line.y / 6)


def _repeated(pages: list[tuple[PdfPage, Lines]]) -> set[tuple[str, int]]:
    """What stands at one height, in a margin, on at least two pages and a sixth of them all."""
    counted: Counter[tuple[str, int]] = Counter()
    for page, lines in pages:
        counted.update({_key(line) for line in lines if _in_margin(page, line)})
    enough = max(2, len(pages) // 6)
    near: Counter[tuple[str, int]] = Counter()
    for (words, height), times in counted.items():
        for shift in (-1, 0, 1):
            near[words, height + shift] += times
    return {key for key, times in near.items() if times >= enough}


def _is_furniture(page: PdfPage, line: PdfLine, lines: Lines, repeated: set[tuple[str, int]]) -> bool:
    ends_sentence = line.text[:1].islower() and line.text.endswith(".")
    if not _in_margin(page, line) or recommendation_start(line.text) or ends_sentence:
        return False
    row = [other for other in lines if other.y == line.y]
    if len(row) > 1 and recommendation_columns([other.text for other in row]):
        return False  # a table's titles, which stand at the head of each page
    if _key(line) in repeated:
        return not _joins_text(page, line, lines, repeated)
    alone = all(other is line or _key(other) in repeated for other in row)
    return alone and _is_outermost(line, lines) and bool(PAGE_NUMBER.match(line.text))


def _joins_text(page: PdfPage, line: PdfLine, lines: Lines, repeated: set[tuple[str, int]]) -> bool:
    """Whether a line that another page repeats is yet part of the text: lines lead from it to others, without a gap."""
    inwards = sorted(
        (other for other in lines if (other.y < line.y if line.y > page.height / 2 else other.y > line.y)),
        key=lambda other: abs(other.y - line.y),
    )  # fmt: skip
    last = line
    for other in inwards:
        if abs(other.y - last.y) > TEXT_GAP * line.size or (other.size, other.font) != (line.size, line.font):
            return False
        if _key(other) not in repeated:
            return True
        last = other
    return False


def _is_outermost(line: PdfLine, lines: Lines) -> bool:
    """Whether nothing but what is repeated or short stands beyond the line, towards the page's edge."""
    above = {other.y for other in lines if other.y > line.y}
    below = {other.y for other in lines if other.y < line.y}
    return min(len(above), len(below)) < 2


def _without_notes(page: PdfPage, lines: Lines, body: float, notes_before: bool) -> tuple[Lines, bool]:
    """The lines without the footnotes at the page's foot, and whether it had any.

    Footnotes are the smaller lines below the last of the text's size. They begin with a mark, or go on from
    the page before.
    """
    start = next(_notes_start(lines, body), len(lines))
    notes = lines[start:]
    if notes and notes[0].y < 0.6 * page.height and (NOTE.match(notes[0].text) or notes_before):
        return lines[:start], True
    return lines, False


def _notes_start(lines: Lines, body: float) -> Iterator[int]:
    """Where the smaller lines begin that reach to the page's foot."""
    place = len(lines)
    while place and lines[place - 1].size <= SMALLER * body:
        place -= 1
    yield place
