"""One fixed morning, for tests of what dates and silence say."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client

from krscp import clock
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Difference, Status
from recommendations.models import Ownership, Part, Priority, PrioritySet, Recommendation
from recommendations.services.reviews import record_attendance
from subgroups.models import Body, Post
from tests.factories import decide, propose, review_in, say, the_part
from tests.standing import may_change

NOW = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)
TODAY = NOW.date()
LOADED = (Recommendation, Part, Ownership, Priority, PrioritySet, Body, Post)


@pytest.fixture
def one_morning(db):
    """It is NOW, and everything was loaded just before, so that nothing is quiet yet."""
    Part.objects.update(created_at=NOW)
    with may_change(connection, *(model.history.model for model in LOADED)):
        for model in LOADED:
            model.history.update(history_date=NOW)
    with clock.at(NOW):
        yield


@pytest.fixture
def a_year(vca_cochair1, qi_cochair, manager, slg_member):
    """A year with priorities, all kinds of progress, decisions, evidence and a review."""
    mental = Priority.objects.get(slug="mental-health")
    with clock.at(NOW + dt.timedelta(days=10)):
        say(the_part("25"), vca_cochair1, Status.OFF_TRACK, why_slipped="The analyst left")
        say(the_part("26"), vca_cochair1, Status.ON_TRACK, what_happened="Venue booked")
        decide(the_part("25"), slg_member, DecisionKind.SET_PRIORITY, priority=mental)
        decide(the_part("26"), slg_member, DecisionKind.SET_PRIORITY, priority=mental)
        decide(the_part("21"), slg_member, DecisionKind.NOT_ACCEPT)
        decide(the_part("25"), slg_member, DecisionKind.AGREE_OWNER, owner=Body.objects.get(slug="vca"))
    then = NOW + dt.timedelta(days=380)
    with clock.at(then):
        propose(the_part("30"), qi_cochair, Difference.EVIDENCED)
        review = review_in("meeting", manager, then.date())
        marks = {Post.objects.get(slug="slg-chair"): "present", Post.objects.get(slug="vca-co-chair-1"): "apologies"}
        record_attendance(review=review, marks=marks, disproportionality="", version=review.version, by=manager)
        decide(the_part("30"), slg_member, DecisionKind.SIGN_OFF, recheck_on=then.date())


@pytest.fixture
def on(sign_in, manager):
    """`with on(moment) as client`: the Manager, signed in at that moment."""

    @contextmanager
    def at(moment: dt.datetime) -> Iterator[Client]:
        with clock.at(moment):
            yield sign_in(manager)

    return at
