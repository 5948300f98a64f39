"""“Combine”: what stands now and what was being written, in the boxes of one form, theirs first."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from krscp.forms.date_field import DateParts, day_boxes
from krscp.forms.tokens import KEEP, STOOD

Boxes = dict[str, list[str]]
PARAGRAPH, STROKE = "\n\n", " / "


@dataclass(frozen=True)
class AnsweredBox:
    """How one question is answered now, by the boxes it has: a day has three. Two texts are joined, answers are not."""

    boxes: Boxes
    joint: str = ""


def answered_day(name: str, day: dt.date | DateParts | None) -> AnsweredBox:
    return AnsweredBox({box: [value] for box, value in day_boxes(name, day).items()})


def boxes_of(answers: Iterable[AnsweredBox]) -> Boxes:
    return {name: values for answer in answers for name, values in answer.boxes.items()}


def joint_of(field: forms.Field) -> str:
    """What stands between two texts in this field: a line in a large box, a stroke in a small one; else nothing."""
    if type(field) is not forms.CharField:
        return ""
    return PARAGRAPH if isinstance(field.widget, forms.Textarea) else STROKE


def combine(mine: Mapping[str, list[str]], stood: Boxes | None, theirs: Iterable[AnsweredBox]) -> Boxes:
    """The boxes to change: a question that only one of the two answered anew takes that answer, a text of both holds
    both, theirs first; of two other answers mine stays. Where nobody knows what stood, whatever is filled in is new.
    """
    both: Boxes = {}
    for answer in theirs:
        own = {name: mine.get(name, []) for name in answer.boxes}
        was = {name: (stood or {}).get(name, [""]) for name in answer.boxes}
        if not any(own.values()) and (answer.joint or len(own) > 1):
            continue  # this page does not ask it; of a choice nothing is sent where nothing is chosen
        if own == was or (was != answer.boxes and not any(map(any, own.values()))):
            both |= answer.boxes
        elif answer.joint and was != answer.boxes:
            both |= {name: [joined(values[0], own[name][0], answer.joint)] for name, values in answer.boxes.items()}
    return both


def joined(theirs: str, mine: str, joint: str) -> str:
    """Both texts, each once, theirs first."""
    if theirs.strip() in mine or mine.strip() in theirs:
        return max(theirs, mine, key=len)
    return f"{theirs.strip()}{joint}{mine.strip()}"


def stood_in(sent: QueryDict) -> Boxes | None:
    """What stood in the boxes of an edit when they were opened; None where that did not come back whole."""
    try:
        found = json.loads(str(sent.get(STOOD) or ""))
        return {name: [str(one) for one in values] for name, values in found.items()}
    except (ValueError, AttributeError, TypeError):
        return None


def on_top(sent: QueryDict, seen: Mapping[str, str]) -> QueryDict:
    """What was sent, by a writer who has seen what stands now."""
    again = sent.copy()
    for name, value in seen.items():
        again[name] = value
    return again


def combined(sent: QueryDict, seen: Mapping[str, str], theirs: Iterable[AnsweredBox]) -> QueryDict:
    """What was sent and what stands now, to be looked through and saved on top of it."""
    theirs, again = list(theirs), on_top(sent, seen)
    again.pop(KEEP, None)
    for name, values in combine(dict(sent.lists()), stood_in(sent), theirs).items():
        again.setlist(name, values)
    if STOOD in again:
        again[STOOD] = json.dumps(boxes_of(theirs))
    return again
