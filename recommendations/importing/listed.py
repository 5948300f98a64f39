"""Recommendations that only their place shows: a list under that heading, codes at the end, "R1" before."""

import re
from bisect import bisect, bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from recommendations.importing.blocks import Block, BlockKind
from recommendations.importing.labels import CODE, R_LABEL, finished, reads_as_title, recommendation_start, successor
from recommendations.importing.lists import LIST_HEADING, OTHER_NAMES, sections
from recommendations.importing.marked import (
    NUMBER,
    UNNUMBERED,
    asks_now,
    explicit,
    introduces,
    marked,
    may_ask,
    without_name,
)
from recommendations.importing.unnumbered import mark_introduced, mark_outright, mark_unnumbered

CODE_AT_END = re.compile(r"(?<!\s)\s*[(\[](?P<label>\d{1,4}/\d{2,4})[)\]]\.?$")
NUMBERED_HEADING = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)[.)]?\s+(\S.*)", re.DOTALL)
LETTER = re.compile(r"(?P<label>[a-z])\s+(?P<rest>[A-Z].*)", re.DOTALL)
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
MOST_NAMED = 10
CONCLUSION = "This may be a conclusion, not a recommendation: it does not say what should be done. Check it."
NAMED_OTHERWISE = re.compile(
    r"(?P<name>Points? of learning|Learning points?|Areas? for improvement|Requirement|Proposal|(?:\w+ )?[Aa]ction"
    r"|Action for learning) (?P<label>\d{1,3}(?:\.\d{1,3})?)(?:\s?[:–—.-]\s*|$)(?P<rest>.*)",
    re.DOTALL,
)
OTHER_NAME = "The file names no recommendations. What stands under {} was read in their place. Check that you want it."


def mark_listed(blocks: list[Block]) -> tuple[list[Block], list[str]]:
    """The blocks with every such recommendation marked, and warnings for the whole report."""
    for mark in (_codes_at_end, _r_labels, _letters):
        blocks = mark(blocks)
    blocks, warnings = _in_sections(blocks, LIST_HEADING)
    for mark in (mark_introduced, mark_outright):
        if not any(explicit(block) for block in blocks):
            blocks = mark(blocks)
    if not any(explicit(block) for block in blocks):
        return _called_otherwise(blocks)
    return blocks, [*warnings, *_printed_elsewhere(blocks)]


def _called_otherwise(blocks: list[Block]) -> tuple[list[Block], list[str]]:
    """What a report without recommendations has in their place: "Learning point 1 – …", or "Areas for improvement"."""
    named = [NAMED_OTHERWISE.match(block.text) for block in blocks]
    found = [
        marked(block, match["label"], match["rest"]) if match else block
        for block, match in zip(blocks, named, strict=True)
    ]
    if called := dict.fromkeys(f"“{match['name']}”" for match in named if match):
        return found, [OTHER_NAME.format(", ".join(called))]
    blocks, warnings = _in_sections(blocks, OTHER_NAMES)
    used = [one for one in sections(blocks, OTHER_NAMES) if any(explicit(blocks[place]) for place in one)]
    names = dict.fromkeys(f"“{blocks[one.start - 1].text}”" for one in used)
    return blocks, [*warnings, *([OTHER_NAME.format(", ".join(names))] if names else [])]


def _in_sections(blocks: list[Block], names: re.Pattern[str]) -> tuple[list[Block], list[str]]:
    blocks, background = _numbered_lists(blocks, sections(blocks, names))
    if not any(explicit(block) for block in blocks):
        blocks = mark_unnumbered(blocks, sections(blocks, names))
    return blocks, _about(background)


def _about(background: list[str]) -> list[str]:
    if not background:
        return []
    named = ", ".join(background[:MOST_NAMED]) + (" and more" if len(background) > MOST_NAMED else "")
    return [f"Paragraphs among the recommendations that ask for nothing were read as background: {named}. Check them."]


def _codes_at_end(blocks: list[Block]) -> list[Block]:
    """ "The board should meet. (018/14)": where at least two texts end so, the code is the label."""
    found = [CODE_AT_END.search(block.text) for block in blocks]
    if sum(match is not None for match in found) < 2:
        return blocks
    return [
        marked(block, match["label"], without_name(block.text[: match.start()])) if match else block
        for block, match in zip(blocks, found, strict=True)
    ]


def _r_labels(blocks: list[Block]) -> list[Block]:
    """ "R1 …", "R2. …", and in a list "N1 …", "L1 …": where there are at least two, of which one follows the other."""
    inside = {place for section in sections(blocks) for place in section}
    found = [
        (CODE if place in inside else R_LABEL).match(f"{block.label} {block.text}".strip())
        for place, block in enumerate(blocks)
    ]
    numbers = {re.sub(r"^\D+", "", match["label"]) for match in found if match}
    if not any(successor(number) in numbers for number in numbers):
        return blocks
    return [
        marked(block, match["label"].replace(" ", ""), match["rest"]) if match else block
        for block, match in zip(blocks, found, strict=True)
    ]


def _numbered_lists(blocks: list[Block], found: list[range]) -> tuple[list[Block], list[str]]:
    """In each section, the items of its first kind of number: "1." or "8.14", standing no deeper than the first.

    Where the report's paragraphs are numbered, those that ask for nothing among others that do are background.
    """
    blocks, background = list(blocks), []
    before, seen = set(), 0  # the labels of the items before a section, which begins where none does earlier
    for section in found:
        before |= {block.label for block in blocks[seen : section.start] if block.kind is BlockKind.ITEM}
        seen = section.start
        if any(explicit(blocks[place]) or UNNUMBERED.match(blocks[place].text) for place in section):
            continue
        numbered = [(place, *_numbered(blocks[place])) for place in section]
        starts = _starts(_of_one_kind(numbered, blocks), blocks)
        asking = [one for one in starts if asks_now(one[2])]
        introduced = any(introduces(words) for _, label, words in numbered if label)
        paragraphs = _are_paragraphs(starts, before) and not _are_titles(starts, blocks)
        if paragraphs and (asking or introduced):
            background += [label for _, label, words in starts if not asks_now(words)]
            starts = asking
        for place, block in _marks(starts, blocks):
            blocks[place] = block
    return blocks, background


def _marks(starts: list[tuple[int, str, str]], blocks: list[Block]) -> Iterator[tuple[int, Block]]:
    titled, mixes = _are_titles(starts, blocks), _mixes(starts)
    for place, label, words in starts:
        doubtful = not titled and mixes and not may_ask(words)
        block = marked(blocks[place], label, words, CONCLUSION if doubtful else "")
        yield place, replace(block, kind=BlockKind.HEADING) if titled and reads_as_title(words) else block


def _are_titles(starts: list[tuple[int, str, str]], blocks: list[Block]) -> bool:
    """Whether most of the numbers stand before titles: headings, or words that end without a full stop."""
    titles = [place for place, _, words in starts if reads_as_title(words) and not _is_text_that_ends(blocks[place])]
    return len(titles) * 2 > len(starts)


def _is_text_that_ends(block: Block) -> bool:
    return block.kind is not BlockKind.HEADING and not block.strong and finished(block.text)


def _are_paragraphs(starts: list[tuple[int, str, str]], before: set[str]) -> bool:
    """Whether numbers are those of the report's paragraphs: "8.14", or plain ones that go on from before the list."""
    first = starts[0][1] if starts else ""
    return "." in first or (first.isdigit() and str(int(first) - 1) in before)


def _letters(blocks: list[Block]) -> list[Block]:
    """ "a The Department should …": letters without a mark, in order from "a", are the labels of items."""
    blocks = list(blocks)
    for section in sections(blocks):
        found = [(place, match) for place in section if (match := LETTER.match(blocks[place].text))]
        found = [(place, match) for place, match in found if blocks[place].kind is BlockKind.TEXT]
        if len(found) > 1 and "".join(match["label"] for _, match in found) == ALPHABET[: len(found)]:
            for place, match in found:
                blocks[place] = replace(blocks[place], kind=BlockKind.ITEM, label=match["label"], text=match["rest"])
    return blocks


def _mixes(starts: list[tuple[int, str, str]]) -> bool:
    """Whether some items ask for something in so many words, so that those that do not stand out."""
    return sum(may_ask(words) for _, _, words in starts) * 3 >= len(starts)


def _numbered(block: Block) -> tuple[str, str]:
    """The number and the words of an item, or of a heading that begins with a number."""
    label, words = (block.label, block.text) if block.kind is BlockKind.ITEM else ("", block.text)
    if block.kind is BlockKind.HEADING:
        heading = NUMBERED_HEADING.match(block.text)
        label, words = (heading[1], heading[2]) if heading else ("", block.text)
    return (label, words) if NUMBER.match(label) else ("", words)


def _of_one_kind(numbered: list[tuple[int, str, str]], blocks: list[Block]) -> list[tuple[int, str, str]]:
    """Where headings and items have numbers, "8.1" heads a subsection, and "1." a recommendation with points."""
    labelled = [one for one in numbered if one[1]]
    headings = [one for one in labelled if blocks[one[0]].kind is BlockKind.HEADING]
    if not headings or len(headings) == len(labelled):
        return labelled
    subsections = all("." in label for _, label, _ in headings)
    if subsections:
        return [one for one in labelled if blocks[one[0]].kind is not BlockKind.HEADING]
    # A bold title may end as a sentence.
    return [one for one in labelled if blocks[one[0]].kind is BlockKind.HEADING or blocks[one[0]].strong]


def _starts(numbered: list[tuple[int, str, str]], blocks: list[Block]) -> list[tuple[int, str, str]]:
    """Which of the numbered blocks begin a recommendation; the others are points, or introduce the list.

    Numbers that begin again are points, but below a heading they are those of the next agency or subject.
    """
    found: list[tuple[int, str, str]] = []
    last: tuple[int, ...] = ()
    has_asked = False
    headings = _headings(blocks, numbered)
    for place, label, words in numbered:
        if not label or (not has_asked and introduces(words) and not _leads_points(blocks, place)):
            continue
        number = tuple(int(part) for part in label.split("."))
        first = blocks[found[0][0]] if found else blocks[place]
        again = number[:-1] == last[:-1] and number <= last and number[-1] == 1
        if len(number) != len(last or number) or (again and not _any_between(headings, found[-1][0], place)):
            continue
        if first.kind is blocks[place].kind and first.kind is BlockKind.ITEM and blocks[place].level > first.level + 1:
            continue
        found.append((place, label, words))
        last, has_asked = number, has_asked or asks_now(words)
    return found


def _headings(blocks: list[Block], numbered: list[tuple[int, str, str]]) -> list[int]:
    """Where headings stand among the numbered blocks."""
    ends = (numbered[0][0], numbered[-1][0]) if numbered else (0, 0)
    return [place for place in range(*ends) if blocks[place].kind is BlockKind.HEADING]


def _any_between(places: list[int], first: int, second: int) -> bool:
    return bisect(places, first) < bisect_left(places, second)


def _leads_points(blocks: list[Block], place: int) -> bool:
    """Whether lettered or bulleted points of a sentence follow: the words before them are a recommendation's own.

    Points that are sentences and ask for something themselves are recommendations, which the words introduce.
    """
    after = (blocks[at] for at in range(place + 1, len(blocks)))
    following = takewhile(lambda block: block.kind is BlockKind.ITEM, after)
    points = list(takewhile(lambda block: not NUMBER.match(block.label), following))
    whole = sum(point.text[:1].isupper() and asks_now(point.text) for point in points)
    return bool(points) and whole * 2 <= len(points)


def _printed_elsewhere(blocks: list[Block]) -> list[str]:
    """Headings and items that print the label and title of a listed recommendation a second time."""
    starts = {start[:2] for block in blocks if (start := recommendation_start(block.text))}
    return [
        f"“{label}. {words}” is printed again outside the list of recommendations. Check whether both are the same."
        for block in blocks
        if not explicit(block)
        for label, words in [_numbered(block)]
        if (label, words) in starts
    ]
