"""Every form that writes, sent twice: the second time nothing more is done, and the answer is the same."""

import re

import pytest
from django.apps import apps
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.urls import reverse

from krscp.forms.careful import WritingForm
from krscp.forms.fields import Form
from tests.permissions.bodies import body_for
from tests.permissions.scenes import scene
from tests.permissions.test_permissions import TYPED, cast, client_of
from tests.test_architecture import templates
from tests.walls import ROOMS

people = cast  # the fixture
# Routes whose answer to a form that is sent twice is not ours to give, or which store nothing.
EXEMPT = {
    "account_login": "the sign-in of the package",
    "account_logout": "signed out twice is signed out",
    "account_change_password": "the package's; the second time the old password is wrong",
    "account_reset_password": "the package's; it counts how often a link is asked for",
    "account_reset_password_from_key": "the package's; its link works once",
    "import": "stores nothing before its last step, whose token the report keeps (test_import_pages)",
    "import_rows": "stores nothing",
    "kept": "what is thrown away twice is gone",
}


def saved_by(table: dict) -> list[tuple[str, str, str]]:
    """(route, what about, the first person whose form is saved) for each line of the table."""
    return [
        (route, about, next(short for short, answer in answers["POST"].items() if answer == "302"))
        for (route, about), answers in table.items()
        if route not in EXEMPT and "302" in answers.get("POST", {}).values()
    ]


def everything() -> dict[str, list]:
    """Every row of every table, but who is signed in."""
    models = [model for model in apps.get_models(include_auto_created=True) if model is not Session]
    return {model._meta.label: sorted(map(as_text, model._base_manager.values_list())) for model in models}


def as_text(row: tuple) -> str:
    """PostgreSQL gives a file as a view of its bytes."""
    return repr([bytes(one) if isinstance(one, memoryview) else one for one in row])


def answer(client, url: str, body: dict) -> tuple:
    """Where a form leads and what the banner there says."""
    for value in body.values():
        if hasattr(value, "seek"):
            value.seek(0)
    got = client.post(url, body)
    said = [str(one) for one in get_messages(got.wsgi_request)._queued_messages]
    return got.status_code, got.headers.get("Location"), said


@pytest.mark.django_db
@pytest.mark.parametrize(("route", "about", "short"), saved_by(TYPED))
def test_a_form_sent_twice_does_its_thing_once_and_answers_the_same(route, about, short, people):
    cache.clear()
    address = scene(route, about, people)
    url, body = reverse(route, kwargs=address), body_for(route, about, address, people[short])
    client = client_of(short, people)
    first, done = answer(client, url, body), everything()
    assert first[0] == 302
    assert answer(client, url, body) == first
    assert everything() == done


@pytest.mark.django_db
def test_every_route_that_saves_is_sent_twice_or_named_with_a_reason():
    saving = {route for (route, _), how in TYPED.items() if {"200", "302", "409"} & set(how.get("POST", {}).values())}
    assert saving - {route for route, _, _ in saved_by(TYPED)} == set(EXEMPT)


@pytest.mark.django_db
def test_the_same_form_of_somebody_else_is_another_form(people):
    address = scene("end_appointment", "lay", people)
    url, body = reverse("end_appointment", kwargs=address), body_for("end_appointment", "lay", address, None)
    assert answer(client_of("manager", people), url, body)[0] == 302
    assert answer(client_of("lay", people), url, body)[0] == 403


# Pages and forms.

# Pages whose form to send needs no token of its own.
PAGES_WITHOUT = {
    "templates/components/header.html": "sign-out",
    **dict.fromkeys(
        [f"templates/account/{page}.html" for page in
         ("login", "logout", "password_change", "password_reset", "password_reset_from_key")],
        "the package's own",
    ),
    "templates/subgroups/accounts/unsent.html": "one sends on what was typed, with its token; the other throws it away",
    "templates/recommendations/importing/rows.html": "stores nothing",
    "templates/recommendations/importing/match.html": "stores nothing",
    "templates/recommendations/reviews/returns/fill.html": "a draft is saved over its row's version, so twice is once",
    "templates/recommendations/reviews/returns/upload.html": "stores nothing",
}  # fmt: skip
FORM = re.compile(r'<form\b[^>]*method="post".*?</form>', re.DOTALL)
TOKENS = ("{% form_token %}", "{{ form }}", "form.hidden_fields", 'name="token"', "_clash_fields.html", "in hidden %}")


def test_every_page_that_sends_a_form_sends_a_token_with_it():
    without = {
        path for text, path in templates() for form in FORM.findall(text) if not any(one in form for one in TOKENS)
    }
    assert without - set(PAGES_WITHOUT) == set()
    assert set(PAGES_WITHOUT) - {path for text, path in templates() if FORM.search(text)} == set()


# Forms that ask for something to show, or whose page adds the token.
FORMS_WITHOUT = {
    "CompareForm": "asks what to compare with", "DayForm": "asks for a day",
    "CompareDaysForm": "asks which days to compare",
    "EntryForm": "a row of a page that carries the token", "MatchForm": "stores nothing",
    "UploadForm": "stores nothing", "WorkbookForm": "stores nothing",
    "InviteForm": "its page adds the token", "EndForm": "its page adds the token",
    "PlainForm": "the base of those", "CarefulForm": "the base of those that look for personal details",
    "DraftsForm": "a draft is saved over its row’s version, so twice is once",
    "PreviewForm": "its page adds the token", "SettledForm": "its page carries the token of the report",
}  # fmt: skip


def below(form: type) -> set[type]:
    return {form}.union(*(below(one) for one in form.__subclasses__()))


def test_every_form_that_writes_carries_a_token():
    ours = {form for form in below(Form) - {Form} if form.__module__.split(".")[0] in ROOMS}
    bare = {form.__name__ for form in ours if not issubclass(form, WritingForm)}
    assert bare - set(FORMS_WITHOUT) == set()
