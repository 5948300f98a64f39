"""The lived-in world, in which every page is full: axe is silent and nothing scrolls sideways."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import count, islice

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from tests.browser.conftest import SIDEWAYS, Visitor
from tests.conftest import CAST
from tests.recommendations.test_any_text import FORMS, fill_in
from tests.world import allowed, people
from tests.world.days import NOW
from tests.world.places import Place, places
from tests.world.reading import is_file, signed_in
from tests.world.test_any_text import ELSEWHERE

TURNS = 8  # so that two processes share the pages
# Every page that there is takes many minutes, so it is asked for.
EVERY_PLACE = bool(os.environ.get("KRSCP_EVERY_PLACE"))
WITH_POSTS = [name for name in people.EVERYBODY if name not in people.WITHOUT]
EACH_ROLE = [name for name in CAST if name in WITH_POSTS]
# Where most has been said and the longest words stand; and reviews, one frozen and one that sits.
FULLEST = {
    ("code", "isr-2021"), ("number", "25"), ("part", "e"), ("body", "qi"), ("slug", "vca"), ("day", "2026-11-16"),
}  # fmt: skip
FROZEN, SITTING = "2025-10", "2026-11"
# Others look different: proposed, in parts, complete, not accepted, superseded, without a title, only read, wrong.
BESIDES = (
    ("slg_chair", "/isr-2021/26/"), ("slg_chair", "/isr-2021/26/decide/sign-off/"), ("scrutineer", "/isr-2021/12/"),
    ("qi_cochair", "/isr-2021/30/"), ("lay_member", "/isr-2021/21/"), ("manager", "/isr-2021/33/"),
    ("vca_cochair1", "/isr-2026/2/"), ("manager", "/isr-2021/12/update/"), ("nobody", "/"),
    ("slg_member", "/reviews/2026-11/meeting/isr-2021/26/whole/"),
    ("lay_member", "/reviews/2026-11/meeting/isr-2021/12/b/"),
    ("scrutineer", "/recommendations/?status=off_track&owner=vca&q=audit"),
    ("scrutineer", "/reviews/2027-04/?compare=&day_day=31&day_month=2&day_year=2026"),
    ("scrutineer", "/as-at/?day_day=31&day_month=2&day_year=2026"), ("scrutineer", "/as-at/2001-01-01/"),
)  # fmt: skip


@pytest.fixture
def lived_in(loaded, as_lived_in) -> Iterator[None]:
    """The database holds the world, and it is the day on which its review sits."""
    as_lived_in.backup(connection.connection)
    with time_machine.travel(NOW):
        yield


def pages() -> Iterator[tuple[str, str]]:
    """Who opens which page: of each route the fullest unless all are asked for, and everybody's home."""
    turn = count()
    for route, address, may in every_page() if EVERY_PLACE else fullest():
        yield sorted(may)[next(turn) % len(may)], reverse(route, kwargs=address)
    yield from ((name, "/") for name in (WITH_POSTS if EVERY_PLACE else EACH_ROLE))
    yield from BESIDES


def every_page() -> list[Place]:
    return [place for place in places() if place[2] and not is_file(place[0])]


def fullness(place: Place) -> tuple[bool, int]:
    address = place[1]
    return address.get("slug") == FROZEN, len(FULLEST & address.items())


def fullest() -> list[Place]:
    """One of each route and of each kind of decision; where it is of a review, of the frozen and of the sitting one."""
    found: dict[tuple, Place] = {}
    for place in sorted(every_page(), key=fullness):
        route, address, _ = place
        found[route, address.get("kind") if route == "decide" else "", address.get("slug") == SITTING] = place
    return list(found.values())


def all_are(look: Callable, visit: Callable[..., Visitor], opened: Iterator[tuple[str, str]]) -> None:
    """Looks at every page, each person's in one browser, and tells all that is wrong, not the first alone."""
    visitor, found = cache(visit), []
    for name, place in opened:
        try:
            look(visitor(name).open(place))
        except AssertionError as fault:
            found.append(f"{name}: {fault}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("turn", range(TURNS))
def test_pages_of_the_world_are_sound_to_those_who_may_open_them(lived_in, visit, turn):
    all_are(Visitor.is_sound, visit, islice(pages(), turn, None, TURNS))


SENT_EMPTY = [
    ("vca_cochair1", "/isr-2021/25/update/", "Save update"),
    ("vca_cochair1", "/isr-2021/25/complete/", "Propose completion"),
    ("vca_cochair1", "/isr-2021/25/evidence/", "Save evidence"),
    ("slg_member", "/isr-2021/25/escalate/", "Ask the SLG"),
    ("slg_member", "/isr-2021/25/decide/agree-owner/", "Save decision"),
    ("slg_member", "/isr-2021/25/decide/act/", "Save decision"),
    ("slg_member", "/reviews/2026-11/meeting/isr-2021/25/whole/", "Save decision and next"),
    ("manager", "/isr-2021/25/reading/", "Save our reading"),
    ("manager", "/reviews/new/", "Save review"),
    ("manager", "/reviews/2026-11/learning/", "Save learning"),
    ("manager", "/annual-report/", "Build report"),
    ("manager", "/people/invite/", "Send invitation"),
    ("qi_cochair", "/reviews/2026-11/returns/qi/", "Check return"),
]
TEXTS = "main form[method=post] :is(textarea, input[type=text], input:not([type])):visible"


def send_empty(visitor: Visitor, button: str) -> None:
    for box in visitor.page.locator(TEXTS).all():
        box.fill("")
    visitor.press(button).sees("There is a problem").is_sound()


def test_forms_sent_empty_are_sound_with_their_errors(lived_in, visit):
    visitor = cache(visit)
    for name, place, button in SENT_EMPTY:
        send_empty(visitor(name).open(place), button)


def test_attendance_with_too_long_a_text_is_sound(lived_in, visit):
    manager = visit("manager").open("/reviews/2026-11/attendance/").fill(disproportionality="The data is late. " * 60)
    manager.press("Save attendance").sees("There is a problem").is_sound()


def scrolls_not(visitor: Visitor) -> None:
    for width in (320, 768, 1024, 1280):
        visitor.page.set_viewport_size({"width": width, "height": 800})
        assert visitor.page.evaluate(SIDEWAYS) <= 0, f"{visitor.page.url} at {width} scrolls sideways"


def test_one_long_word_in_every_box_scrolls_no_page_sideways(lived_in, visit):
    client = signed_in("manager")
    for form in FORMS:
        [place, *_] = ELSEWHERE.get(form.place, [form.place])
        assert fill_in(client, replace(form, place=place), "w" * min(form.texts.values())), place
    shown = [reverse(route, kwargs=address) for route, address, may in fullest() if may == allowed.POSTS]
    shown += [f"/isr-2021/{number}/{page}" for number in ("15", "27", "31", "35") for page in ("", "history/")]
    all_are(scrolls_not, visit, (("manager", place) for place in shown))
