"""Boxes that a PDF draws round a recommendation, or shades: which lines stand in which."""

from collections.abc import Iterator
from itertools import pairwise

from recommendations.importing.labels import finished, recommendation_start
from recommendations.importing.readers.pdf_lines import PdfLine, PdfPage
from recommendations.importing.readers.pdf_paragraphs import is_marker

NARROWEST, LOWEST = 100, 11  # points: less encloses a cell or a mark, not a text
LARGEST = 0.8  # of the page's height: more is its background or frame
THIN = 3  # points: a rule, no area
NEAR = 3  # points within which two ends meet
MOST_LEVEL_RULES = 400  # of a page: more rule a table or draw a picture, and frame no text
BOXES_OF_A_PAGE = 1000  # fewer: box 2 of page 3 has the number 3002

Rule = tuple[float, float, float, float]


def mark_boxes(pages: list[tuple[PdfPage, list[PdfLine]]]) -> None:
    """Gives each line in a box the box's number, which is the same where a box goes on over the page."""
    for number, (page, lines) in enumerate(pages, start=1):
        for place, box in enumerate(_boxes(page), start=1):
            inside = [line for line in lines if _is_inside(line, box)]
            if _holds_text(inside, lines, box):
                edge = max(line.right for line in inside)
                for line in inside:
                    line.box, line.edge = number * BOXES_OF_A_PAGE + place, edge


def join_boxes(pages: list[list[PdfLine]]) -> None:
    """A box at the foot of a page goes on in one that opens the next, unless that begins a recommendation."""
    for before, after in pairwise(pages):
        if not before or not after or not before[-1].box or not after[0].box:
            continue
        first, heads = after[0], before[-1].strong and not finished(before[-1].text)
        if not heads and not recommendation_start(first.text) and abs(first.edge - before[-1].edge) < first.edge / 4:
            for line in [line for line in after if line.box == first.box]:
                line.box = before[-1].box


def _boxes(page: PdfPage) -> list[Rule]:
    """The areas and frames of a page that are large enough for a text, those that touch taken together."""
    areas = [rule for rule in page.rules if _width(rule) >= NARROWEST and rule[3] - rule[1] > THIN]
    areas += _frames(page.rules)
    joined: list[Rule] = []
    for area in sorted(areas, key=lambda rule: (round(rule[0]), -rule[3], rule[1])):
        before = joined[-1] if joined else None
        if before and _is_level(before, area) and area[3] > before[1] - NEAR:
            joined[-1] = (before[0], min(before[1], area[1]), before[2], max(before[3], area[3]))
        else:
            joined.append(area)
    return [box for box in joined if LOWEST < box[3] - box[1] < LARGEST * page.height]


def _width(rule: Rule) -> float:
    return rule[2] - rule[0]


def _is_level(one: Rule, other: Rule) -> bool:
    """Whether both begin and end at the same places from left to right."""
    return abs(one[0] - other[0]) < NEAR and abs(one[2] - other[2]) < NEAR


def _frames(rules: list[Rule]) -> Iterator[Rule]:
    """Frames drawn as two level rules with two upright ones at their ends."""
    level = [rule for rule in rules if rule[3] - rule[1] <= THIN and _width(rule) >= NARROWEST]
    upright = [rule for rule in rules if _width(rule) <= THIN]
    if len(level) > MOST_LEVEL_RULES:
        return
    level.sort(key=lambda rule: -rule[3])
    for place, top in enumerate(level):
        below = (rule for rule in level[place + 1 :] if _is_level(rule, top))
        bottom = next((rule for rule in below if rule[3] < top[1] - THIN), None)
        if bottom and all(_joins(top, bottom, upright, end) for end in (top[0], top[2])):
            yield (top[0], bottom[1], top[2], top[3])


def _joins(top: Rule, bottom: Rule, upright: list[Rule], end: float) -> bool:
    return any(
        abs(rule[0] - end) < NEAR + THIN and rule[1] < bottom[3] + NEAR and rule[3] > top[1] - NEAR for rule in upright
    )


def _is_inside(line: PdfLine, box: Rule) -> bool:
    left, bottom, right, top = box
    within = left - NEAR < line.left + line.shift and line.right + line.shift < right + NEAR
    return within and bottom - NEAR < line.y < top


def _holds_text(inside: list[PdfLine], lines: list[PdfLine], box: Rule) -> bool:
    """Whether a box holds a text: no cells side by side, in it or beside it, and more than a shaded heading."""
    cells = any(second.after_gap and not is_marker(first.text) for first, second in pairwise(inside))
    if not inside or cells:
        return False
    held = {id(line) for line in inside}
    others = (line for line in lines if line.shift == inside[0].shift and id(line) not in held)
    beside = any(box[1] < line.y < box[3] for line in others)
    heading = len({(line.font, line.size) for line in inside}) == 1 and not finished(inside[-1].text)
    return not beside and not (heading and len(inside) < 3)
