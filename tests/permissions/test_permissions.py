"""Every route × person × method, with valid bodies, against answers typed by hand in routes.py."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, path, reverse

from recommendations.models import Part, Recommendation
from subgroups.permissions import Permission
from tests.factories import make_person
from tests.permissions import routes
from tests.permissions.bodies import body_for
from tests.permissions.routes_of_files import FILES
from tests.permissions.scenes import scene
from tests.permissions.stamps import GUARDED, STAMPS

# In this order: after POST somebody may be signed out.
METHODS = {"GET": ("get", "head"), "ELSE": ("put", "patch", "delete", "options"), "POST": ("post",)}
TABLES = (routes.READING, routes.OWNERS, routes.DECIDERS, routes.REVIEWS, routes.MANAGEMENT, routes.ACCOUNTS, FILES)


def typed() -> dict[tuple[str, str], dict[str, dict[str, str]]]:
    """(route, what about) → method → person → answer, as typed."""
    found: dict = {}
    for table in TABLES:
        for line in table.strip().splitlines()[1:]:
            route, about, method, *answers = line.split()
            found.setdefault((route, about), {})[method] = dict(zip(routes.PEOPLE, answers, strict=True))
    return found


TYPED = typed()


def routed(patterns=None) -> Iterator[URLPattern]:
    """Every route there is, those of other packages too."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLPattern):
            yield entry
        else:
            yield from routed(entry.url_patterns)


def unstamped(patterns) -> list[str]:
    """Routes that neither carry a permission nor are listed by hand as needing none."""
    free = routes.PUBLIC | routes.OWN_ACCOUNT
    return [
        str(entry.pattern)
        for entry in patterns
        if entry.name not in free and not isinstance(getattr(entry.callback, "permission", None), Permission)
    ]


def test_every_route_is_in_the_table_and_the_table_names_no_other():
    assert {entry.name for entry in routed()} == {route for route, _ in TYPED}


def test_every_route_is_asked_by_every_method():
    for route in {route for route, _ in TYPED}:
        assert {method for (name, _), asked in TYPED.items() if name == route for method in asked} == set(METHODS)


def test_every_view_carries_a_permission_or_is_listed_as_free():
    assert unstamped(routed()) == []


def test_every_view_asks_for_the_permission_that_the_design_names():
    stamped = {entry.name: getattr(entry.callback, "permission", None) for entry in routed()}
    assert {route: permission.name for route, permission in stamped.items() if permission} == STAMPS
    assert sum(len(routes.split()) for routes in GUARDED.values()) == len(STAMPS), "A route is typed twice."


def test_only_the_listed_pages_open_without_signing_in():
    public = {entry.name for entry in routed() if not getattr(entry.callback, "login_required", True)}
    assert public == routes.PUBLIC


def test_a_view_that_lost_its_stamp_is_noticed():
    def bare(request):
        return HttpResponse()

    assert unstamped([path("bare/", bare, name="bare")]) == ["bare/"]


# The people.


@pytest.fixture
def cast(request, db) -> dict:
    """The people of the table. The closed account held the Manager's post; "anon" is nobody."""
    named = {short: name for short, name in routes.PEOPLE.items() if short not in ("anon", "closed")}
    people = {short: request.getfixturevalue(name) for short, name in named.items()}
    return people | {"closed": make_person("manager", email="closed@people.example")}


def client_of(short: str, cast: dict) -> Client:
    client = Client()
    if short == "anon":
        return client
    client.force_login(cast[short], backend="allauth.account.auth_backends.AuthenticationBackend")
    if short == "closed":
        type(cast[short]).objects.filter(pk=cast[short].pk).update(is_active=False)
    return client


# Every line of the table.

WRITES = re.compile(r"\s*(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
REFUSALS = ("in", "403", "404", "405")
# Who is signed in, and the log of exports.
LOG = "subgroups_exportrecord"
MAY_CHANGE_ON_READING = {"django_session", LOG}


@contextmanager
def written() -> Iterator[set[str]]:
    """The tables that the block writes to."""
    tables: set[str] = set()

    def listen(execute, sql, params, many, context):
        if found := WRITES.match(sql):
            tables.add(found[2])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield tables


def digest() -> list:
    """How many rows each table has, and the version of each part and recommendation."""
    counted = [model._meta.db_table for model in apps.get_models(include_auto_created=True) if model is not Session]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}', COUNT(*) FROM {table}" for table in counted))
        rows = sorted(cursor.fetchall())
    versions = [sorted(model.objects.values_list("pk", "version", "status")) for model in (Part, Recommendation)]
    return [*rows, *versions]


def ask(client: Client, verb: str, url: str, body: dict) -> tuple[str, set[str]]:
    """The answer in the words of the table, and the tables written to. Only what was allowed is undone.

    Each is asked as the first of its minute: limits on tries have tests of their own.
    """
    cache.clear()
    with transaction.atomic(), written() as tables:
        response = getattr(client, verb)(url, body if verb == "post" else None)
        if response.streaming:
            b"".join(response.streaming_content)
        to_sign_in = response.status_code == 302 and response["Location"].startswith(f"{reverse('account_login')}?")
        answer = "in" if to_sign_in else str(response.status_code)
        if "Content-Disposition" in response and LOG not in tables:
            answer += " with a file that nobody wrote down"
        transaction.set_rollback(answer not in REFUSALS)
    return answer, tables


def verbs(method: str, short: str, answers: dict[str, str], *, again: bool) -> tuple[str, ...]:
    """The verbs to ask with: all of them for the first person with each answer, one of them, in turn, for the others.

    HEAD, which is GET without its text, and a file in another format are asked by the first alone; on the second
    database, which knows no posts, everything is.
    """
    first = next(person for person, answer in answers.items() if answer == answers[short])
    if short == first:
        return METHODS[method]
    if connection.vendor == "postgresql":
        return ()
    if method == "GET":
        return () if again else ("get",)
    return (METHODS[method][list(answers).index(short) % len(METHODS[method])],)


def is_another_format(route: str, about: str) -> bool:
    """Whether the table has the same list in another format before this one: one door leads to all of them."""
    whose, _, _ = about.rpartition(":")
    formats = [other for name, other in TYPED if name == route and other.rpartition(":")[0] == whose]
    return route.endswith("_export") and formats[0] != about


def faults(short: str, verb: str, answers: tuple[str, str], tables: set[str]) -> Iterator[str]:
    """What is wrong with one answer."""
    given, answer = answers
    if given != answer:
        yield f"{short} {verb}: {given}, typed {answer}"
    if verb != "post" and tables - MAY_CHANGE_ON_READING:
        yield f"{short} {verb}: {given}, a question that wrote to {tables}"


def faults_about(route: str, about: str, cast: dict, clients: dict[str, Client]) -> Iterator[str]:
    """What is wrong with the answers to everybody about one thing; its scene is taken away afterwards."""
    with transaction.atomic():
        address = scene(route, about, cast)
        before, again = digest(), is_another_format(route, about)
        for method in filter(TYPED[route, about].get, METHODS):
            answers = TYPED[route, about][method]
            for short, answer in answers.items():
                body = body_for(route, about, address, cast.get(short)) if method == "POST" else {}
                for verb in verbs(method, short, answers, again=again):
                    given, tables = ask(clients[short], verb, reverse(route, kwargs=address), body)
                    yield from (f"{about} {fault}" for fault in faults(short, verb, (given, answer), tables))
        if digest() != before:
            yield f"{about}: a refusal changed the database"
        transaction.set_rollback(True)


@pytest.mark.no_cover
@pytest.mark.parametrize("route", sorted({route for route, _ in TYPED}))
def test_each_route_answers_as_typed_and_refusals_change_nothing(cast, route):
    clients = {short: client_of(short, cast) for short in routes.PEOPLE}
    wrong = [fault for name, about in TYPED if name == route for fault in faults_about(route, about, cast, clients)]
    assert wrong == []
