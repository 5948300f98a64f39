"""Recommendations without a number: named as such, bullets and texts under a heading, or what is said outright."""

import re
from collections.abc import Callable

from recommendations.importing.blocks import Block, BlockKind
from recommendations.importing.labels import DIRECTIVE, finished, is_reply
from recommendations.importing.marked import NUMBER, UNNUMBERED, asks_now, introduces, marked, may_ask, without_name

BY_ORDER = "The file prints no number for this recommendation. It was numbered by its place in the list."
OUTRIGHT = re.compile(
    r"\b(?:I|[Ww]e|[Tt]he (?:[Ii]nquiry|[Pp]anel|[Rr]eview(?:er)?|[Cc]ommittee|[Cc]ommission|[Rr]eport|[Aa]uthor))"
    r"(?: \w+){0,2} recommends? that\b"
)


def mark_unnumbered(blocks: list[Block], sections: list[range]) -> list[Block]:
    """Where nothing is numbered: "Recommendation: …" wherever it stands, else bullets or texts under the heading."""
    named = [place for place, block in enumerate(blocks) if UNNUMBERED.match(block.text)]
    places = named or [place for section in sections for place in _under(blocks, section)]
    labels = [_item_before(blocks, place) if named else blocks[place].label for place in places]
    printed = all(labels) and len(set(labels)) == len(labels)
    found = list(blocks)
    for number, (place, label) in enumerate(zip(places, labels, strict=True), start=1):
        words = without_name(blocks[place].text)
        found[place] = marked(blocks[place], label, words) if printed else marked(
            blocks[place], str(number), words, BY_ORDER
        )
    return found


def _item_before(blocks: list[Block], place: int) -> str:
    """The number of the conclusion that "Recommendation: …" follows; empty where it follows none."""
    for block in (blocks[at] for at in range(place - 1, -1, -1)):
        if block.kind is BlockKind.HEADING or UNNUMBERED.match(block.text):
            return ""
        if block.kind is BlockKind.ITEM and NUMBER.match(block.label):
            return block.label
    return ""


def _under(blocks: list[Block], section: range) -> list[int]:
    """What one section asks for: bullets, unless they are points of a text that asks ("By March the force should:")."""
    bullets = _chosen(blocks, section, _is_bullet)
    texts = _chosen(blocks, section, _asks)
    leads = [place for place in section if _leads(blocks, place)]
    whole = sum(blocks[place].text[:1].isupper() and may_ask(blocks[place].text) for place in bullets)
    if leads and whole * 2 <= len(bullets):
        return sorted({*texts, *leads})
    return bullets or texts


def _chosen(blocks: list[Block], section: range, fits: Callable[[Block], bool]) -> list[int]:
    """The blocks that fit and stand no deeper than the first that does."""
    places = [place for place in section if fits(blocks[place])]
    return [place for place in places if blocks[place].level <= blocks[places[0]].level]


def _is_bullet(block: Block) -> bool:
    return block.kind is BlockKind.ITEM and not NUMBER.match(block.label)


def _is_counted(block: Block) -> bool:
    return not _is_bullet(block)


def _asks(block: Block) -> bool:
    text = block.text
    asks = block.kind is BlockKind.TEXT and bool(DIRECTIVE.search(text)) and not is_reply(text)
    return asks and (finished(text) or block.box > 0) and not text.endswith(":")


def _leads(blocks: list[Block], place: int) -> bool:
    """Whether a text asks for what the points straight after it say."""
    text = blocks[place].text
    asks = blocks[place].kind is BlockKind.TEXT and text.endswith(":") and asks_now(text) and not introduces(text)
    return asks and place + 1 < len(blocks) and blocks[place + 1].kind is BlockKind.ITEM


def mark_introduced(blocks: list[Block]) -> list[Block]:
    """The items straight after "The review recommends that:"."""
    found = list(blocks)
    for place, block in enumerate(blocks):
        if block.kind is not BlockKind.TEXT or not introduces(block.text):
            continue
        end = place + 1
        while end < len(blocks) and blocks[end].kind is BlockKind.ITEM:
            end += 1
        counted = place + 1 < end and bool(NUMBER.match(blocks[place + 1].label))
        starts = _chosen(blocks, range(place + 1, end), _is_counted if counted else _is_bullet)
        for number, start in enumerate(starts, start=1):
            label = blocks[start].label if NUMBER.match(blocks[start].label) else ""
            found[start] = marked(blocks[start], label or str(number), blocks[start].text, "" if label else BY_ORDER)
    return found


def mark_outright(blocks: list[Block]) -> list[Block]:
    """ "3.2 I recommend that …": under its paragraph's number, or numbered by order."""
    places = [
        place
        for place, block in enumerate(blocks)
        if block.kind is not BlockKind.HEADING and OUTRIGHT.search(block.text)
    ]  # fmt: skip
    found = list(blocks)
    for number, place in enumerate(places, start=1):
        label = blocks[place].label if NUMBER.match(blocks[place].label) else ""
        found[place] = marked(blocks[place], label or str(number), blocks[place].text, "" if label else BY_ORDER)
    return found
