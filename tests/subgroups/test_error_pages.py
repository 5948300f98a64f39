"""Pages for what went wrong: the menu where it works, and never a link that leads back to the same failure."""

import pytest
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import OperationalError
from django.test import Client

from recommendations.home import views
from tests.pages import words

pytestmark = pytest.mark.django_db
MENU = 'aria-label="Menu"'


@pytest.fixture
def client(sign_in, manager):
    client = sign_in(manager)
    client.raise_request_exception = False
    return client


def failing(monkeypatch, error: Exception) -> None:
    """Home fails."""

    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr(views, "render", fail)


def test_a_page_that_fails_keeps_the_menu_but_for_itself(client, monkeypatch):
    failing(monkeypatch, RuntimeError("secret"))
    answer = client.get("/")
    markup = answer.content.decode()
    assert answer.status_code == 500
    assert "Sorry, there is a problem" in words(markup)
    assert "secret" not in markup
    assert MENU in markup
    assert 'href="/reviews/"' in markup
    assert 'href="/"' not in markup


def test_where_the_menu_fails_too_a_plain_page_links_nowhere(client, monkeypatch):
    def fail(request):
        raise OperationalError("gone")

    failing(monkeypatch, OperationalError("gone"))
    monkeypatch.setattr("subgroups.errors.page", fail)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "<a " not in answer.content.decode()


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (RequestDataTooBig("big"), 413, "This is too large to send at once"),
        (TooManyFieldsSent("many"), 413, "This is too large to send at once"),
    ],
)
def test_what_is_too_large_is_told_with_the_menu(client, monkeypatch, error, status, says):
    failing(monkeypatch, error)
    answer = client.get("/")
    assert answer.status_code == status
    assert says in words(answer.content.decode())
    assert MENU in answer.content.decode()


def test_a_way_that_is_not_allowed_is_told_with_the_menu(client):
    answer = client.post("/")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"
    assert "This address cannot be opened like that" in words(answer.content.decode())
    assert MENU in answer.content.decode()


def test_a_page_that_is_not_there_keeps_the_menu(client):
    answer = client.get("/no/such/page/at/all/")
    assert answer.status_code == 404
    assert MENU in answer.content.decode()


def test_a_forged_form_is_refused_with_the_menu(manager):
    client = Client(enforce_csrf_checks=True)
    client.force_login(manager, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post("/people/invite/", {"email": "new@people.example"})
    assert answer.status_code == 403
    assert "Your page had expired" in words(answer.content.decode())
    assert MENU in answer.content.decode()


def test_a_visitor_sees_those_pages_too_without_a_menu():
    markup = Client().post("/privacy/").content.decode()
    assert "This address cannot be opened like that" in words(markup)
    assert MENU not in markup
    assert 'href="/"' in markup


def test_asked_by_a_wrong_name_no_link_is_offered():
    answer = Client(headers={"host": "elsewhere.example"}).get("/sign-in/")
    assert answer.status_code == 400
    assert "<a " not in answer.content.decode()


def test_who_holds_no_post_is_offered_no_link_to_the_same_refusal(sign_in, nobody):
    answer = sign_in(nobody).get("/")
    assert answer.status_code == 403
    assert 'href="/"' not in answer.content.decode()
