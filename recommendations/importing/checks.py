"""What a reader of the preview should be warned of: gaps, repetitions, disorder and what was restored."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import islice, pairwise

from recommendations.importing.blocks import Block
from recommendations.importing.parsed import ParsedRecommendation

WORD = re.compile(r"\w+")
MOST_COMPARED = 400  # words of each wording: comparing takes the square of their number
MOST_COMPARISONS = 300  # of one report: what is beyond is said to differ
MOST_MISSING = 20
MOST_WARNINGS = 100
LONGEST_NUMBER = 9  # figures: a longer label is no number in a row
MUCH_THE_SAME = 0.8  # of the words of the shorter of two wordings


def as_many_as_are_read(warnings: Sequence[str]) -> tuple[str, ...]:
    """The first of them, and how many more there are."""
    more = len(warnings) - MOST_WARNINGS
    if more <= 0:
        return tuple(warnings)
    return *warnings[:MOST_WARNINGS], f"There are {more:,} more warnings like these."


def label_warnings(found: Sequence[ParsedRecommendation]) -> list[str]:
    """Labels that are missing, used twice or out of order. Only plain numbers can show a gap or disorder."""
    same: dict[str, list[ParsedRecommendation]] = {}
    for one in found:
        same.setdefault(one.label, []).append(one)
    again = {label: those for label, those in same.items() if len(those) > 1}
    alike = _those_alike(again)
    restarted = [one for label, those in again.items() if label not in alike for one in those]
    repeated = [_printed_again(again[label]) for label in again if label in alike] + _restarted(restarted)
    if not all(label.isdecimal() and len(label) <= LONGEST_NUMBER for label in same):
        return repeated
    numbers = [int(one.label) for one in found]
    disorder = [
        f"Recommendation {second} comes after recommendation {first}. Check the order."
        for first, second in pairwise(numbers)
        if second < first and str(second) not in again
    ]
    return repeated + _gaps(set(numbers)) + disorder


def _those_alike(again: dict[str, list[ParsedRecommendation]]) -> set[str]:
    """The labels of which all say the same, as far as a report's few are compared."""
    left, alike = MOST_COMPARISONS, set()
    for label, those in again.items():
        left -= len(those) - 1
        if left >= 0 and _alike(those):
            alike.add(label)
    return alike


def _alike(those: list[ParsedRecommendation]) -> bool:
    """Whether all say what the first says, or a good part of it, as a summary and the body do."""
    first, *others = [WORD.findall(one.text.lower())[:MOST_COMPARED] for one in those]
    return all(_shared(first, other) >= MUCH_THE_SAME for other in others)


def _shared(one: list[str], other: list[str]) -> float:
    """How much of the shorter text stands in the longer, in its order: from 0 to 1."""
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / max(1, min(len(one), len(other)))


def _printed_again(those: list[ParsedRecommendation]) -> str:
    words = f"Recommendation {those[0].label} stands {len(those)} times in the file"
    differ = len({" ".join(one.text.split()) for one in those}) > 1
    return f"{words}, not in the same words. Compare them and keep one." if differ else f"{words}. Keep one of them."


def _restarted(those: list[ParsedRecommendation]) -> list[str]:
    """Numbers that stand for different recommendations, as where each agency's begin at 1: nothing is to be lost."""
    if not those:
        return []
    labels = " or ".join(dict.fromkeys(one.label for one in those))
    headings = dict.fromkeys(one.heading[-1] for one in those if one.heading)
    under = f" (under {_listed(f'“{heading}”' for heading in headings)})" if len(headings) > 1 else ""
    return [
        f"More than one recommendation has the number {labels}{under}, in other words each time. "
        "All of them may be right: give each a number of its own, such as 1 and 1a, and leave out none that is real."
    ]


def _listed(parts: Iterable[str]) -> str:
    """ "1, 2 and 3"."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def _gaps(numbers: set[int]) -> list[str]:
    """The numbers left out. A list that begins late is perhaps numbered with the paragraphs: that is said once."""
    first = min(numbers, default=1)
    if first - 1 > len(numbers):
        late = [f"The first recommendation found is {first}. Check whether the report has any before it."]
        return late + _missing(first, numbers)
    return _missing(1, numbers)


def _missing(first: int, there: set[int]) -> list[str]:
    """Those between the first and the last. Only as many are looked for as are named, however far the last is."""
    missing = (number for number in range(first, max(there, default=0)) if number not in there)
    numbers = list(islice(missing, MOST_MISSING + 1))
    if not numbers:
        return []
    listed = ", ".join(str(number) for number in numbers[:MOST_MISSING])
    listed += " and more" if len(numbers) > MOST_MISSING else ""
    if len(numbers) == 1:
        return [f"Recommendation {listed} is missing. Check the report for it."]
    return [f"Recommendations {listed} are missing. Check the report for them."]


def number_warnings(repeated: list[str], restored: list[str]) -> list[str]:
    """Paragraph numbers used twice, which stand as plain text, and those that the print had lost."""
    warnings = [f"The number of paragraph {number} is lost in the file. It was restored." for number in restored]
    if repeated:
        listed = ", ".join(dict.fromkeys(repeated[:20]))
        warnings.append(f"Paragraph numbers used more than once: {listed}. Only the first can be linked to.")
    return warnings


def point_warnings(text: str, points: list[Block]) -> list[str]:
    """A recommendation without words, and sub-points whose label was restored or is used twice."""
    warnings = [] if text.strip() else ["This recommendation has no words. Check the report for them."]
    warnings += [
        f"The label of sub-point {point.label} is lost in the file. It was restored."
        for point in points
        if point.restored
    ]
    labels = Counter(point.label for point in points if point.label)
    return warnings + [
        f"Sub-point {label} stands {times} times. Check the labels." for label, times in labels.items() if times > 1
    ]
