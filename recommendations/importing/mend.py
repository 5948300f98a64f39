"""Mend what page breaks and conversion broke, before the blocks are read as a report."""

import re
from dataclasses import replace
from itertools import pairwise

from recommendations.importing.blocks import Block, BlockKind
from recommendations.importing.headings import names_a_section, names_the_contents, names_the_list
from recommendations.importing.labels import finished, is_paragraph_number, recommendation_start, successor
from recommendations.importing.problems import bounded

LONGEST_HEADING = 130
UNMARKED = 7  # the level of a heading that no style marks
SHORTEST_BROKEN_LINE = 60
PAGE_AT_END = re.compile(r"[^\d(]\s?\d{1,3}$")
BARE_NUMBER = re.compile(r"(?P<label>\d{1,3})\s+(?P<rest>[A-Z‘“].*)", re.DOTALL)


def mend(blocks: list[Block]) -> list[Block]:
    """The same blocks without footnotes, with broken texts rejoined and lost bullets, labels and headings restored."""
    blocks = _restore_labels(_restore_bullets(_number(_rejoin(_lift(blocks)))))
    return _without_contents(_restore_headings(blocks)) if blocks else []


def _without_contents(blocks: list[Block]) -> list[Block]:
    """The blocks without the lines of the contents: those under that heading that end with the number of a page."""
    kept: list[Block] = []
    listing = False
    for block in blocks:
        listing = (listing and bool(PAGE_AT_END.search(block.text))) or (
            block.kind is BlockKind.HEADING and names_the_contents(block.text)
        )  # fmt: skip
        if not listing or names_the_contents(block.text):
            kept.append(block)
    return kept


def _lift(blocks: list[Block]) -> list[Block]:
    """An item without words, of which another item is printed the first nested one, makes way for that."""
    lifted: list[Block] = []
    empty: Block | None = None
    for block in blocks:
        if block.kind is BlockKind.ITEM and not block.text:
            empty = block
            continue
        if empty and block.kind is BlockKind.ITEM and block.level > empty.level:
            block = replace(block, level=empty.level)
        empty = None
        lifted.append(block)
    return lifted


def _rejoin(blocks: list[Block]) -> list[Block]:
    """Join what a page break parted, and leave out footnotes: they are no part of the text they interrupt."""
    joined: list[Block] = []
    interrupted = note_text_due = False
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        if block.kind is BlockKind.NOTE or (note_text_due and _is_address(block)):
            note_text_due = not block.text
            interrupted = True
            continue
        if joined and _goes_on(joined[-1], block, after, interrupted):
            joined[-1] = replace(joined[-1], text=bounded(_join(joined[-1].text, block.text)))
        else:
            joined.append(block)
        interrupted = note_text_due = False
    return joined


def _goes_on(first: Block, second: Block, third: Block | None, interrupted: bool) -> bool:
    """Whether the second block is the rest of the first.

    A text that has not ended goes on in one that begins like the middle of a sentence, or that follows the
    footnotes of the page. A lone bullet goes on a numbered paragraph when it stands no deeper than its number.
    """
    if first.kind is BlockKind.HEADING or finished(first.text) or recommendation_start(second.text):
        return False
    begins_small = second.text[:1].islower()
    if second.kind is BlockKind.ITEM:
        lone = third is None or third.kind is not BlockKind.ITEM or bool(third.label) or third.level != second.level
        return bool(first.label) and not second.label and first.level == second.level and begins_small and lone
    if second.kind is not BlockKind.TEXT:
        return False
    if first.text.endswith(","):
        return begins_small and (first.kind is BlockKind.TEXT or bool(first.label))
    if begins_small or len(first.text) < SHORTEST_BROKEN_LINE:
        return begins_small
    return second.text[:1].isdigit() or (interrupted and not recommendation_start(first.text))


def _is_address(block: Block) -> bool:
    """Whether a block is nothing but a web address: the text of the footnote whose number stands alone before it."""
    return block.kind is BlockKind.TEXT and "/" in block.text and " " not in block.text


def _join(first: str, second: str) -> str:
    """A word broken at its hyphen keeps the hyphen: "bi-" and "annual" are "bi-annual"."""
    hyphenated = re.search(r"\w-$", first[-2:]) and second[:1].islower()
    return first + second if hyphenated else f"{first} {second}"


def _number(blocks: list[Block]) -> list[Block]:
    """ "18 We make …", "19 The Board …": sentences behind numbers without a dot, where one number follows another."""
    sentences = [block.text if block.kind is BlockKind.TEXT and finished(block.text) else "" for block in blocks]
    found = [BARE_NUMBER.match(sentence) for sentence in sentences]
    numbers = [int(match["label"]) for match in found if match]
    runs = {number for first, second in pairwise(numbers) if second == first + 1 for number in (first, second)}
    return [
        replace(block, kind=BlockKind.ITEM, label=match["label"], text=match["rest"])
        if match and int(match["label"]) in runs else block
        for block, match in zip(blocks, found, strict=True)
    ]  # fmt: skip


def _restore_bullets(blocks: list[Block]) -> list[Block]:
    """A text that follows a bullet ending in a comma or semicolon is the next bullet of that list."""
    mended: list[Block] = []
    for block in blocks:
        previous = mended[-1] if mended else None
        if (
            previous
            and block.kind is BlockKind.TEXT
            and previous.kind is BlockKind.ITEM
            and not previous.label
            and previous.text.endswith((",", ";"))
            and block.text[:1].isupper()
            and not recommendation_start(block.text)
        ):
            block = replace(block, kind=BlockKind.ITEM, level=previous.level)
        mended.append(block)
    return mended


def _restore_labels(blocks: list[Block]) -> list[Block]:
    """An item without a label between "a" and "c" of the same list is "b"."""
    mended = list(blocks)
    for place in range(1, len(blocks) - 1):
        before, block, after = mended[place - 1], blocks[place], blocks[place + 1]
        if not all(one.kind is BlockKind.ITEM for one in (before, block, after)):
            continue
        if not before.level == after.level <= block.level:
            continue
        lost = successor(before.label) if before.label and not block.label else ""
        if lost and after.label and successor(lost) == after.label:
            mended[place] = replace(block, label=lost, level=before.level, restored=True)
    return mended


def _restore_headings(blocks: list[Block]) -> list[Block]:
    """A title that stands alone on a line is a heading, though nothing marks it as one; a numbered one stands above."""
    mended: list[Block] = []
    for before, block, after in zip([None, *blocks], blocks, [*blocks[1:], None], strict=False):
        if _is_numbered_heading(before, block, after):
            text = f"{block.label}. {block.text}"
            block = replace(block, kind=BlockKind.HEADING, level=UNMARKED - 1, label="", text=text)
        elif _is_lettered_heading(block, after):
            text = f"{block.label}. {block.text}"
            block = replace(block, kind=BlockKind.HEADING, level=UNMARKED, label="", text=text)
        elif _is_unmarked_heading(block, after):
            block = replace(block, kind=BlockKind.HEADING, level=UNMARKED)
        mended.append(block)
    return mended


def _is_numbered_heading(before: Block | None, block: Block, after: Block | None) -> bool:
    """Whether a lone item such as "7. RECOMMENDATIONS" heads a section: no item of its list stands next to it."""
    if block.kind is not BlockKind.ITEM or not block.label.isdigit() or after is None:
        return False
    listed = after.label == successor(block.label) or (before is not None and successor(before.label) == block.label)
    return not listed and (names_a_section(block.text) or names_the_list(block.text))


def _is_lettered_heading(block: Block, after: Block | None) -> bool:
    """Whether an item such as "B. Health" heads the numbers that begin below it."""
    lettered = block.kind is BlockKind.ITEM and len(block.label) == 1 and block.label.isupper()
    begins = after is not None and after.kind is BlockKind.ITEM and after.label == "1"
    return lettered and begins and len(block.text) <= LONGEST_HEADING and not finished(block.text)


def _is_unmarked_heading(block: Block, after: Block | None) -> bool:
    text = block.text
    if block.kind is not BlockKind.TEXT or len(text) > LONGEST_HEADING or recommendation_start(text):
        return False
    if text.endswith(",") or finished(text.rstrip(":")) or not text[:1].isupper():
        return False
    return names_a_section(text) or names_the_list(text) or (not text.endswith(":") and _opens_a_part(after))


def _opens_a_part(block: Block | None) -> bool:
    if block is None or block.kind is BlockKind.HEADING:
        return False
    numbered = block.kind is BlockKind.ITEM and is_paragraph_number(block.label)
    return numbered or recommendation_start(block.text) is not None
