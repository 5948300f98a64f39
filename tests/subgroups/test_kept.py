"""What was typed when a session had ended comes back through a new sign-in: encrypted, an hour, the same person."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from recommendations.models import Update
from tests.factories import PASSWORD, review_in, say, the_part
from tests.form_data import filled_in
from tests.pages import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
UPDATE = "/isr-2021/25/update/"
TEXT = "The brief is “agreed” & <signed>\n\nby both"
TYPED = {"status": "on_track", "what_happened": TEXT, "what_next": "Draw it", "next_date_day": "30",
         "next_date_month": "6", "next_date_year": "2026"}  # fmt: skip


def sign_in_at(client: Client, person, address: str = "/sign-in/?next=/kept/"):
    return client.post(address, {"login": person.email, "password": PASSWORD, "next": "/kept/"})


@pytest.fixture
def travelled():
    with time_machine.travel(NOON, tick=False) as travelling:
        yield travelling


@pytest.fixture
def idle(travelled, vca_cochair1):
    """A co-chair who wrote for more than half an hour, then sent the form."""
    client = Client()
    sign_in_at(client, vca_cochair1)
    data = filled_in(client.get(UPDATE)) | TYPED
    travelled.shift(dt.timedelta(minutes=31))
    answer = client.post(UPDATE, data)
    assert answer["Location"] == "/sign-in/?next=/kept/"
    return client


def going_on(client: Client) -> dict[str, str]:
    """What the button of the page sends on."""
    return filled_in(client.get("/kept/"))


def test_what_was_typed_is_saved_after_a_new_sign_in(idle, vca_cochair1):
    assert "What you typed is kept for an hour" in read(idle, "/sign-in/?next=/kept/")
    assert sign_in_at(idle, vca_cochair1)["Location"] == "/kept/"
    assert "You were signed out before this was saved" in read(idle, "/kept/")
    assert Update.objects.count() == 0
    assert idle.post(UPDATE, going_on(idle))["Location"] == "/isr-2021/25/"
    assert Update.objects.get().what_happened == TEXT
    assert "Nothing is kept for you" in read(idle, "/kept/")


def test_it_is_kept_for_the_same_person_only(idle, vca_cochair2):
    sign_in_at(idle, vca_cochair2)
    shown = read(idle, "/kept/")
    assert "Nothing is kept for you" in shown
    assert "brief" not in shown


def test_it_is_kept_for_an_hour(idle, vca_cochair1, travelled):
    travelled.shift(dt.timedelta(minutes=61))
    sign_in_at(idle, vca_cochair1)
    assert "Nothing is kept for you" in read(idle, "/kept/")


def test_it_is_kept_when_the_page_stood_open_over_night(travelled, vca_cochair1):
    client = Client()
    sign_in_at(client, vca_cochair1)
    data = filled_in(client.get(UPDATE)) | TYPED
    travelled.shift(dt.timedelta(hours=15))
    assert client.post(UPDATE, data)["Location"] == "/sign-in/?next=/kept/"
    sign_in_at(client, vca_cochair1)
    assert "The brief is “agreed”" in read(client, "/kept/")


def test_nobody_can_read_it_where_sessions_are_stored(idle):
    stored = [row.get_decoded() for row in Session.objects.all()]
    assert any("kept" in data for data in stored)
    assert "brief" not in str(stored)


def test_it_can_be_thrown_away(idle, vca_cochair1):
    sign_in_at(idle, vca_cochair1)
    assert idle.post("/kept/")["Location"] == "/"
    assert "Nothing is kept for you" in read(idle, "/kept/")


def test_what_was_typed_is_kept_when_its_writer_signed_out_in_another_tab(travelled, vca_cochair1):
    client = Client()
    sign_in_at(client, vca_cochair1)
    data = filled_in(client.get(UPDATE)) | TYPED
    client.post("/sign-out/")
    assert client.post(UPDATE, data)["Location"] == "/sign-in/?next=/kept/"
    assert "You were signed out before what you typed was saved" in read(client, "/sign-in/?next=/kept/")
    sign_in_at(client, vca_cochair1)
    assert client.post(UPDATE, going_on(client))["Location"] == "/isr-2021/25/"
    assert Update.objects.get().what_happened == TEXT


def test_what_was_typed_before_signing_out_is_not_shown_to_who_signs_in_next(vca_cochair1, vca_cochair2):
    client = Client()
    sign_in_at(client, vca_cochair1)
    client.post("/sign-out/")
    client.post(UPDATE, TYPED)
    sign_in_at(client, vca_cochair2)
    assert "Nothing is kept for you" in read(client, "/kept/")


def test_nothing_is_kept_of_somebody_who_never_signed_in():
    visitor = Client()
    assert visitor.post(UPDATE, TYPED)["Location"].startswith(f"/sign-in/?next={UPDATE}")
    assert "kept" not in visitor.session


def test_a_forged_form_is_not_kept(travelled, vca_cochair1):
    client = Client(enforce_csrf_checks=True)
    client.force_login(vca_cochair1, backend="allauth.account.auth_backends.AuthenticationBackend")
    travelled.shift(dt.timedelta(minutes=31))
    assert client.post(UPDATE, TYPED | {"token": str(uuid.uuid4())}).status_code == 403
    assert "kept" not in client.session


@pytest.mark.parametrize(("origin", "shown"), [("http://testserver", True), ("https://elsewhere.example", False)])
def test_a_page_older_than_the_last_sign_in_gives_back_what_was_typed_on_it(vca_cochair1, origin, shown):
    client = Client(enforce_csrf_checks=True)
    client.force_login(vca_cochair1, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post(UPDATE, TYPED, headers={"Origin": origin})
    assert answer.status_code == 403
    assert ("The brief is “agreed”" in answer.content.decode()) is shown


def test_signing_out_of_an_ended_session_keeps_nothing(travelled, vca_cochair1):
    client = Client()
    sign_in_at(client, vca_cochair1)
    travelled.shift(dt.timedelta(minutes=31))
    client.post("/sign-out/")
    assert "kept" not in client.session


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(idle, vca_cochair1, vca_cochair2):
    say(the_part("25"), vca_cochair2, what_happened="Theirs came first")
    sign_in_at(idle, vca_cochair1)
    answer = idle.post(UPDATE, going_on(idle))
    assert answer.status_code == 409
    assert "Theirs came first" in answer.content.decode()
    assert "The brief is" in answer.content.decode()


def test_a_return_in_the_middle_of_writing_is_kept_and_saved(travelled, vca_cochair1, manager):
    wanted = review_in("collecting", manager).returns.get(body__slug="vca")
    place, row = wanted.get_absolute_url(), f"row-{the_part('25').pk}"
    client = Client()
    sign_in_at(client, vca_cochair1)
    typed = {f"{row}-status": "on_track", f"{row}-what_happened": "Half of it is read", "do": "save"}
    data = filled_in(client.get(place)) | typed
    travelled.shift(dt.timedelta(minutes=40))
    assert client.post(place, data)["Location"] == "/sign-in/?next=/kept/"
    sign_in_at(client, vca_cochair1)
    assert "Half of it is read" in read(client, "/kept/")
    assert client.post(place, going_on(client))["Location"] == place
    assert wanted.answers.get(part=the_part("25")).given["what_happened"] == "Half of it is read"
