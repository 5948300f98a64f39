"""Every route × person × method, with valid bodies, against answers typed by hand in tests/routes.py."""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, path, reverse

from krscp import clock
from recommendations.models import Part, Priority, Recommendation, Return, Review
from recommendations.services.actions import add_action
from recommendations.services.escalations import escalate
from recommendations.workflow import DecisionKind, Status
from subgroups.models import Body, Post
from subgroups.permissions import Permission
from tests import routes
from tests.carried_bodies import a_preview
from tests.factories import PASSWORD, annual_report_in, answer_all, decide, learn, make_person, propose, review_in, say
from tests.routes_of_files import FILES

# In this order: after POST somebody may be signed out.
METHODS = {"GET": ("get", "head"), "ELSE": ("put", "patch", "delete", "options"), "POST": ("post",)}
CODE = "isr-2021"
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


def test_only_the_listed_pages_open_without_signing_in():
    public = {entry.name for entry in routed() if not getattr(entry.callback, "login_required", True)}
    assert public == routes.PUBLIC


def test_a_view_that_lost_its_stamp_is_noticed():
    def bare(request):
        return HttpResponse()

    assert unstamped([path("bare/", bare, name="bare")]) == ["bare/"]


# The people and the places.


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


KIND = {kind.slug: kind for kind in DecisionKind}


def prepare(part: Part, kind: str, asker) -> None:
    """Bring the part to where this decision about it is open, as asked for by `asker`."""
    if kind in ("sign-off", "send-back"):
        propose(part, asker)
    elif kind == "answer":
        escalate(part=part, ask="Decide", by_when=None, otherwise="", token=uuid.uuid4(), by=asker)
    elif kind == "reopen":
        decide(part, make_person("slg-secondary-head"), DecisionKind.NOT_ACCEPT)
    elif asker is not None:
        say(part, asker, Status.AT_RISK)


RETURN_PAGES = ("return", "return_check", "return_sent", "return_workbook", "return_upload")
MISSING = {"body": {"slug": "none"}, "report": {"code": "none"}, "review_learning_off": {"slug": "none", "pk": 0}}
MISSING["annual_report_file"] = {"pk": 0, "file_format": "word"}
MISSING |= {route: {"slug": "none", "body": "vca"} for route in RETURN_PAGES}
MISSING |= {route: {"slug": "none"} for route in ("review", "review_list", "review_ask", "review_start")}


def scene(route: str, about: str, cast: dict) -> dict:
    """The address that a line of the table is about, and what stands there."""
    if about == "missing":
        return MISSING.get(route, {"pk": 0})
    if route in SCENES:
        return SCENES[route](about, cast)
    if about == "-":
        return {}
    place, *rest = about.split(":")
    number, _, slug = place.partition("/")
    address = {"code": CODE, "number": number} | ({"part": slug} if slug else {})
    if "decide" not in route:
        return address
    kind, *asker = rest
    if part := part_at(address):
        prepare(part, kind, cast[asker[0]] if asker else None)
    return address | {"kind": kind}


def an_update(about: str, cast: dict) -> dict:
    number, author = about.split(":")
    return {"pk": say(part_at({"number": number}), cast[author]).pk}


def a_proposal(about: str, cast: dict) -> dict:
    number, author = about.split(":")
    return {"pk": propose(part_at({"number": number}), cast[author]).pk}


def a_decision(about: str, cast: dict) -> dict:
    decided = decide(part_at({"number": about}), make_person("slg-secondary-head"), DecisionKind.NOTE)
    return {"pk": decided.pk}


def an_action(about: str, cast: dict) -> dict:
    part = part_at({"number": about})
    return {"pk": add_action(part=part, what="Ask", who="Chair", due=None, token=uuid.uuid4(), by=cast["manager"]).pk}


def a_review(stage: str, cast: dict) -> Review:
    """A review in a stage; "sent" has a return of VCA that was sent."""
    return review_in("collecting" if stage == "sent" else stage, cast["manager"])


def a_place_in_a_review(about: str, cast: dict) -> dict:
    """A stage, and after a colon a recommendation; what is decided about it may be asked for first."""
    stage, _, place = about.partition(":")
    address = {"slug": a_review(stage, cast).slug}
    if not place:
        return address
    number, *asked = place.split(":")
    if asked:
        propose(part_at({"number": number}), cast[asked[1]])
    return address | {"code": CODE, "number": number}


def a_return(about: str, cast: dict) -> dict:
    stage, _, body = about.partition(":")
    review = a_review(stage, cast)
    wanted = Return.objects.filter(review=review, body__slug=body).first()
    wanted = wanted or Return.objects.create(review=review, body=Body.objects.get(slug=body))
    if stage != "frozen":
        answer_all(wanted, cast["vca1"], send=stage == "sent")
    return {"slug": review.slug, "body": body}


def a_lesson(about: str, cast: dict) -> dict:
    review = a_review(about, cast)
    return {"slug": review.slug, "pk": learn(review, cast["manager"]).pk}


def a_file(about: str, cast: dict) -> dict:
    """A list as a file; before the colon whose list: a review's by its stage, a day's, a body's."""
    place, _, file_format = about.rpartition(":")
    if place in ("today", "tomorrow", "nonsense"):
        return a_day(place, cast) | {"file_format": file_format}
    slug = a_review(place, cast).slug if place in ("collecting", "meeting", "frozen") else place
    return {"file_format": file_format} | ({"slug": slug} if slug else {})


def a_day(about: str, cast: dict) -> dict:
    day, _, number = about.partition(":")
    tomorrow = {"today": clock.today(), "tomorrow": clock.today() + timedelta(days=1)}.get(day, day)
    return {"day": str(tomorrow)} | ({"code": CODE, "number": number} if number else {})


def an_annual_report(about: str, cast: dict) -> dict:
    stage, _, file_format = about.partition(":")
    address = {"pk": annual_report_in(stage, cast["manager"]).pk}
    return address | ({"file_format": file_format} if file_format else {})


IN_A_REVIEW = (
    "review", "review_list", "review_decisions", "review_recommendation", "pack", "pack_file", "minutes_file",
    "meeting", "review_change", "review_learning", "review_attendance", "review_finish", "review_ask", "review_start",
    "review_remind", "review_calendar",
)  # fmt: skip
SCENES = dict.fromkeys(IN_A_REVIEW, a_place_in_a_review) | dict.fromkeys(
    RETURN_PAGES, a_return
) | dict.fromkeys(("as_at", "as_at_list", "as_at_recommendation"), a_day)  # fmt: skip
SCENES |= {f"annual_report_{name}": an_annual_report for name in ("page", "change", "run", "file")}
SCENES |= dict.fromkeys({route for route, _ in TYPED if route.endswith("_export")}, a_file)
SCENES |= {
    "meeting_item": lambda about, cast: a_place_in_a_review(about, cast) | {"part": "whole"},
    "review_learning_off": a_lesson,
    "body": lambda about, cast: {"slug": about},
    "report": lambda about, cast: {"code": about},
    "undo": an_update,
    "confirm": a_proposal,
    "addendum": a_decision,
    "action_done": an_action,
    "end_appointment": lambda about, cast: {"pk": cast[about].appointments.first().pk},
    "invite": lambda about, cast: {},
    "account_reset_password_from_key": lambda about, cast: {"uidb36": "1", "key": "used-or-made-up"},
}


def part_at(address: dict) -> Part | None:
    """The part that an address means; of a recommendation with several, none."""
    slug = address.get("part", "whole")
    found = Part.objects.filter(recommendation__slug=address.get("number"), slug=slug)
    return found.select_related("recommendation").prefetch_related("ownerships").first()


# Valid bodies, so that a refusal is never owed to a mistake in the form.


def day(name: str, year: int = 2030) -> dict:
    return {f"{name}_day": 30, f"{name}_month": 6, f"{name}_year": year}


SAYS = {"status": "on_track", "what_happened": "The group met", "what_next": "Write it up"} | day("next_date")
EVIDENCE = {"title": "Minutes", "shows": "That it was agreed", "link": "https://example.org/minutes"}
DONE = {"done": "It was done", "difference": "no_direct_effect", "difference_text": "Indirectly"} | EVIDENCE
RULES = {"wording": "The SLG agreed"} | day("decided_on", 2021) | day("agreed_date") | day("recheck_on")
REPORTS = {"title": "Annual report", "sections": ["children"]} | day("period_from", 2021) | day("period_to")
READS = {"short_title": "Another title", "asks_for": "do", "asks_for_reason": "It says so"}
BODIES = {
    "review_new": {"kind": "six_monthly", "compare": "before"} | day("held_on"),
    "review_change": {"kind": "six_monthly", "compare": "before"} | day("held_on"),
    "review_learning": {"kind": "audit", "title": "Audit", "changes": "Nothing"},
    "review_attendance": {"disproportionality": "Taken"},
    "return": {"do": "save"},
    "update": SAYS,
    "complete": DONE,
    "evidence": EVIDENCE,
    "actions": {"what": "Ask for minutes", "who": "Chair"},
    "decide": RULES,
    "addendum": RULES,
    "escalate": {"ask": "Decide who pays"},
    "confirm": {"answer": "yes"},
    "reading": READS,
    **dict.fromkeys(("annual_report", "annual_report_change"), REPORTS),
    "invite": {"name": "New", "email": "new@people.example"} | day("starts"),
    "end_appointment": day("ends"),
    "account_login": {"login": "manager@people.example", "password": PASSWORD},
    "account_reset_password": {"email": "manager@people.example"},
    "account_change_password": {"oldpassword": PASSWORD, "password1": PASSWORD * 2, "password2": PASSWORD * 2},
}


def body_for(route: str, about: str, address: dict, person) -> dict:
    """What a browser would send, with a token of its own and the version that stands."""
    body = BODIES.get(route.removeprefix("part_"), {}) | {"token": str(uuid.uuid4())}
    if route == "import":
        report = SimpleUploadedFile("report.md", b"Recommendation 1: The SLG decides.")
        return body | {"file": report, "code": "new", "published": "2026"}
    if route == "reading":
        found = Recommendation.objects.filter(slug=address["number"]).first()
        return body | {"version": found.version if found else 1}
    if route == "invite":
        post, _, whom = about.partition(":")
        return body | {"post": Post.objects.get(slug=post).pk} | ({"email": person.email} if whom and person else {})
    if route in ("review_change", "review_attendance"):
        found = Review.objects.filter(slug=address["slug"]).first()
        return body | {"version": found.version if found else 1}
    if route.startswith("return"):
        return body | versions(address) | (a_preview(address, person) if route == "return_upload" else {})
    part = part_at(address) if route != "addendum" else Part.objects.filter(decisions__pk=address["pk"]).first()
    if route == "meeting_item":
        kind = "sign_off" if "sign_off" in about else "note"
        return body | {"kind": kind, "wording": "Noted", "version": part.version if part else 1}
    choices = {
        "owner": Body.objects.get(slug="health-leads").pk,
        "priority": Priority.objects.first().pk,
        "replacement": Recommendation.objects.get(slug="26").pk,
    }
    return body | {"version": part.version if part else 1} | choices


def versions(address: dict) -> dict:
    """What the pages of a return send besides what is typed: the versions that their reader saw."""
    wanted = Return.objects.filter(review__slug=address["slug"], body__slug=address["body"]).first()
    if wanted is None:
        return {"version": 1}
    answers = wanted.answers.select_related("part")
    rows = {f"row-{answer.part_id}-seen": answer.version for answer in answers}
    rows |= {f"row-{answer.part_id}-{name}": value for answer in answers for name, value in answer.given.items()}
    return {"version": wanted.version} | rows | {f"part-{answer.part_id}": answer.part.version for answer in answers}


# Every line of the table.

WRITES = re.compile(r"\s*(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
REFUSALS = ("in", "403", "404", "405")
# The log of exports, and how often somebody has tried to sign in.
MAY_CHANGE_ON_READING = {"django_session", "shared_cache", "recommendations_exportrecord"}


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
    """How many rows each model has, and the version of each part and recommendation."""
    counted = [model for model in apps.get_models(include_auto_created=True) if model is not Session]
    versions = [sorted(model.objects.values_list("pk", "version", "status")) for model in (Part, Recommendation)]
    return [*((model.__name__, model._base_manager.count()) for model in counted), *versions]


def ask(client: Client, verb: str, url: str, body: dict) -> tuple[str, set[str]]:
    """The answer in the words of the table, and the tables written to. Only what was allowed is undone."""
    with transaction.atomic(), written() as tables:
        response = getattr(client, verb)(url, body if verb == "post" else None)
        if response.streaming:
            b"".join(response.streaming_content)
        to_sign_in = response.status_code == 302 and response["Location"].startswith(f"{reverse('account_login')}?")
        answer = "in" if to_sign_in else str(response.status_code)
        transaction.set_rollback(answer not in REFUSALS)
    return answer, tables


def verbs(method: str, short: str, answers: dict[str, str]) -> tuple[str, ...]:
    """The verbs to ask with; HEAD, which is GET without its text, once for each answer."""
    first = next(person for person, answer in answers.items() if answer == answers[short])
    return METHODS[method] if method != "GET" or short == first else ("get",)


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
        before = digest()
        for method in filter(TYPED[route, about].get, METHODS):
            answers = TYPED[route, about][method]
            for short, answer in answers.items():
                body = body_for(route, about, address, cast.get(short))
                for verb in verbs(method, short, answers):
                    given, tables = ask(clients[short], verb, reverse(route, kwargs=address), body)
                    yield from (f"{about} {fault}" for fault in faults(short, verb, (given, answer), tables))
        if digest() != before:
            yield f"{about}: a refusal changed the database"
        transaction.set_rollback(True)


@pytest.mark.parametrize("route", sorted({route for route, _ in TYPED}))
def test_each_route_answers_as_typed_and_refusals_change_nothing(cast, route):
    cache.clear()
    clients = {short: client_of(short, cast) for short in routes.PEOPLE}
    wrong = [fault for name, about in TYPED if name == route for fault in faults_about(route, about, cast, clients)]
    assert wrong == []
