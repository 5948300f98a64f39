"""Reads how everything stands now, with what a review compares it with."""

from datetime import date, datetime

from krscp.templatetags.ui import display_date
from recommendations.dashboards.state import read_state
from recommendations.models import Outcome, Review
from recommendations.reviews.drawing import Board
from recommendations.reviews.past import as_at_url, statuses_at
from recommendations.reviews.picture import Compared, Statuses
from recommendations.reviews.record import read_statuses
from subgroups.models import User

TREND = 4


def read_board(user: User, today: date, *, before: Statuses | None = None) -> Board:
    """Seven queries, however many rows there are."""
    return Board(read_state(user, today), latest_outcomes(), before, last_reviews())


def latest_outcomes() -> dict[int, Outcome]:
    """The last difference for children of each part; what came with a withdrawn update counts nowhere."""
    latest: dict[int, Outcome] = {}
    for outcome in Outcome.objects.filter(update__withdrawal=None):
        latest.setdefault(outcome.part_id, outcome)
    return latest


def last_reviews(until: datetime | None = None) -> list[Statuses]:
    """How each recommendation stood at the last four reviews frozen until then, oldest first: one query."""
    frozen = Review.objects.frozen().select_related("snapshot")
    earlier = frozen if until is None else frozen.filter(snapshot__created_at__lte=until)
    return [read_statuses(review.snapshot) for review in reversed(earlier[:TREND])]


def baseline(review: Review) -> tuple[Compared | None, Statuses | None]:
    """What the review is compared with, as the Manager chose; else the last frozen one before it; else nothing."""
    if review.compared_on is not None:
        return on_a_day(review.compared_on)
    if review.compared_with is not None and review.compared_with.is_frozen:
        return with_review(review.compared_with)
    return with_review(frozen_before(review))


def frozen_before(review: Review) -> Review | None:
    """The last frozen review held before this one."""
    earlier = Review.objects.frozen().filter(held_on__lt=review.held_on).select_related("snapshot")
    return earlier.first()


def with_review(earlier: Review | None) -> tuple[Compared | None, Statuses | None]:
    """How things stood at a frozen review: its own record."""
    if earlier is None:
        return None, None
    return Compared(earlier.title, earlier.get_absolute_url()), read_statuses(earlier.snapshot)


def on_a_day(day: date) -> tuple[Compared | None, Statuses | None]:
    """How things stood at the end of any day, rebuilt from history."""
    return Compared(display_date(day), as_at_url(day), rebuilt=True), statuses_at(day)
