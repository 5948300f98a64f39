"""Footnotes whose marks a conversion made plain: "in 2026 5 and with …", where a note 5 follows."""

import re
from dataclasses import replace
from itertools import pairwise

from recommendations.imports.blocks import Block, Kind

# "5 https://…", and what converters leave: "<sup>5 …", "&lt;sup>5 …", "$^{11}</sup> …".
NOTE = re.compile(r"(?:(?:&lt;|<)sup>\W*|\$\^\{?)(?P<marked>\d{1,3})\}?(?:</sup>)?\s|(?P<bare>\d{1,3})\s+https?://")
FURTHEST_MARK = 200  # blocks between a mark and its note
ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
COUNTS = (
    r"(?:paras?|paragraphs?|recommendations?|steps?|chapters?|pages?|sections?|appendix|annex|parts?|stages?|phases?"
    r"|tables?|figures?|boxe?s?|ages?|aged|levels?|tiers?|bands?|keys?|year|years|module|volume|no\.?|and|to|of|than|the|"
    r"over|under|least|most|in|by|for|with|from|about|all)"
)


def without_notes(blocks: list[Block]) -> list[Block]:
    """Notes set apart as such, and their marks taken out of the text that stands between them and those before.

    A number is only a mark where it stands once, behind a word that does not count.
    """
    numbers = [_number(block, after) for block, after in pairwise([*blocks, None])]
    found = list(blocks)
    begin = last = 0
    for place, number in enumerate(numbers):
        if number is None:
            continue
        found[place] = replace(blocks[place], kind=Kind.NOTE)
        for mark in range(max(1, last + 1), min(number, last + 10) + 1):
            _drop(found, range(max(begin, place - FURTHEST_MARK), place), mark)
        if number <= last + 10:
            last = number
        if place + 1 < len(numbers) and numbers[place + 1] is None:
            begin = place + 1
    return found


def _number(block: Block | None, after: Block | None) -> int | None:
    if block is None or block.kind is not Kind.TEXT:
        return None
    if match := NOTE.match(block.text):
        return int(match["marked"] or match["bare"])
    alone = block.text.isdecimal() and len(block.text) < 4 and after is not None and ADDRESS.fullmatch(after.text)
    return int(block.text) if alone else None


def _drop(blocks: list[Block], places: range, mark: int) -> None:
    pattern = re.compile(
        rf"(?:(?<=[’'”\")\]])|(?<=[a-z]{{2}})(?<!\d))(?P<glued>{mark})(?=[\s,.;:)]|$)"
        rf"|(?<=[\w.’'”)])\s(?P<apart>{mark})(?=\s[a-z(]|[.,;:]?$)",
    )
    hits = [
        (place, match)
        for place in places
        if blocks[place].kind in (Kind.TEXT, Kind.ITEM)
        for match in pattern.finditer(blocks[place].text)
        if not re.search(rf"\b{COUNTS}$", blocks[place].text[: match.start()], re.IGNORECASE)
    ]
    if len(hits) == 1:
        place, match = hits[0]
        text = blocks[place].text
        blocks[place] = replace(blocks[place], text=text[: match.start()] + text[match.end() :])
