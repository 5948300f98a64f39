"""Cross-references as printed: which recommendation, paragraph or heading mentions which."""

import re
from collections.abc import Iterable, Iterator

from recommendations.importing.labels import KINDS
from recommendations.importing.parsed import ParsedParagraph, ParsedRecommendation, ParsedReference, ParsedSection

LONGEST_BRACKET = 80
LONGEST_RANGE = 50
LONGEST_NUMBER = 9  # figures: a longer one numbers nothing
LONGEST_WORDS = 300  # that are kept of a mention
NUMBER = r"\d+(?:\.\d+)*(?:\s?\([a-z]\)|[a-z]\b)?"
MENTION = re.compile(
    rf"\b(?:(?:(?P<of>{KINDS})\s)?(?P<recommendation>recommendations?|recs?\.?)|paragraphs?|paras?\.?)\s+"
    rf"(?P<numbers>{NUMBER}(?:\s*(?:[-–—,&]|\bto\b|\band\b)\s*{NUMBER})*)",
    re.IGNORECASE,
)
ANOTHER_REPORT = re.compile(r"\b(?:report|review|inquiry|act)(?:[’']s)?,?\s*$", re.IGNORECASE)


def find_references(
    sections: Iterable[ParsedSection],
    paragraphs: Iterable[ParsedParagraph],
    recommendations: Iterable[ParsedRecommendation],
) -> tuple[list[ParsedReference], list[str]]:
    """All cross-references in reading order, and a warning for each recommendation mentioned but not in the report.

    A mention of a paragraph that the report does not have is taken to be of another document's.
    """
    labels = [recommendation.label for recommendation in recommendations]
    known = {
        "paragraph": {paragraph.number.casefold(): paragraph.number for paragraph in paragraphs},
        "recommendation": {label.casefold(): label for label in labels},
    }
    found: dict[ParsedReference, None] = {}
    numbers = {label.rpartition(" ")[2] for label in labels}
    lost: dict[str, None] = {}
    for kind, source, text in _sources([*sections, *paragraphs, *recommendations]):
        for target_kind, printed, words in mentions(text):
            target = _known(printed, known[target_kind])
            if target and (kind, source) != (target_kind, target):
                found[ParsedReference(kind, source, target_kind, target, words)] = None
            elif target_kind == "recommendation" and not target and printed not in numbers:
                lost[f"“{words}” stands in the text, but the file has no recommendation {printed}."] = None
    return list(found), list(lost)


def mentions(text: str) -> Iterator[tuple[str, str, str]]:
    """Each target a text mentions: its kind, its number, and the words as printed, a whole bracket where short.

    "The first inquiry's report, recommendation 4" is a recommendation of that report, not of this one.
    """
    for match in MENTION.finditer(text):
        if ANOTHER_REPORT.search(text[max(0, match.start() - LONGEST_BRACKET) : match.start()]):
            continue
        kind = "recommendation" if match["recommendation"] else "paragraph"
        words = _bracket(text, match) or match[0][:LONGEST_WORDS]
        for number in _numbers(match["numbers"]):
            yield kind, f"{match['of'].capitalize()} {number}" if match["of"] else number, words


def _known(printed: str, labels: dict[str, str]) -> str:
    """The label that a mention means: with the kind named before it, else without; empty where there is none."""
    number = printed.rpartition(" ")[2]
    return next((labels[one.casefold()] for one in (printed, number) if one.casefold() in labels), "")


def _sources(
    parts: list[ParsedSection | ParsedParagraph | ParsedRecommendation],
) -> Iterator[tuple[str, str | int, str]]:
    """What may refer, in reading order. Text without a number belongs to the numbered paragraph it follows."""
    place: tuple[str, str | int] | None = None
    for part in sorted(parts, key=lambda part: part.position):
        if isinstance(part, ParsedSection):
            place = ("section", part.key)
            yield *place, part.title
        elif isinstance(part, ParsedRecommendation):
            yield "recommendation", part.label, f"{part.title} {part.text}"
        else:
            place = ("paragraph", part.number) if part.number else place
            if place:
                yield *place, part.text


def _bracket(text: str, match: re.Match[str]) -> str:
    """The words of the short bracket round a mention; empty where it stands in none."""
    before = text[max(0, match.start() - LONGEST_BRACKET) : match.start()]
    after = text[match.end() : match.end() + LONGEST_BRACKET]
    start, end = before.rfind("("), after.find(")")
    if start < 0 or end < 0 or ")" in before[start:] or "(" in after[:end]:
        return ""
    return (before[start + 1 :] + match[0] + after[:end]).strip()[:LONGEST_WORDS]


def _numbers(printed: str) -> Iterator[str]:
    """The numbers of a list, ranges written out: "43-46 and 55" is 43, 44, 45, 46 and 55."""
    bare = re.sub(r"\s?\([a-z]\)|(?<=\d)[a-z]\b", "", printed.lower())
    ranges = re.sub(r"\s*(?:[-–—]|\bto\b)\s*", "-", bare)
    for part in re.split(r"\s*(?:,|&|\band\b)\s*", ranges):
        first, _, last = part.strip().partition("-")
        if max(len(first), len(last)) > LONGEST_NUMBER:
            continue
        if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) <= LONGEST_RANGE:
            yield from (str(number) for number in range(int(first), int(last) + 1))
        else:
            yield from (number for number in (first, last) if number)
