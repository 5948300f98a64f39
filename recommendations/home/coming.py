"""The next review: in how many days it is, whose returns are still to come, and this person's own."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from recommendations.domain.workflow import IN_HAND
from recommendations.models import Answer, Ownership, Return, Review, ReviewState
from subgroups.models import Body


@dataclass(frozen=True)
class OwnReturn:
    """A return that this person may fill, and how many recommendations or parts it asks about."""

    wanted: Return
    count: int
    is_begun: bool


@dataclass(frozen=True)
class Coming:
    """The review that comes next. `missing` are the bodies whose returns are asked for and not sent."""

    review: Review
    days: int
    is_late: bool
    own: list[OwnReturn]
    missing: list[Body]

    @property
    def words(self) -> str:
        """"Six-monthly review in 9 days"."""
        kind = self.review.get_kind_display()
        if self.review.is_in_meeting:
            return f"{kind}: the meeting is on now"
        near = {0: "today", 1: "tomorrow"}
        if self.days < 0:
            return f"{kind} was {-self.days} days ago and is not frozen"
        return f"{kind} {near.get(self.days, f'in {self.days} days')}"


def coming_for(today: date, led: Collection[int]) -> Coming | None:
    """The next review with its returns and what is drafted of them: two queries."""
    review = Review.objects.upcoming().first()
    if review is None:
        return None
    days, is_late = (review.held_on - today).days, review.is_late(today)
    if review.state not in (ReviewState.COLLECTING, ReviewState.MEETING):
        return Coming(review, days, is_late, [], [])
    unsent = list(_unsent(review, led))
    for wanted in unsent:
        wanted.review = review
    own = [OwnReturn(wanted, wanted.asks, wanted.is_begun) for wanted in unsent if wanted.body_id in led]
    return Coming(review, days, is_late, own, [wanted.body for wanted in unsent])


def _unsent(review: Review, led: Collection[int]) -> QuerySet[Any]:
    """With `asks`, how much those of the bodies in `led` are asked about, and `is_begun`."""
    owned = Ownership.objects.filter(kind="lead", body=OuterRef("body"), part__status__in=IN_HAND).order_by()
    asks = Coalesce(Subquery(owned.values("body").annotate(count=Count("pk")).values("count")), 0)
    unsent = review.returns.filter(sent_at=None).select_related("body").order_by("pk")
    return unsent.annotate(
        asks=Case(When(body__in=led, then=asks), default=0),
        is_begun=Exists(Answer.objects.filter(for_return=OuterRef("pk"))),
    )
