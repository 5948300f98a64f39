"""What day and time it is: instants in UTC, days in Europe/London. Read once per use case."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """The instant that new records carry."""
    return _moment.get() or timezone.now()


def today() -> date:
    """The calendar day in London now, which decides who holds a post and what is overdue."""
    return timezone.localdate(now())


def local_day(moment: datetime) -> date:
    """The calendar day in London of an instant."""
    return timezone.localdate(moment)


def beginning_of(day: date) -> datetime:
    """Midnight in London, when the day begins."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """The last instant of the day in London."""
    return beginning_of(day + timedelta(days=1)) - timedelta(microseconds=1)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be `moment` inside this block: how the demonstration is given a past. No request enters here."""
    before = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(before)
