"""Where nothing can be stored, a page says so and gives back what was typed; a NUL fails nowhere."""

import errno
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from krscp.failures import cannot_store
from recommendations.models import Update
from subgroups.models import User
from tests.factories import PASSWORD
from tests.pages import words
from tests.permissions.bodies import body_for
from tests.permissions.scenes import scene
from tests.permissions.test_permissions import TYPED, cast
from tests.recommendations.tracking.test_writing_pages import GOOD, UPDATE, sent

people = cast  # the fixture


@contextmanager
def reading_only():
    """The database takes nothing while the block runs."""
    on_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON" if on_sqlite else "SET default_transaction_read_only = on")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = OFF" if on_sqlite else "SET default_transaction_read_only = off")


@contextmanager
def a_full_disk():
    """SQLite's own limit, which it reports as it reports a full disk."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")


def client_of(person: User) -> Client:
    """A browser that shows what a visitor sees, also where the tracker fails."""
    client = Client(raise_request_exception=False)
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def is_said(answer, *shown: str) -> bool:
    text = words(answer.content.decode())
    return answer.status_code == 503 and all(one in text for one in ("Nothing can be saved at the moment", *shown))


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("loaded")
class TestADatabaseThatTakesNothing:
    def test_what_is_sent_is_answered_with_what_was_typed(self, vca_cochair1):
        client = client_of(vca_cochair1)
        form = sent(client, UPDATE, **GOOD)
        with reading_only():
            answer = client.post(UPDATE, form)
        assert is_said(answer, "What you were doing just now was not saved", "The brief is agreed")
        assert Update.objects.count() == 0
        assert client.post(UPDATE, form).status_code == 302

    def test_pages_are_read_on(self, vca_cochair1):
        client = client_of(vca_cochair1)
        session = client.session
        session["seen"] -= 120  # so that the next page would write that the person is here
        session.save()
        with reading_only():
            answer = client.get("/isr-2021/25/")
        assert answer.status_code == 200

    def test_a_file_whose_taking_cannot_be_logged_is_not_given(self, vca_cochair1):
        client = client_of(vca_cochair1)
        with reading_only():
            answer = client.get("/recommendations/export/csv/")
        assert is_said(answer)
        assert "was not saved" not in words(answer.content.decode())

    def test_signing_in_and_out_say_it_too_and_show_no_password(self, vca_cochair1):
        cache.clear()
        body, client = {"login": vca_cochair1.email, "password": PASSWORD}, client_of(vca_cochair1)
        with reading_only():
            into = Client(raise_request_exception=False).post("/sign-in/", body)
            out = client.post("/sign-out/")
        assert is_said(into)
        assert PASSWORD not in into.content.decode()
        assert is_said(out)

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite has a limit that can be set")
    def test_a_full_disk_is_said_as_well(self, vca_cochair1):
        client = client_of(vca_cochair1)
        long = GOOD | {"what_happened": "The brief is agreed. " * 45}
        with a_full_disk():
            answers = (client.post(UPDATE, sent(client, UPDATE, **long)) for _ in range(100))
            answer = next(one for one in answers if one.status_code != 302)
        assert is_said(answer, "The brief is agreed")


@pytest.mark.django_db
def test_an_upload_that_the_disk_does_not_take_is_said(manager, monkeypatch):
    def full(handler, *args):
        handler.file.close()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", full)
    monkeypatch.setattr(settings, "FILE_UPLOAD_MAX_MEMORY_SIZE", 1)
    file = SimpleUploadedFile("report.md", b"Recommendation 1: The SLG decides.")
    answer = client_of(manager).post("/import/", {"file": file, "title": "A long report", "code": "x"})
    assert is_said(answer)


def test_other_failures_stay_what_they_are():
    assert not cannot_store(None)
    assert not cannot_store(OSError(errno.ECONNREFUSED, "refused"))
    looped = ValueError()
    looped.__cause__ = looped
    assert not cannot_store(looped)


@pytest.mark.django_db
def test_a_fault_of_ours_is_still_a_fault(vca_cochair1, monkeypatch):
    def broken(*args, **told):
        raise ZeroDivisionError

    monkeypatch.setattr("recommendations.tracking.views.pages.render", broken)
    answer = client_of(vca_cochair1).get("/isr-2021/25/")
    assert answer.status_code == 500
    assert "Sorry, there is a problem" in answer.content.decode()


# A NUL, which PostgreSQL stores in no text.

ASKED = sorted({(route, about) for (route, about), how in TYPED.items() if about != "missing"})


@pytest.mark.django_db
@pytest.mark.parametrize(("route", "about"), ASKED)
def test_a_nul_fails_nowhere(route, about, people):
    cache.clear()
    address = scene(route, about, people)
    url, body = reverse(route, kwargs=address), body_for(route, about, address, people["manager"])
    spoiled = {name: f"\0{value}\0" if isinstance(value, str) else value for name, value in body.items()}
    client = client_of(people["manager"])
    names = ("q", "status", "compare", "of", "day_day", "from", "page", "next", "owner", "a\0")
    for asked in ({name: "a\0b"} for name in names):
        with transaction.atomic():
            assert client.get(url, asked).status_code == 400
    with transaction.atomic():
        assert client.post(url, spoiled | {"a\0": "b"}).status_code < 500
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("name", [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "other"])
def test_a_cookie_with_a_nul_is_no_cookie(name, vca_cochair1):
    client = client_of(vca_cochair1)
    answer = client.get("/", headers={"cookie": f'{client.cookies.output(header="")}; {name}="a\\000b"'})
    assert answer.status_code in (200, 302)
    again = Client(raise_request_exception=False)
    again.cookies[name] = "a\0b"
    assert again.get("/").status_code == 302
    assert again.post("/sign-in/", {"login": "a\0@people.example", "password": "\0" * 12}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/\0/", "/isr-2021/\0/", "/static/a\0", "/people/1\0/end/", "/as-at/2026-01-01\0/"])
def test_an_address_with_a_nul_is_refused_in_words(path, vca_cochair1):
    answer = client_of(vca_cochair1).get(path.replace("\0", "%00"))
    assert answer.status_code == 400
    assert "This address cannot be read" in answer.content.decode()


@pytest.mark.django_db
def test_a_header_or_the_name_of_a_file_with_a_nul_fails_nothing(manager):
    client = client_of(manager)
    for header in ("User-Agent", "X-Forwarded-For", "Referer", "Accept-Language"):
        assert client.get("/", headers={header: "a\0b"}).status_code == 200
    file = SimpleUploadedFile("report.md", b"Recommendation 1: The SLG decides.")
    file.name = "re\0port.md"
    answer = client.post("/import/", {"file": file, "code": "a", "published": "2026"})
    assert answer.status_code == 200
