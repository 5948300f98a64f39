"""What a body leads and supports, reached from the body itself: this room imports nothing of the other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, Func, OuterRef, Q, Subquery, prefetch_related_objects

from subgroups.models import Body, BodyKind

LEADS, SUPPORTS = "lead", "supporting"
OF_IT = {"part__recommendation": OuterRef("pk")}
ON_A_PAGE, CHUNK = 50, 500


@dataclass(frozen=True)
class Holding:
    """A recommendation of which the body leads or supports some parts. `parts` is empty where it is all of them."""

    recommendation: Any
    parts: list[Any]


@dataclass(frozen=True)
class Holdings:
    """A page of what it leads and one of what it supports; `shared` is of what it leads, where it leads nothing alone.

    `more` is how many recommendations it shares besides.
    """

    leads: Page
    supports: Page
    leads_alone: bool
    shared: list[tuple[str, str]]
    more: int


@dataclass(frozen=True)
class BodiesOfKind:
    """The bodies of one kind."""

    kind: str
    bodies: list[Body]


def holdings_of(body: Body, leads_page: str | None = None, supports_page: str | None = None) -> Holdings:
    """What the body owns or supports, fifty recommendations of each: four queries, however much."""
    leads = _page(held(body, LEADS).annotate(alone=Exists(_led_alone(body))), leads_page)
    supports = _page(held(body, SUPPORTS), supports_page)
    alone = any(one.alone for one in leads)
    first = leads.object_list if alone or leads.number == 1 else held(body, LEADS)[:ON_A_PAGE]
    shown = [*leads.object_list, *supports.object_list, *first]
    prefetch_related_objects(shown, "parts__ownerships")
    shared = [] if alone else [place for one in shown[-len(first) :] for place in one.led_by(body.pk)]
    leads.object_list = [holding(one, body, LEADS) for one in leads]
    supports.object_list = [holding(one, body, SUPPORTS) for one in supports]
    return Holdings(leads, supports, alone, shared, max(leads.paginator.count - ON_A_PAGE, 0))


def _page(found: Any, asked: str | None) -> Page:
    """The rows of a page and how many there are on all, in one query; of a page that is not there, the last."""
    number = max(int(asked), 1) if asked and asked.isdecimal() and len(asked) < 7 else 1
    counted = found.order_by().values("pk").annotate(count=Func("pk", function="COUNT")).values("count")
    first = (number - 1) * ON_A_PAGE
    rows = list(found.annotate(of_all=Subquery(counted))[first : first + ON_A_PAGE])
    if not rows and first:
        return _page(found, str(-(-found.count() // ON_A_PAGE)))
    page = Paginator(range(rows[0].of_all if rows else 0), ON_A_PAGE).page(number)
    page.object_list = rows
    return page


def held(body: Body, kind: str) -> Any:
    """The recommendations of which the body leads (or supports) some part, in the order of the reports."""
    ownerships: Any = body.ownerships.filter(kind=kind)  # type: ignore[attr-defined]
    part = ownerships.model._meta.get_field("part").related_model
    found = part._meta.get_field("recommendation").related_model.objects.filter(Exists(ownerships.filter(**OF_IT)))
    return found.select_related("report").order_by("report", "position")


def _led_alone(body: Body) -> Any:
    ownerships: Any = body.ownerships  # type: ignore[attr-defined]
    others = ownerships.model.objects.exclude(body=body).filter(**OF_IT, kind=LEADS)
    return held(body, LEADS).exclude(Exists(others))


def all_of(body: Body, kind: str) -> Iterator[Holding]:
    """All that it leads, or supports; a chunk in memory at a time."""
    found = held(body, kind).prefetch_related("parts__ownerships").iterator(chunk_size=CHUNK)
    return (holding(one, body, kind) for one in found)


def holding(recommendation: Any, body: Body, kind: str) -> Holding:
    """Which of its parts the body leads or supports."""
    listed = list(recommendation.parts.all())
    own = [part for part in listed if any(owned.body_id == body.pk for owned in part.ownerships_of(kind))]
    return Holding(recommendation, [] if len(own) == len(listed) else own)


def bodies_by_kind(bodies: Iterable[Body]) -> list[BodiesOfKind]:
    """The bodies under their kinds, in the order of the kinds."""
    order = list(BodyKind.values)
    in_order = sorted(bodies, key=lambda body: (order.index(body.kind), body.position))
    grouped = groupby(in_order, lambda body: body.kind)
    return [BodiesOfKind(BodyKind(kind).label, list(bodies)) for kind, bodies in grouped]


def counted(bodies: Any) -> Any:
    """Bodies with the number of recommendations each leads and supports."""
    recommendation = "ownerships__part__recommendation"
    return bodies.annotate(
        leading=Count(recommendation, distinct=True, filter=Q(ownerships__kind="lead")),
        supporting=Count(recommendation, distinct=True, filter=Q(ownerships__kind="supporting")),
    )
