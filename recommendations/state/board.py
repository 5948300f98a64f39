"""Reads how everything stands now, with what a review compares it with."""

from datetime import date, datetime

from krscp.records import UnreadableRecord
from krscp.templatetags.ui import display_date
from recommendations.models import Outcome, Review
from recommendations.models.review import ReviewQuerySet
from recommendations.state.drawing import Board, Stood
from recommendations.state.past import as_at_url, statuses_at, statuses_then
from recommendations.state.picture import Compared, Statuses
from recommendations.state.record import read_statuses
from recommendations.state.today import read_state
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


def last_reviews(until: datetime | None = None) -> list[Stood]:
    """How each recommendation stood at the last four reviews frozen until then, oldest first: one query."""
    frozen = Review.objects.frozen().with_record()
    earlier = frozen if until is None else frozen.filter(snapshot__created_at__lte=until)
    return [stood_at(review) for review in reversed(earlier[:TREND])]


def stood_at(review: Review) -> Stood:
    """How each stood at a frozen review: its own record; where that cannot be read, history until its freeze.

    So a record that cannot be read takes away no page that it stands in.
    """
    try:
        return Stood(review, read_statuses(review), rebuilt=False)
    except UnreadableRecord:
        return Stood(review, statuses_then(review.snapshot.created_at), rebuilt=True)


def baseline(review: Review) -> tuple[Compared | None, Statuses | None]:
    """What the review is compared with, as the Manager chose; else the last frozen one before it; else nothing."""
    if review.compared_on is not None:
        return on_a_day(review.compared_on)
    chosen = Review.objects.frozen().filter(slug=review.compared_with.slug) if review.compared_with else None
    found = chosen.with_record().first() if chosen is not None else None
    return with_review(found or frozen_before(review))


def frozen_before(review: Review) -> Review | None:
    """The review that was frozen last before this one was; before its freeze, the last one there is."""
    return earlier_than(review).with_record().first()


def earlier_than(review: Review) -> ReviewQuerySet:
    """The reviews frozen before this one, whatever days they were set up for."""
    frozen = Review.objects.frozen().exclude(pk=review.pk)
    return frozen.filter(snapshot__created_at__lt=review.snapshot.created_at) if hasattr(review, "snapshot") else frozen


def with_review(earlier: Review | None) -> tuple[Compared | None, Statuses | None]:
    """How things stood at a frozen review."""
    if earlier is None:
        return None, None
    stood = stood_at(earlier)
    return Compared(earlier.dated_title, earlier.get_absolute_url(), rebuilt=stood.rebuilt), stood.statuses


def on_a_day(day: date) -> tuple[Compared | None, Statuses | None]:
    """How things stood at the end of any day, rebuilt from history."""
    return Compared(display_date(day), as_at_url(day), rebuilt=True), statuses_at(day)
