"""Footnotes whose marks a conversion made plain: "in 2026 5 and with …", where a note 5 follows."""

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from recommendations.importing.blocks import Block, BlockKind

# "5 https://…", and what converters leave: "<sup>5 …", "&lt;sup>5 …", "$^{11}</sup> …".
NOTE = re.compile(r"(?:(?:&lt;|<)sup>\W*|\$\^\{?)(?P<marked>\d{1,3})\}?(?:</sup>)?\s|(?P<bare>\d{1,3})\s+https?://")
FURTHEST_MARK = 200  # blocks between a mark and its note
ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
MARK = re.compile(
    r"(?:(?<=[’'”\")\]])|(?<=[a-z]{2})(?<!\d))(?P<glued>[1-9][0-9]{0,2})(?=[\s,.;:)]|$)"
    r"|(?<=[\w.’'”)])\s(?P<apart>[1-9][0-9]{0,2})(?=\s[a-z(]|[.,;:]?$)"
)
MOST_MARKS = 100  # of one text
LONGEST_COUNT = 40  # characters: more than the longest word below
COUNTS = re.compile(
    r"\b(?:paras?|paragraphs?|recommendations?|steps?|chapters?|pages?|sections?|appendix|annex|parts?|stages?|phases?"
    r"|tables?|figures?|boxe?s?|ages?|aged|levels?|tiers?|bands?|keys?|year|years|module|volume|no\.?|and|to|of|than|the|"
    r"over|under|least|most|in|by|for|with|from|about|all)$",
    re.IGNORECASE,
)


def without_notes(blocks: list[Block]) -> list[Block]:
    """Notes set apart as such, and their marks taken out of the text that stands between them and those before.

    A number is only a mark where it stands once, behind a word that does not count.
    """
    numbers = [_number(block, after) for block, after in pairwise([*blocks, None])]
    found, marks = list(blocks), _Marks(blocks)
    begin = last = 0
    for place, number in enumerate(numbers):
        if number is None:
            continue
        found[place] = replace(blocks[place], kind=BlockKind.NOTE)
        for mark in range(max(1, last + 1), min(number, last + 10) + 1):
            marks.drop(found, range(max(begin, place - FURTHEST_MARK), place), str(mark))
        if number <= last + 10:
            last = number
        if place + 1 < len(numbers) and numbers[place + 1] is None:
            begin = place + 1
    return found


def _number(block: Block | None, after: Block | None) -> int | None:
    if block is None or block.kind is not BlockKind.TEXT:
        return None
    if match := NOTE.match(block.text):
        return int(match["marked"] or match["bare"])
    alone = block.text.isdecimal() and len(block.text) < 4 and after is not None and ADDRESS.fullmatch(after.text)
    return int(block.text) if alone else None


class _Marks:
    """Every number that may be a mark, with the place of its text once for each time that it stands there."""

    def __init__(self, blocks: list[Block]) -> None:
        self.places: dict[str, list[int]] = {}
        self.dropped: Counter[int] = Counter()
        for place, block in enumerate(blocks):
            for number, _ in _marks(block):
                self.places.setdefault(number, []).append(place)

    def drop(self, blocks: list[Block], within: range, mark: str) -> None:
        """Take the mark out where it stands once among those blocks; leave it where it stands more often."""
        places = self.places.get(mark, [])
        near = places[bisect_left(places, within.start) : bisect_left(places, within.stop)]
        near = [place for place in near if blocks[place].kind is not BlockKind.NOTE]
        if len(near) != 1 or self.dropped[near[0]] == MOST_MARKS:
            return
        (place,) = near
        text = blocks[place].text
        marks = list(_marks(blocks[place]))
        match = next(match for number, match in marks if number == mark)
        blocks[place] = replace(blocks[place], text=text[: match.start()] + text[match.end() :])
        self.dropped[place] += 1
        for number, _ in marks:
            self.places[number].remove(place)
        for number, _ in _marks(blocks[place]):
            insort(self.places.setdefault(number, []), place)


def _marks(block: Block) -> Iterator[tuple[str, re.Match[str]]]:
    """The numbers in a text that stand like marks, behind a word that does not count."""
    if block.kind not in (BlockKind.TEXT, BlockKind.ITEM):
        return
    for match in MARK.finditer(block.text):
        if not COUNTS.search(block.text[max(0, match.start() - LONGEST_COUNT) : match.start()]):
            yield match["glued"] or match["apart"], match
