"""Every route × person on every object of the world, asked and sent a valid form; the answers are typed by hand."""

import logging
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.permissions.bodies import body_for
from tests.permissions.test_permissions import TYPED, digest, written
from tests.world import allowed, people
from tests.world.places import Place, places
from tests.world.reading import is_file, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world"), pytest.mark.no_cover]
CLOSED = {"anon", "former_lay_member", "shut_out"}
WITHOUT = people.WITHOUT - CLOSED
PEOPLE = ["anon", *people.EVERYBODY]
# Of the people, in turn, so many ask about each object, and more about the first of a route that not all may read.
ABOUT_EACH, ABOUT_THE_FIRST, WHERE_ALL_READ = 1, len(PEOPLE) // 2, 7

# Sign-in pages, and routes without a page of their own, whose answers the table of the empty scene has.
ELSEWHERE = {
    "favicon", "accessibility", "privacy", "account_login", "account_logout", "account_signup", "account_inactive",
    "account_change_password", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done", "undo", "action_done", "import_rows",
    "annual_report_run", "review_ask", "review_remind",
}  # fmt: skip

ABOUT = {"invite": "vca-co-chair-2", "meeting_item": "meeting"}  # what the body of a form is about
NOTHING_NEW = {"return", "return_check", "kept"}  # what is sent back to them is what stands there
NOT_OF_THE_WORK = {"django_session", "shared_cache", "subgroups_exportrecord"}


def may_send(route: str, kwargs: dict, may: set[str]) -> set[str]:
    """Where reading is everybody's and writing is not; and a return that closed says so, with what was typed."""
    if route == "meeting_item":
        return allowed.may_decide("25", "note")
    return may | allowed.RETURNS.get(kwargs["body"], set()) | allowed.TEAM if route == "return" else may


def answer_for(name: str, may: set[str]) -> tuple[str, ...]:
    """What a person may be told: to sign in, that it is refused, or what there is."""
    if name in CLOSED:
        return ("in",)
    return ("403",) if name in WITHOUT or name not in may else ("200", "302", "409")


def asked(clients: dict[str, Client], name: str, verb: str, place: Place) -> tuple[str, set[str]]:
    """The answer in a word, and the tables written to; whatever was written is undone.

    Each is asked as the first of its minute, as in the table of the empty scene.
    """
    route, kwargs, _ = place
    person = None if name == "anon" else people.who(name)
    body = body_for(route, ABOUT.get(route, ""), kwargs, person) if verb == "post" else None
    cache.clear()
    with transaction.atomic(), written() as tables:
        response = getattr(clients[name], verb)(reverse(route, kwargs=kwargs), body)
        if response.streaming:
            b"".join(response.streaming_content)
        sign_in = response.status_code == 302 and "/sign-in/" in response["Location"]
        transaction.set_rollback(True)
    return "in" if sign_in else str(response.status_code), tables


def in_turn(listed: list[Place]) -> Iterator[tuple[Place, str]]:
    """Who asks about which object: most about the first of each route, then one about each."""
    met: set[str] = set()
    turn = 0
    for place in listed:
        new = place[0] not in met
        met.add(place[0])
        first = WHERE_ALL_READ if is_file(place[0]) or place[2] == allowed.POSTS else ABOUT_THE_FIRST
        for _ in range(first if new else ABOUT_EACH):
            yield place, PEOPLE[turn % len(PEOPLE)]
            turn += 1


def by_turns(verb: str, listed: list[Place]) -> list[Place]:
    """The first of each route, which is asked with both verbs, and of the others those whose turn this verb is."""
    first = {place[0]: turn for turn, place in reversed(list(enumerate(listed)))}
    return [place for turn, place in enumerate(listed) if first[place[0]] == turn or turn % 2 == (verb == "post")]


def told(verb: str, listed: list[Place]) -> Iterator[tuple[Place, str, str, set[str]]]:
    """What each person is told at each place, and what was written; of a route that takes another verb, once."""
    others: set[str] = set()  # the table of the empty scene asks these in full
    clients = {name: Client() if name == "anon" else signed_in(name) for name in PEOPLE}
    for place, name in in_turn(listed):
        if place[0] not in others:
            answer, tables = asked(clients, name, verb, place)
            if answer == "405":
                others.add(place[0])
            yield place, name, answer, tables


def faults(verb: str, place: Place, name: str, answer: str, tables: set[str]) -> Iterator[str]:
    """What is wrong with one answer."""
    route, kwargs, may = place
    expected = answer_for(name, may_send(route, kwargs, may) if verb == "post" else may)
    if answer not in (*expected, "405"):
        yield f"{verb} {route} {kwargs} by {name}: {answer}, typed {expected}"
    if answer in ("in", "403") and tables - {"django_session", "shared_cache"}:
        yield f"{verb} {route} {kwargs} by {name}: a refusal wrote to {tables}"


def test_every_route_stands_on_an_object_of_the_world():
    assert {route for route, _, _ in places()} == {route for route, _ in TYPED} - ELSEWHERE


@pytest.mark.once
@pytest.mark.parametrize("verb", ["get", "post"])
def test_each_object_answers_each_person_as_typed_and_refusals_change_nothing(verb):
    before = digest()
    logging.disable(logging.ERROR)  # each refusal would be told with its way through the code
    try:
        answers = list(told(verb, by_turns(verb, places())))
    finally:
        logging.disable(logging.NOTSET)
    wrong = [fault for answer in answers for fault in faults(verb, *answer)]
    assert wrong == [], "\n".join(wrong)
    assert digest() == before


def is_saved(route: str, listed: list[Place]) -> bool:
    """Whether the form of a route is taken from somebody at some place of the world, and kept."""
    at = [(route, kwargs, sorted(may_send(route, kwargs, may))) for name, kwargs, may in listed if name == route]
    clients = {name: signed_in(name) for name in {name for *_, may in at for name in may}}
    asking = (asked(clients, name, "post", (route, kwargs, may)) for route, kwargs, may in at for name in may)
    return any(answer == "302" and tables - NOT_OF_THE_WORK for answer, tables in asking)


def test_the_forms_sent_are_valid_each_is_kept_somewhere_in_the_world():
    taken = {route for (route, _), asked in TYPED.items() if "302" in asked.get("POST", {}).values()}
    forms, listed = taken - ELSEWHERE - NOTHING_NEW, places()
    assert {route for route in forms if not is_saved(route, listed)} == set()
