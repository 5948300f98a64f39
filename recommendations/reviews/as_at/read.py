"""Which review's record stands for a day."""

from datetime import date

from krscp.clock import beginning_of, end_of
from recommendations.models import Review
from recommendations.state.sealed import can_be_read


def frozen_on(day: date) -> Review | None:
    """The review that was frozen that day, if its record can be read: else the day is rebuilt."""
    found = Review.objects.frozen().filter(snapshot__created_at__range=(beginning_of(day), end_of(day))).with_front()
    frozen = found.first()
    return frozen if frozen is not None and can_be_read(frozen) else None
