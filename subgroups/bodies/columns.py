"""Bodies, and what each leads and supports, as files: the columns declared once, one row for each line of the page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from krscp.files.columns import Column
from krscp.files.downloads import Listing
from subgroups.bodies.holdings import LEADS, SUPPORTS, Holding, all_of, bodies_by_kind, counted
from subgroups.models import Body, BodyKind
from subgroups.people.seats import with_seats

VACANT = "Vacant"


@dataclass(frozen=True)
class HeldItem:
    """One thing that a body leads or supports: a recommendation, or a part where it is not all of it."""

    how: str
    recommendation: Any
    part: Any | None

    @property
    def state(self) -> Any:
        return (self.part or self.recommendation).state


def bodies(listed: Any, day: date) -> Listing:
    """The bodies under their kinds, with their posts and which of those are vacant on `day`."""
    rows = [body for group in bodies_by_kind(counted(with_seats(listed, day))) for body in group.bodies]
    return Listing("Bodies", BODIES, rows, len(rows))


def items(body: Body) -> Listing:
    """What the body leads, then what it supports, as on its page."""
    rows = [*_items("Leads", all_of(body, LEADS)), *_items("Supports", all_of(body, SUPPORTS))]
    return Listing(f"Recommendations: {body.short_name}", ITEMS, rows, len(rows))


def _items(how: str, holdings: Iterable[Holding]) -> Iterable[HeldItem]:
    for holding in holdings:
        yield from (HeldItem(how, holding.recommendation, part) for part in holding.parts or [None])


def posts(body: Body) -> str:
    """Each post on a line, vacant ones named so."""
    return "\n".join(f"{post.title}{'' if post.in_force else f' ({VACANT.lower()})'}" for post in body.posts.all())  # type: ignore[attr-defined]


BODIES = [
    Column("Kind", lambda body: BodyKind(body.kind).label, width=4),
    Column("Name", lambda body: body.name, width=6),
    Column("Short name", lambda body: body.abbreviation, width=2.6),
    Column("Leads", lambda body: body.leading, width=2),
    Column("Supports", lambda body: body.supporting, width=2.2),
    Column("Posts", posts, wide=True),
]
ITEMS = [
    Column("Leads or supports", lambda item: item.how, width=3.5),
    Column("No.", lambda item: item.recommendation.number, width=1.8),
    Column("Short title", lambda item: item.recommendation.called, wide=True),
    Column("Part", lambda item: item.part.name if item.part else "", width=3),
    Column("Status", lambda item: item.state.label, width=5),
    Column("Report", lambda item: item.recommendation.report.short_title, width=4),
]
