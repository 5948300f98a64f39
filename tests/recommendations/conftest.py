"""One fixed morning, for tests of what dates and silence say."""

import datetime as dt

import pytest

from krscp import clock
from recommendations.models import Ownership, Part, Priority, Recommendation
from subgroups.models import Body

NOW = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)
TODAY = NOW.date()
LOADED = (Recommendation, Part, Ownership, Priority, Body)


@pytest.fixture
def one_morning(db):
    """It is NOW, and everything was loaded just before, so that nothing is quiet yet."""
    Part.objects.update(created_at=NOW)
    for model in LOADED:
        model.history.update(history_date=NOW)
    with clock.at(NOW):
        yield
