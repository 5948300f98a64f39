"""Where lists of recommendations stand: under which headings, and how far they go."""

import re

from recommendations.importing.blocks import Block, BlockKind
from recommendations.importing.headings import names_a_section
from recommendations.importing.labels import item_label, successor
from recommendations.importing.marked import NUMBER, explicit, may_ask
from recommendations.importing.mend import UNMARKED

LONGEST_HEADING = 100
LIST_HEADING = re.compile(r"\brecommendations\b|^\W*(?:\d+[.\d]*\s+)?recommendation:?$", re.IGNORECASE)
OTHER_LIST = re.compile(r"\b(?:response|progress|previous|earlier|implement\w*|monitoring|status)\b", re.IGNORECASE)
# What inspectors and coroners call what they ask for.
OTHER_NAMES = re.compile(
    r"\b(?:areas? for (?:further )?improvement|matters? of concern|coroner[’']?s[’']? concerns|requirements"
    r"|actions? (?:\w+ ){0,3}(?:must|should) (?:be )?taken?|points? of learning|learning points)\b",
    re.IGNORECASE,
)


def sections(blocks: list[Block], names: re.Pattern[str] = LIST_HEADING) -> list[range]:
    """The stretches of blocks under a heading "Recommendations", up to a heading of its depth or above.

    A heading in a box heads what stands in the box.
    """
    found: list[range] = []
    for place, block in enumerate(blocks):
        if not _heads(block, names) or (found and place in found[-1]):
            continue
        found.append(range(place + 1, _end(blocks, place)))
    return found


def _end(blocks: list[Block], heading: int) -> int:
    """Where the stretch under a heading ends."""
    first = last = ""  # the numbers that stand in it so far
    for place in range(heading + 1, len(blocks)):
        block = blocks[place]
        if _ends(blocks[heading], block) and not _numbers_go_on(blocks, heading, place, first, last):
            return place
        if NUMBER.match(block.label):
            first, last = first or block.label, block.label
    return len(blocks)


def _heads(block: Block, names: re.Pattern[str]) -> bool:
    heads = block.kind is BlockKind.HEADING and len(block.text) <= LONGEST_HEADING and not explicit(block)
    return heads and bool(names.search(block.text)) and not OTHER_LIST.search(block.text)


def _ends(heading: Block, block: Block) -> bool:
    if heading.box or block.box:
        return heading.box != block.box
    numbered = bool(item_label(block.text)[0][:1].isdigit()) and not heading.text[:1].isdigit()
    return block.kind is BlockKind.HEADING and block.level <= heading.level and not numbered


def _numbers_go_on(blocks: list[Block], heading: int, end: int, first: str, last: str) -> bool:
    """Whether the list runs on under a heading of which nothing tells the depth: its numbers do.

    They go on, or begin again and ask for something, as under the name of each agency.
    """
    after = blocks[end + 1] if end + 1 < len(blocks) else None
    if after is None or not NUMBER.match(after.label) or not blocks[end].level == blocks[heading].level == UNMARKED:
        return False
    if not first:
        return end == heading + 1
    again = after.label == first and may_ask(after.text) and not names_a_section(blocks[end].text)
    return again or after.label == successor(last)
