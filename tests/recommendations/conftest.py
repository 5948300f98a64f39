"""One fixed morning, for tests of what dates and silence say."""

import datetime as dt

import pytest

from krscp import clock
from recommendations.models import Part

NOW = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture
def one_morning(db):
    """It is NOW, and everything was loaded just before, so that nothing is quiet yet."""
    Part.objects.update(created_at=NOW)
    with clock.at(NOW):
        yield
