"""What a reader of the preview should be warned of: gaps, repetitions, disorder and what was restored."""

from collections import Counter
from itertools import pairwise

from recommendations.imports.blocks import Block


def label_warnings(labels: list[str]) -> list[str]:
    """Labels that are missing, used twice or out of order. Only plain numbers can show a gap or disorder."""
    repeated = [
        f"Recommendation {label} stands {times} times in the file. Keep one of them."
        for label, times in Counter(labels).items()
        if times > 1
    ]
    if not all(label.isdigit() for label in labels):
        return repeated
    numbers = [int(label) for label in labels]
    missing = sorted(set(range(1, max(numbers, default=0))) - set(numbers))
    disorder = [
        f"Recommendation {second} comes after recommendation {first}. Check the order."
        for first, second in pairwise(numbers)
        if second < first
    ]
    return repeated + _missing(missing) + disorder


def _missing(numbers: list[int]) -> list[str]:
    if not numbers:
        return []
    listed = ", ".join(str(number) for number in numbers[:20]) + (" and more" if len(numbers) > 20 else "")
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
