"""Tables to blocks: a box round one cell, a table of recommendations, or any other."""

import re
from collections.abc import Iterator
from dataclasses import replace

from recommendations.importing.blocks import Block, BlockKind
from recommendations.importing.labels import LONGEST_LABEL, finished, item_label, recommendation_start
from recommendations.importing.marked import may_ask

Cell = list[Block]
LONGEST_TITLE = 60
LEVEL_OF_ROW = 8  # below all headings of the text
TITLE = re.compile(r"(?:[\w/&]+ ){0,3}recommendations?(?: [\w/&]+){0,2}:?$", re.IGNORECASE)
BRACKET = re.compile(r"\s*\([^()]*\)$")  # "Recommendation (what should change)"
NUMBER = re.compile(
    r"(?:(?:rec(?:ommendation)?s?\.?\s*)?(?:no|number|ref|reference|id|#|item)s?\.?:?|#|rec\.?|)$", re.IGNORECASE
)
LABEL = re.compile(
    r"(?:(?:Recommendation|Rec)\.?\s*)?"
    r"(?P<label>(?:[A-Z]{1,2}/)?[A-Z]{0,3}\s?\d{1,4}(?:[./]\d{1,4})*[a-z]?)[.:)]?$",
    re.IGNORECASE,
)
BY_ORDER = "The table prints no number for this recommendation. It was numbered by its place."


def table_blocks(rows: list[list[Cell]], boxes: Iterator[int], box: int) -> Iterator[Block]:
    """The blocks of a table. `box` is the box that the table itself stands in, if any."""
    rows = [row for row in rows if any(block.text for cell in row for block in cell)]
    if all(len(row) == 1 for row in rows):
        yield from _boxed([row[0] for row in rows], boxes, box)
        return
    columns = _columns(rows)
    if columns is None:
        for row in rows:
            yield from _plain_row(row, boxes)
        return
    first, numbers, wording = columns
    place = 0
    for row in rows[first:]:
        if title := _heading(row):
            yield Block(BlockKind.HEADING, title, LEVEL_OF_ROW)
        elif wording < len(row) and any(block.text for block in row[wording]):
            place += 1
            yield from _recommendation(row, numbers, wording, place, next(boxes))


def _boxed(cells: list[Cell], boxes: Iterator[int], box: int) -> Iterator[Block]:
    """Cells under each other are one box, until one of them begins a recommendation."""
    number = box or next(boxes)
    for place, cell in enumerate(cells):
        if place and not box and any(recommendation_start(block.text) for block in cell[:1]):
            number = next(boxes)
        yield from (replace(block, box=block.box or number) for block in cell)


def _text(cell: Cell) -> str:
    return " ".join(f"{block.label} {block.text}".strip() for block in cell if block.text or block.label).strip()


def _columns(rows: list[list[Cell]]) -> tuple[int, int | None, int] | None:
    """The first row below the titles, the column of numbers and that of wording; None for another table."""
    for place, row in enumerate(rows[:2]):
        if found := recommendation_columns([BRACKET.sub("", _text(cell)) for cell in row]):
            return place + 1, *found
    return None


def recommendation_columns(titles: list[str]) -> tuple[int | None, int] | None:
    """Which column holds the numbers, if any, and which the wording; None where no title names recommendations."""
    if any(title and (LABEL.match(title) or _is_sentence(title)) for title in titles):
        return None
    number = next((at for at, title in enumerate(titles) if NUMBER.match(title)), None)
    words = [
        at for at, title in enumerate(titles)
        if at != number and len(title) <= LONGEST_TITLE
        and TITLE.match(title) and not recommendation_start(title)
    ]  # fmt: skip
    return (number, words[0]) if words else None


def _heading(row: list[Cell]) -> str:
    """The words of a row that holds nothing but the name of an agency or subject, across the table; else empty."""
    cells = [_text(cell) for cell in row]
    words = cells[0]
    alone = bool(words) and not any(cells[1:]) and len(words) <= LONGEST_TITLE
    row_of_its_own = finished(words) or may_ask(words) or item_label(words)[0] or LABEL.match(words)
    return words if alone and not row_of_its_own else ""


def _is_sentence(title: str) -> bool:
    return title.endswith(".") and len(title) > LONGEST_TITLE / 2


def _recommendation(row: list[Cell], number: int | None, words: int, place: int, box: int) -> Iterator[Block]:
    first, *rest = [block for block in row[words] if block.text]
    printed = first.text
    start = recommendation_start(printed)
    found = LABEL.match(_text(row[number])) if number is not None and number < len(row) else None
    label, note, kind = found["label"].replace(" ", "") if found else "", "", ""
    if named := recommendation_start(_text(row[number])) if number is not None and number < len(row) else None:
        label, kind = named.label, named.kind
    if start:
        label, printed, kind = label or start.label, start.words, kind or start.kind
    elif not label and first.label and number is None:
        label = first.label
    if not label:
        label, note = str(place), BY_ORDER
    name = f"{kind} recommendation" if kind else "Recommendation"
    yield Block(BlockKind.TEXT, f"{name} {label}: {printed}", box=box, note=note)
    yield from (replace(block, kind=_text_kind(block), box=box) for block in rest)


def _text_kind(block: Block) -> BlockKind:
    return BlockKind.TEXT if block.kind is BlockKind.HEADING else block.kind


def _plain_row(row: list[Cell], boxes: Iterator[int]) -> Iterator[Block]:
    """A label beside its wording is an item or a recommendation; any other row is one text that is neither."""
    cells = [cell for cell in row if _text(cell)]
    found = LABEL.match(_text(cells[0])) if len(cells) == 2 else None
    start = recommendation_start(_text(cells[0])) if len(cells) > 1 else None
    if start and not start.words and (len(cells) == 2 or may_ask(_text(cells[1]))):
        yield from _recommendation(cells, 0, 1, 0, next(boxes))
    elif found and len(found["label"]) <= LONGEST_LABEL:
        first, *rest = cells[1]
        yield Block(BlockKind.ITEM, first.text, label=found["label"].replace(" ", ""))
        yield from rest
    elif cells:
        yield Block(BlockKind.TEXT, "| " + " | ".join(_text(cell) for cell in cells))
