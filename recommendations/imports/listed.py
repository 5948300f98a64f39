"""Recommendations that only their place shows: a list under that heading, codes at the end, "R1" before.

Each is marked by writing its label before its words in full ("Recommendation 8.14: …"), as other reports print it.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from recommendations.imports.blocks import Block, Kind
from recommendations.imports.headings import names_a_section
from recommendations.imports.labels import (
    DIRECTIVE,
    finished,
    is_reply,
    item_label,
    reads_as_title,
    recommendation_start,
    successor,
)
from recommendations.imports.mend import UNMARKED

LONGEST_HEADING = 100
LIST_HEADING = re.compile(r"\brecommendations\b|^\W*(?:\d+[.\d]*\s+)?recommendation:?$", re.IGNORECASE)
OTHER_LIST = re.compile(r"\b(?:response|progress|previous|earlier|implement\w*|monitoring|status)\b", re.IGNORECASE)
CODE_AT_END = re.compile(r"\s*[(\[](?P<label>\d{1,4}/\d{2,4})[)\]]\.?$")
R_LABEL = re.compile(r"[(\[]?(?P<label>[A-Z]?R\s?\d{1,3}(?:\.\d{1,3})?)[)\]]?\s?[:.)–—-]?\s+(?P<rest>\S.*)", re.DOTALL)
UNNUMBERED = re.compile(r"(?:Recommendation|RECOMMENDATION)\s?[:–—]\s*(?P<rest>\S.*)", re.DOTALL)
NUMBERED_HEADING = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)[.)]?\s+(\S.*)", re.DOTALL)
LETTER = re.compile(r"(?P<label>[a-z])\s+(?P<rest>[A-Z].*)", re.DOTALL)
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*$")
INTRODUCES = re.compile(r"(?::|\bfollowing(?: recommendations)?\.)$")
ASKS_AT_ONCE = re.compile(
    r"(?:That|Agree|Build|Consider|Continue|Create|Develop|Ensure|Establish|Implement|Improve|Introduce|Promote|Provide"
    r"|Publish|Review|Strengthen|Undertake|Update|Use|Work)\b"
)
BY_ORDER = "The file prints no number for this recommendation. It was numbered by its place in the list."
CONCLUSION = "This may be a conclusion, not a recommendation: it does not say what should be done. Check it."


def mark_listed(blocks: list[Block]) -> tuple[list[Block], list[str]]:
    """The blocks with every such recommendation marked, and warnings for the whole report."""
    for mark in (_codes_at_end, _r_labels, _letters, _numbered_lists):
        blocks = mark(blocks)
    if not any(_explicit(block) for block in blocks):
        blocks = _unnumbered(blocks)
    if not any(_explicit(block) for block in blocks):
        blocks = _introduced(blocks)
    return blocks, _printed_elsewhere(blocks)


def _explicit(block: Block) -> bool:
    return recommendation_start(block.text) is not None


def _marked(block: Block, label: str, words: str, note: str = "") -> Block:
    kind = Kind.TEXT if block.kind is Kind.ITEM else block.kind
    return replace(block, kind=kind, label="", text=f"Recommendation {label}: {words}", note=note)


def _codes_at_end(blocks: list[Block]) -> list[Block]:
    """ "The board should meet. (018/14)": where at least two texts end so, the code is the label."""
    found = [CODE_AT_END.search(block.text) for block in blocks]
    if sum(match is not None for match in found) < 2:
        return blocks
    return [
        _marked(block, match["label"], _without_name(block.text[: match.start()])) if match else block
        for block, match in zip(blocks, found, strict=True)
    ]


def _without_name(text: str) -> str:
    start = recommendation_start(text)
    unnumbered = UNNUMBERED.match(text)
    return start.words if start else unnumbered["rest"] if unnumbered else text


def _r_labels(blocks: list[Block]) -> list[Block]:
    """ "R1 …", "R2. …": where there are at least two, of which one follows the other."""
    found = [R_LABEL.match(f"{block.label} {block.text}".strip()) for block in blocks]
    numbers = {re.sub(r"^\D+", "", match["label"]) for match in found if match}
    if not any(number.isdigit() and str(int(number) + 1) in numbers for number in numbers):
        return blocks
    return [
        _marked(block, match["label"].replace(" ", ""), match["rest"]) if match else block
        for block, match in zip(blocks, found, strict=True)
    ]


def _is_list_heading(block: Block) -> bool:
    heads = block.kind is Kind.HEADING and len(block.text) <= LONGEST_HEADING and not _explicit(block)
    return heads and bool(LIST_HEADING.search(block.text)) and not OTHER_LIST.search(block.text)


def _sections(blocks: list[Block]) -> list[range]:
    """The stretches of blocks under a heading "Recommendations", up to a heading of its depth or above."""
    found: list[range] = []
    for place, block in enumerate(blocks):
        if not _is_list_heading(block) or (found and place in found[-1]):
            continue
        end = place + 1
        while end < len(blocks) and (not _ends(block, blocks[end]) or _numbers_go_on(blocks, place, end)):
            end += 1
        found.append(range(place + 1, end))
    return found


def _ends(heading: Block, block: Block) -> bool:
    numbered = bool(item_label(block.text)[0][:1].isdigit()) and not heading.text[:1].isdigit()
    return block.kind is Kind.HEADING and block.level <= heading.level and not numbered


def _numbers_go_on(blocks: list[Block], heading: int, end: int) -> bool:
    """Whether the list runs on under a heading of which nothing tells the depth: its numbers do.

    They go on, or begin again and ask for something, as under the name of each agency.
    """
    after = blocks[end + 1] if end + 1 < len(blocks) else None
    if after is None or not NUMBER.match(after.label) or not blocks[end].level == blocks[heading].level == UNMARKED:
        return False
    labels = [block.label for block in blocks[heading:end] if NUMBER.match(block.label)]
    if not labels:
        return end == heading + 1
    again = after.label == labels[0] and _asks_for(after.text) and not names_a_section(blocks[end].text)
    return again or after.label == successor(labels[-1])


def _numbered_lists(blocks: list[Block]) -> list[Block]:
    """In each section, the items of its first kind of number: "1." or "8.14", standing no deeper than the first."""
    blocks = list(blocks)
    for section in _sections(blocks):
        if any(_explicit(blocks[place]) for place in section):
            continue
        numbered = [(place, *_numbered(blocks[place])) for place in section]
        starts = _starts(_of_one_kind(numbered, blocks), blocks)
        titles = [words for _, _, words in starts if reads_as_title(words)]
        titled = len(titles) * 2 > len(starts)
        for place, label, words in starts:
            doubtful = not titled and not _asks_for(words) and _mixes(starts)
            block = _marked(blocks[place], label, words, CONCLUSION if doubtful else "")
            if titled and words in titles:
                block = replace(block, kind=Kind.HEADING)
            blocks[place] = block
    return blocks


def _letters(blocks: list[Block]) -> list[Block]:
    """ "a The Department should …": letters without a mark, in order from "a", are the labels of items."""
    blocks = list(blocks)
    for section in _sections(blocks):
        found = [(place, match) for place in section if (match := LETTER.match(blocks[place].text))]
        found = [(place, match) for place, match in found if blocks[place].kind is Kind.TEXT]
        if len(found) > 1 and "".join(match["label"] for _, match in found) == ALPHABET[: len(found)]:
            for place, match in found:
                blocks[place] = replace(blocks[place], kind=Kind.ITEM, label=match["label"], text=match["rest"])
    return blocks


def _mixes(starts: list[tuple[int, str, str]]) -> bool:
    """Whether some items ask for something in so many words, so that those that do not stand out."""
    return sum(_asks_for(words) for _, _, words in starts) * 3 >= len(starts)


def _asks_for(words: str) -> bool:
    return bool(DIRECTIVE.search(words) or ASKS_AT_ONCE.match(words))


def _numbered(block: Block) -> tuple[str, str]:
    """The number and the words of an item, or of a heading that begins with a number."""
    label, words = (block.label, block.text) if block.kind is Kind.ITEM else ("", block.text)
    if block.kind is Kind.HEADING:
        heading = NUMBERED_HEADING.match(block.text)
        label, words = (heading[1], heading[2]) if heading else ("", block.text)
    return (label, words) if NUMBER.match(label) else ("", words)


def _of_one_kind(numbered: list[tuple[int, str, str]], blocks: list[Block]) -> list[tuple[int, str, str]]:
    """Where headings and items have numbers, "8.1" heads a subsection, and "1." a recommendation with points."""
    labelled = [one for one in numbered if one[1]]
    headings = [one for one in labelled if blocks[one[0]].kind is Kind.HEADING]
    if not headings or len(headings) == len(labelled):
        return labelled
    subsections = all("." in label for _, label, _ in headings)
    if subsections:
        return [one for one in labelled if one not in headings]
    return [one for one in labelled if one in headings or blocks[one[0]].strong]  # a bold title may end as a sentence


def _starts(numbered: list[tuple[int, str, str]], blocks: list[Block]) -> list[tuple[int, str, str]]:
    """Which of the numbered blocks begin a recommendation; the others are points, or introduce the list.

    Numbers that begin again are points, but below a heading they are those of the next agency or subject.
    """
    found: list[tuple[int, str, str]] = []
    last: tuple[int, ...] = ()
    for place, label, words in numbered:
        if not label or (_introduces(words) and not found and not _leads_points(blocks, place)):
            continue
        number = tuple(int(part) for part in label.split("."))
        first = blocks[found[0][0]] if found else blocks[place]
        again = number[:-1] == last[:-1] and number <= last and number[-1] == 1
        if len(number) != len(last or number) or (again and not _heading_between(blocks, found[-1][0], place)):
            continue
        if first.kind is blocks[place].kind and first.kind is Kind.ITEM and blocks[place].level > first.level + 1:
            continue
        found.append((place, label, words))
        last = number
    return found


def _heading_between(blocks: list[Block], first: int, second: int) -> bool:
    return any(block.kind is Kind.HEADING for block in blocks[first + 1 : second])


def _introduces(text: str) -> bool:
    """Whether a text leads to a list, such as "We recommend that:", or ends "the following recommendations"."""
    return "recommend" in text.lower() and INTRODUCES.search(text[-60:]) is not None


def _leads_points(blocks: list[Block], place: int) -> bool:
    """Whether lettered or bulleted points follow: the words before them are a recommendation's own."""
    after = blocks[place + 1] if place + 1 < len(blocks) else None
    return after is not None and after.kind is Kind.ITEM and not NUMBER.match(after.label)


def _introduced(blocks: list[Block]) -> list[Block]:
    """The items straight after "The review recommends that:"."""
    marked = list(blocks)
    for place, block in enumerate(blocks):
        if block.kind is not Kind.TEXT or not _introduces(block.text):
            continue
        end = place + 1
        while end < len(blocks) and blocks[end].kind is Kind.ITEM:
            end += 1
        counted = place + 1 < end and bool(NUMBER.match(blocks[place + 1].label))
        starts = _chosen(blocks, range(place + 1, end), _is_counted if counted else _is_bullet)
        for number, start in enumerate(starts, start=1):
            label = blocks[start].label if NUMBER.match(blocks[start].label) else ""
            marked[start] = _marked(blocks[start], label or str(number), blocks[start].text, "" if label else BY_ORDER)
    return marked


def _unnumbered(blocks: list[Block]) -> list[Block]:
    """Where nothing is numbered: "Recommendation: …" wherever it stands, else bullets or texts under the heading."""
    sections = _sections(blocks)
    named = [place for place, block in enumerate(blocks) if UNNUMBERED.match(block.text)]
    bullets = [place for section in sections for place in _chosen(blocks, section, _is_bullet)]
    texts = [place for section in sections for place in _chosen(blocks, section, _asks)]
    marked = list(blocks)
    printed = [blocks[place].label for place in bullets]
    lettered = not named and all(printed) and len(set(printed)) == len(printed)
    for number, place in enumerate(named or bullets or texts, start=1):
        label, note = (blocks[place].label, "") if lettered and bullets else (str(number), BY_ORDER)
        marked[place] = _marked(blocks[place], label, _without_name(blocks[place].text), note)
    return marked


def _chosen(blocks: list[Block], section: range, fits: Callable[[Block], bool]) -> list[int]:
    """The blocks that fit and stand no deeper than the first that does."""
    places = [place for place in section if fits(blocks[place])]
    return [place for place in places if blocks[place].level <= blocks[places[0]].level]


def _is_bullet(block: Block) -> bool:
    return block.kind is Kind.ITEM and not NUMBER.match(block.label)


def _is_counted(block: Block) -> bool:
    return not _is_bullet(block)


def _asks(block: Block) -> bool:
    text = block.text
    asks = block.kind is Kind.TEXT and bool(DIRECTIVE.search(text)) and not is_reply(text)
    return asks and finished(text) and not text.endswith(":")


def _printed_elsewhere(blocks: list[Block]) -> list[str]:
    """Headings and items that print the label and title of a listed recommendation a second time."""
    starts = {start[:2] for block in blocks if (start := recommendation_start(block.text))}
    return [
        f"“{label}. {words}” is printed again outside the list of recommendations. Check whether both are the same."
        for block in blocks
        if not _explicit(block)
        for label, words in [_numbered(block)]
        if (label, words) in starts
    ]
