"""The order in which a meeting takes the parts: exceptions first, then what waits for it, then the rest."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, Q, QuerySet, When

from krscp.unchanged import until_written
from recommendations.domain.flags import in_words
from recommendations.domain.workflow import OPEN, Status
from recommendations.models import Decision, Part, Review
from recommendations.state import lists, rows
from recommendations.state.drawing import address_of
from recommendations.state.picture import Minute, Picture, Row, Whole
from recommendations.state.reading import minutes, one_of
from recommendations.state.record_form import read_picture
from recommendations.state.source import Source

TITLES = ("Exceptions", "Waiting for the SLG, or decided", "The rest")
ON_A_PAGE = 50
ORDER = ("taken", *lists.IN_ORDER)


@dataclass(frozen=True)
class AgendaLine:
    """One line of the agenda."""

    reference: str
    address: str
    title: str
    status: Status
    flags: list[str]


@dataclass(frozen=True)
class AgendaGroup:
    """Those of one kind that stand on a page; `count` is how many there are on all pages."""

    title: str
    count: int
    rows: Sequence[AgendaLine | Row]


@dataclass(frozen=True)
class AgendaPlace:
    """Where a part stands in the agenda, and the addresses of its neighbours."""

    number: int
    total: int
    previous: str | None
    next: str | None


@dataclass(frozen=True)
class MeetingItem:
    """One screen of the meeting."""

    whole: Whole
    row: Row
    asked: list[str]
    decisions: list[Minute]
    place: AgendaPlace


def groups(review: Review, today: date, page: str | None) -> tuple[list[AgendaGroup], Page]:
    """One page of the agenda, and its place among the pages. What is decided stays, so that nobody loses their place.

    Of a frozen review as it was frozen. Raises UnreadableRecord.
    """
    if review.is_frozen:
        return _cut(frozen_order(read_picture(review)), page, lambda listed: list(listed))
    return _cut(order_of(review, today), page, lambda keys: _entries(Source(today), keys))


def _cut(
    listed: list[tuple[int, Any]], page: str | None, draw: Callable[[list[Any]], list[Any]]
) -> tuple[list[AgendaGroup], Page]:
    """`listed` is pairs of the group's place and what `draw` makes lines of, in their order."""
    shown, counts = Paginator(listed, ON_A_PAGE).get_page(page), Counter(taken for taken, _ in listed)
    lines = iter(draw([what for _, what in shown.object_list]))
    groups = groupby(taken for taken, _ in shown.object_list)
    return [AgendaGroup(TITLES[taken], counts[taken], [next(lines) for _ in some]) for taken, some in groups], shown


def order_of(review: Review, today: date) -> list[tuple[int, int]]:
    """The parts that the meeting takes by their keys, each with the place of its group."""
    taken = in_order(Source(today), review).values_list("taken", "id")
    return until_written(("agenda", review.pk, today), lambda: list(taken))


def in_order(source: Source, review: Review) -> QuerySet:
    """The parts that the meeting takes, with the place of their group as `taken`."""
    exceptions = Q(*(where.q for where in lists.EXCEPTIONS), _connector=Q.OR)
    waits = Q(*(where.q for where in lists.WAITING.values()), has_ask=True, _connector=Q.OR)
    decided = Q(id__in=Decision.objects.filter(review=review).order_by().values("part"))
    taken = Case(
        When(exceptions, then=0),
        When(waits | decided, then=1),
        When(status__in=OPEN, then=2),
        output_field=IntegerField(),
    )
    return source.parts().annotate(taken=taken).filter(taken__isnull=False).order_by(*ORDER)


def _entries(source: Source, keys: list[int]) -> list[AgendaLine]:
    parts = rows.parts_of(source, source.parts().filter(id__in=keys))
    rows.attach(parts, rows.named(source, {part.recommendation_id for part in parts})[0])
    parts.sort(key=lambda part: keys.index(part.pk))
    return [
        AgendaLine(part.reference, address_of(part), part.full_title, part.state, in_words(part, source.day))
        for part in parts
    ]


def frozen_order(shown: Picture) -> list[tuple[int, Row]]:
    """The same of a whole picture."""
    others = {minute.part for minute in shown.decisions} | {row.part for row in shown.rows if row.ask}
    others |= {asked.part for kind in shown.waiting for asked in kind.rows}
    found = [(_taken(row, others), row) for row in shown.rows]
    return sorted(((taken, row) for taken, row in found if taken is not None), key=lambda pair: pair[0])


def _taken(row: Row, others: set[int]) -> int | None:
    if row.is_exception:
        return 0
    if row.part in others:
        return 1
    return 2 if row.status.is_open else None


def item_at(review: Review, part: Part, today: date, moment: datetime) -> MeetingItem | None:
    """The screen of a part, with its neighbours; None when the meeting does not take it."""
    if not review.is_frozen:
        asked = ("item", review.pk, part.pk, today)
        return until_written(asked, lambda: _item_now(review, part, today, moment))
    shown = read_picture(review)
    listed = {row.part: row.address for _, row in frozen_order(shown)}
    place = _place(part, list(listed), lambda _: listed)
    return _item(part, shown, shown.decisions, place) if place is not None else None


def _item_now(review: Review, part: Part, today: date, moment: datetime) -> MeetingItem | None:
    place = _place(part, [key for _, key in order_of(review, today)], _addresses)
    if place is None:
        return None
    shown = one_of(review, today, moment, part.recommendation.report.code, part.recommendation.slug)
    return _item(part, shown, minutes(review, part), place)


def _item(part: Part, shown: Picture, decided: list[Minute], place: AgendaPlace) -> MeetingItem:
    whole = shown.wholes[part.pk]
    return MeetingItem(
        whole=whole,
        row=next(row for row in whole.rows if row.part == part.pk),
        asked=[one.asked for kind in shown.waiting for one in kind.rows if one.part == part.pk],
        decisions=[one for one in decided if one.part == part.pk],
        place=place,
    )


def _place(part: Part, listed: list[int], addresses: Callable[[list[int]], dict[int, str]]) -> AgendaPlace | None:
    if part.pk not in listed:
        return None
    at = listed.index(part.pk)
    before, after = listed[max(0, at - 1) : at], listed[at + 1 : at + 2]
    known = addresses(before + after)
    return AgendaPlace(at + 1, len(listed), *(next((known[key] for key in near), None) for near in (before, after)))


def _addresses(keys: list[int]) -> dict[int, str]:
    found = Part.objects.filter(pk__in=keys).select_related("recommendation__report")
    return {part.pk: address_of(part) for part in found}
