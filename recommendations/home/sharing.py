"""Bodies that lead nothing alone: what they share with others, computed and never typed."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from recommendations.models import Ownership, Recommendation
from recommendations.state.slices import FIRST
from subgroups.models import Body


@dataclass(frozen=True)
class Share:
    """“No recommendation names LLR alone. You share 3, 5, 7 …”; each place is what it is called and its address.

    `more` recommendations are not named.
    """

    body: Body
    places: list[tuple[str, str]]
    more: int


def shares(bodies: Collection[Body]) -> list[Share]:
    """What those of the bodies share that lead no recommendation alone: one query, and three for each such body."""
    led = Ownership.objects.filter(kind="lead").order_by()
    others = led.filter(part__recommendation=OuterRef("part__recommendation")).exclude(body=OuterRef("body"))
    alone = led.filter(~Exists(others), body=OuterRef("pk"))
    own = Body.objects.filter(pk__in=[body.pk for body in bodies])
    found = set(own.filter(Exists(led.filter(body=OuterRef("pk"))), ~Exists(alone)).values_list("pk", flat=True))
    return [_share(body) for body in bodies if body.pk in found]


def _share(body: Body) -> Share:
    led = Ownership.objects.filter(kind="lead", body=body).values("part__recommendation")
    shared = Recommendation.objects.filter(pk__in=led).order_by("report_id", "position")
    first = shared.select_related("report").prefetch_related("parts__ownerships")[:FIRST]
    listed = list(first)
    places = [place for one in listed for place in one.led_by(body.pk)]
    return Share(body, places, shared.count() - len(listed) if len(listed) == FIRST else 0)
