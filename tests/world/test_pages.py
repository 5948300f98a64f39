"""In the world everybody's home opens, and whatever a page leads to is there and open to whom it is offered."""

from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse

from tests.world import people
from tests.world.places import places
from tests.world.reading import is_file, links, route_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world"), pytest.mark.no_cover]
WITH_POSTS = [name for name in people.EVERYBODY if name not in people.WITHOUT]
# Who is led nowhere else than the Manager, who is asked below, or than another of the same subgroup or group.
TWINS = {"manager", "team", "qi_cochair2", "slg_teacher"}
CLOSED = {"former_lay_member", "shut_out"}
# How many addresses of one route are followed: pages that everybody reads alike are read by one person in full.
EVERY_PAGE, SOME_PAGES, FORMS = 15, 1, 4
WRITES = ("update", "complete", "escalate", "evidence", "actions", "decide", "confirm", "addendum", "return")


@pytest.mark.parametrize("name", people.EVERYBODY)
def test_every_account_has_its_home_or_is_told_why_not(name):
    answer = signed_in(name).get("/")
    expected = 302 if name in CLOSED else 403 if name in people.WITHOUT else 200
    assert answer.status_code == expected


def follow(client: Client, most: int) -> list[str]:
    """Every link from home on, to exhaustion: what is not answered with a page, and on which page it stood."""
    faults, seen, waiting, followed = [], {"/"}, [("/", "home")], Counter()
    while waiting:
        place, stood_on = waiting.pop()
        route = route_of(place)
        followed[route] += 1
        if is_file(route) or followed[route] > (max(most, FORMS) if route.endswith(WRITES) else most):
            continue
        answer = client.get(place)
        if answer.status_code not in (200, 302):
            faults.append(f"{answer.status_code} {place} on {stood_on}")
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            faults += [f"a link to nowhere on {place}"] if b'href=""' in content else []
            new = [href for href in links(place, content.decode()) if href not in seen]
            seen.update(new)
            waiting += [(href, place) for href in new]
    return faults


def test_whatever_a_page_leads_the_manager_to_opens():
    assert follow(signed_in("manager"), EVERY_PAGE) == []


@pytest.mark.once
@pytest.mark.parametrize("name", [name for name in WITH_POSTS if name not in TWINS])
def test_nobody_is_led_to_what_is_refused_or_not_there(name):
    assert follow(signed_in(name), SOME_PAGES) == []


def test_the_name_at_the_top_of_every_page_leads_home():
    """Whatever a page calls its own things, the words that every page is given stay what they are."""
    client, wrong = signed_in("manager"), []
    first = {route: reverse(route, kwargs=kwargs) for route, kwargs, may in reversed(places()) if "manager" in may}
    for route, place in first.items():
        answer = client.get(place) if not is_file(route) else None
        shown = answer is not None and answer.status_code == 200 and not answer.streaming
        if shown and '<a class="app-header__name" href="/">' not in answer.content.decode():
            wrong.append(place)
    assert wrong == []
