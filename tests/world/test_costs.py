"""Twice as much of everything costs each page the same number of queries, and ten times as much home the same rows."""

import datetime as dt

import pytest
from django.db import connection
from django.db.models.signals import post_init
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from tests.factories import second_report
from tests.world import verbs
from tests.world.days import on
from tests.world.places import places
from tests.world.reading import is_file, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
# The Manager opens every page; these look different to others.
READERS = ("manager", "vca_cochair1", "slg_member", "lay_member")
OF_OTHERS = {
    "home", "decisions", "exceptions", "yours", "chase", "recommendation", "update", "decide", "return", "meeting_item",
}  # fmt: skip


def pages_of(name: str) -> list[str]:
    """The first object of each page that this person may open; one route only takes what is sent."""
    listed = [place for place in reversed(places()) if name == "manager" or place[0] in OF_OTHERS]
    first = {route: reverse(route, kwargs=kwargs) for route, kwargs, may in listed if name in may}
    return sorted(place for route, place in first.items() if not is_file(route) and route != "review_learning_off")


def cost(client: Client, place: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(place).status_code in (200, 302, 409), place
    return len(captured)


def twice_as_much() -> None:
    """Another report with as many recommendations, and as much said and decided again."""
    second_report()
    with on(2026, 11, 16, 9):
        for _ in range(5):
            for place in ("25", "34", "35", "18/vca", "19", "27"):
                verbs.says(place, "manager", Status.AT_RISK)
                verbs.rules(place, "slg_member", DecisionKind.NOTE)
                verbs.rules(place, "slg_member", DecisionKind.ACT, owner="vca", due=dt.date(2026, 12, 1))
                verbs.plans(place, "manager", "Ask again", dt.date(2026, 12, 1))
                verbs.shows(place, "manager", "Minutes", "That it was agreed")


def test_no_page_costs_more_queries_for_twice_as_much():
    asked = [(signed_in(name), name, place) for name in READERS for place in pages_of(name)]
    before = {(name, place): cost(client, place) for client, name, place in asked}
    twice_as_much()
    after = {(name, place): cost(client, place) for client, name, place in asked}
    assert {page: (before[page], after[page]) for page in after if after[page] > before[page]} == {}


HOMES = ("home", "decisions", "exceptions", "yours", "chase")


def rows_of(name: str, route: str) -> int:
    """How many rows of the database become objects for the page."""
    read: list[object] = []

    def count(instance: object, **_: object) -> None:
        read.append(instance)

    client = signed_in(name)
    post_init.connect(count)
    try:
        assert client.get(reverse(route)).status_code in (200, 403)
    finally:
        post_init.disconnect(count)
    return len(read)


def test_home_and_its_lists_read_no_more_rows_for_three_times_as_much():
    for number in range(5):
        second_report(f"more-{number}")
    before = {(name, route): rows_of(name, route) for name in READERS for route in HOMES}
    for number in range(5, 15):
        second_report(f"more-{number}")
    after = {(name, route): rows_of(name, route) for name in READERS for route in HOMES}
    assert {page: (before[page], after[page]) for page in after if after[page] > before[page] * 1.2} == {}
