"""The next review: in how many days it is, whose returns are still to come, and this person's own."""

from collections.abc import Iterable
from dataclasses import dataclass

from recommendations.domain.workflow import IN_HAND
from recommendations.models import Return, Review, ReviewState
from recommendations.state.today import State
from subgroups.models import Body


@dataclass(frozen=True)
class OwnReturn:
    """A return that this person may fill, and how many recommendations or parts it asks about."""

    wanted: Return
    count: int

    @property
    def is_begun(self) -> bool:
        return bool(self.wanted.answers.all())


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


def coming_for(state: State, led: Iterable[int]) -> Coming | None:
    """The next review with its returns and what is drafted of them: four queries."""
    review = Review.objects.upcoming().prefetch_related("returns__body", "returns__answers").first()
    if review is None:
        return None
    bodies = set(led)
    unsent = [wanted for wanted in review.returns.all() if not wanted.is_sent]
    for wanted in unsent:
        wanted.review = review
    own = [OwnReturn(wanted, _count(state, wanted)) for wanted in unsent if wanted.body_id in bodies]
    asked = unsent if review.state in (ReviewState.COLLECTING, ReviewState.MEETING) else []
    days = (review.held_on - state.today).days
    return Coming(review, days, review.is_late(state.today), own if asked else [], [wanted.body for wanted in asked])


def _count(state: State, wanted: Return) -> int:
    return sum(part.status in IN_HAND and wanted.body_id in part.owning_body_ids() for part in state.parts)
