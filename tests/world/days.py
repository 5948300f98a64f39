"""The days of the world: when its database was loaded, when it is now, and every day between."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import time_machine

LOADED = dt.datetime(2025, 9, 1, 8, tzinfo=dt.UTC)
NOW = dt.datetime(2026, 11, 16, 10, tzinfo=dt.UTC)
TODAY = NOW.date()
MINUTE = dt.timedelta(minutes=1)

_clocks: list[time_machine.Traveller] = []


@contextmanager
def on(year: int, month: int, day: int, hour: int = 9) -> Iterator[dt.date]:
    """Let it be that morning inside the block; each verb lets a minute pass."""
    moment = dt.datetime(year, month, day, hour, tzinfo=dt.UTC)
    with time_machine.travel(moment, tick=False) as clock:
        _clocks.append(clock)
        try:
            yield moment.date()
        finally:
            _clocks.pop()


def a_minute_later() -> None:
    """Nothing in the world happens in the same moment as something else."""
    _clocks[-1].shift(MINUTE)
