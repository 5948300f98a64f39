"""What a review is compared with, and how it stood at the reviews before: moments, told of in words."""

from dataclasses import dataclass
from datetime import date, datetime

from krscp.clock import end_of
from krscp.days import display_date
from recommendations.models import Review, Snapshot
from recommendations.models.review import ReviewQuerySet
from recommendations.state.picture import Compared
from recommendations.state.sealed import can_be_read
from recommendations.state.source import as_at_url

TREND = 4
# What is compared with, in words, and the moment at which it stood.
Comparison = tuple[Compared | None, datetime | None]


@dataclass(frozen=True)
class Stood:
    """A frozen review that others are compared with; `rebuilt`: its own record cannot be read.

    How each recommendation stood is in history, row by row, whether or not the record can be read.
    """

    review: Review
    rebuilt: bool

    @property
    def moment(self) -> datetime:
        return self.review.frozen_at  # type: ignore[attr-defined]


def last_reviews(until: datetime | None = None) -> list[Stood]:
    """The last four reviews frozen until then, oldest first: one query."""
    frozen = Review.objects.frozen().with_front()
    earlier = frozen if until is None else frozen.filter(snapshot__created_at__lte=until)
    return [stood_at(review) for review in reversed(earlier[:TREND])]


def stood_at(review: Review) -> Stood:
    return Stood(review, rebuilt=not can_be_read(review))


def baseline(review: Review, last: list[Stood]) -> Comparison:
    """What a review that is not frozen is compared with: as the Manager chose, the last frozen one, or nothing."""
    if review.compared_on is not None:
        return on_a_day(review.compared_on)
    key = review.compared_with_id
    known = next((stood for stood in last if stood.review.pk == key), None)
    if known is None and key is not None:
        known = next(map(stood_at, Review.objects.frozen().with_front().filter(pk=key)), None)
    return beside(known or (last[-1] if last else None))


def earlier_than(review: Review) -> ReviewQuerySet:
    """The reviews frozen before this one, whatever days they were set up for."""
    others = Review.objects.frozen().exclude(pk=review.pk)
    moment = frozen_at(review)
    return others.filter(snapshot__created_at__lt=moment) if moment is not None else others


def frozen_at(review: Review) -> datetime | None:
    """The moment of its freeze, read with it or now."""
    if hasattr(review, "frozen_at") or not review.is_frozen:
        return getattr(review, "frozen_at", None)
    return Snapshot.objects.filter(review=review).values_list("created_at", flat=True).first()


def with_review(earlier: Review) -> Comparison:
    """How things stood at a frozen review."""
    return beside(stood_at(earlier))


def beside(stood: Stood | None) -> Comparison:
    if stood is None:
        return None, None
    return Compared(stood.review.dated_title, stood.review.get_absolute_url(), rebuilt=stood.rebuilt), stood.moment


def on_a_day(day: date) -> Comparison:
    """How things stood at the end of any day, rebuilt from history."""
    return Compared(display_date(day), as_at_url(day), rebuilt=True), end_of(day)
