"""What a body leads and supports, reached from the body itself: this room imports nothing of the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, Q

from subgroups.models import Body, BodyKind


@dataclass(frozen=True)
class Holding:
    """A recommendation of which the body leads or supports some parts. `parts` is empty where it is all of them."""

    recommendation: Any
    parts: list[Any]


@dataclass(frozen=True)
class Holdings:
    """`shared` is what it leads together with others, where it leads nothing alone."""

    leads: list[Holding]
    supports: list[Holding]
    leads_alone: bool
    shared: list[tuple[str, str]]


@dataclass(frozen=True)
class BodiesOfKind:
    """The bodies of one kind."""

    kind: str
    bodies: list[Body]


def holdings_of(body: Body) -> Holdings:
    """Everything the body owns or supports: three queries, however much."""
    owned = list(
        body.ownerships.select_related("part__recommendation__report")
        .prefetch_related("part__recommendation__parts__ownerships")
        .order_by("part__recommendation__report", "part__recommendation__position", "part__position")
    )
    recommendations = list({found.part.recommendation_id: found.part.recommendation for found in owned}.values())
    alone = any(one.owning_body_ids() == {body.pk} for one in recommendations)
    return Holdings(
        leads=_holdings(recommendations, [found.part for found in owned if found.kind == "lead"]),
        supports=_holdings(recommendations, [found.part for found in owned if found.kind == "supporting"]),
        leads_alone=alone,
        shared=[] if alone else [place for one in recommendations for place in one.led_by(body.pk)],
    )


def _holdings(recommendations: Iterable[Any], parts: list[Any]) -> list[Holding]:
    wanted = {part.pk for part in parts}
    found = []
    for recommendation in recommendations:
        listed = list(recommendation.parts.all())
        own = [part for part in listed if part.pk in wanted]
        if own:
            found.append(Holding(recommendation, [] if len(own) == len(listed) else own))
    return found


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
