"""The order in which a meeting takes the parts: exceptions first, then what waits for it, then the rest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, When, Window
from django.db.models.functions import FirstValue, Lag, Lead, RowNumber

from recommendations.domain.flags import in_words
from recommendations.domain.workflow import OPEN, Status
from recommendations.models import Decision, Part, Review
from recommendations.state import lists, rows
from recommendations.state.drawing import address_of
from recommendations.state.picture import Minute, Picture, Row, Whole
from recommendations.state.reading import minutes, one_of
from recommendations.state.record import read_picture
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
class MeetingItem:
    """One screen of the meeting. `previous` and `next` are addresses of parts, None at the ends."""

    whole: Whole
    row: Row
    asked: list[str]
    decisions: list[Minute]
    number: int
    total: int
    previous: str | None
    next: str | None


def groups(review: Review, today: date, page: str | None) -> tuple[list[AgendaGroup], Page]:
    """One page of the agenda, and its place among the pages. What is decided stays, so that nobody loses their place.

    Of a frozen review as it was frozen. Raises UnreadableRecord.
    """
    if review.is_frozen:
        return _cut(frozen_order(read_picture(review)), page, lambda listed: list(listed))
    source = Source(today)
    return _cut(in_order(source, review).values_list("taken", "id"), page, lambda keys: _entries(source, keys))


def _cut(
    listed: Sequence[Any] | QuerySet, page: str | None, draw: Callable[[list[Any]], list[Any]]
) -> tuple[list[AgendaGroup], Page]:
    """`listed` is pairs of the group's place and what `draw` makes lines of, in their order."""
    counts, pages = _counts(listed), Paginator(listed, ON_A_PAGE)
    pages.count = sum(counts.values())  # type: ignore[method-assign]
    shown = pages.get_page(page)
    pairs = list(shown.object_list)
    lines = iter(draw([what for _, what in pairs]))
    groups = groupby(taken for taken, _ in pairs)
    return [AgendaGroup(TITLES[taken], counts[taken], [next(lines) for _ in some]) for taken, some in groups], shown


def _counts(listed: Sequence[Any] | QuerySet) -> dict[int, int]:
    if isinstance(listed, QuerySet):
        return dict(listed.order_by().values_list("taken").annotate(many=Count("id")))
    return {place: sum(taken == place for taken, _ in listed) for place in range(len(TITLES))}


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


@dataclass(frozen=True)
class AgendaPlace:
    """Where a part stands in the agenda, and the addresses of its neighbours."""

    number: int
    total: int
    previous: str | None
    next: str | None


def item_at(review: Review, part: Part, today: date, moment: datetime) -> MeetingItem | None:
    """The screen of a part, with its neighbours; None when the meeting does not take it."""
    shown = read_picture(review) if review.is_frozen else None
    place = _place(review, part, today) if shown is None else _place_in(shown, part)
    if place is None:
        return None
    one = shown or one_of(review, today, moment, part.recommendation.report.code, part.recommendation.slug)
    whole = one.wholes[part.pk]
    return MeetingItem(
        whole=whole,
        row=next(row for row in whole.rows if row.part == part.pk),
        asked=[found.asked for kind in one.waiting for found in kind.rows if found.part == part.pk],
        decisions=[one for one in shown.decisions if one.part == part.pk] if shown else minutes(review, part),
        number=place.number,
        total=place.total,
        previous=place.previous,
        next=place.next,
    )


def _place(review: Review, part: Part, today: date) -> AgendaPlace | None:
    """Two queries: one for the place, one for the neighbours' addresses."""
    order = list(ORDER)
    placed = in_order(Source(today), review).annotate(
        own=Window(FirstValue("id"), [F("id")]),
        place=Window(RowNumber(), order_by=order),
        total=Window(Count("id")),
        before=Window(Lag("id"), order_by=order),
        after=Window(Lead("id"), order_by=order),
    )
    found = placed.filter(own=part.pk).order_by().values_list("place", "total", "before", "after").first()
    if found is None:
        return None
    number, total, *beside = found
    near = Part.objects.select_related("recommendation__report").in_bulk([key for key in beside if key is not None])
    previous, following = (address_of(near[key]) if key is not None else None for key in beside)
    return AgendaPlace(number, total, previous, following)


def _place_in(shown: Picture, part: Part) -> AgendaPlace | None:
    listed = [row for _, row in frozen_order(shown)]
    place = next((place for place, row in enumerate(listed) if row.part == part.pk), None)
    if place is None:
        return None
    beside = [listed[at].address if 0 <= at < len(listed) else None for at in (place - 1, place + 1)]
    return AgendaPlace(place + 1, len(listed), *beside)
