"""Limits on tries: they stop who guesses, and nobody else; behind a proxy they count for whoever it was asked by."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client, RequestFactory

from subgroups.accounts.adapter import InvitationOnly
from tests.factories import PASSWORD, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def behind_one_proxy(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    cache.clear()


def from_address(address: str | None) -> dict:
    return {} if address is None else {"headers": {"x-forwarded-for": address}}


def signs_in(email: str, password: str = PASSWORD, address: str | None = "192.0.2.1") -> bool:
    answer = Client().post("/sign-in/", {"login": email, "password": password}, **from_address(address))
    return answer.status_code == 302


def ask_for_reset(email: str, address: str) -> int:
    return Client().post("/password/reset/", {"email": email}, **from_address(address)).status_code


def test_one_who_guesses_behind_the_proxy_shuts_out_no_colleague(vca_cochair1):
    for number in range(70):
        assert not signs_in(f"guess{number}@people.example", "a wrong password", "198.51.100.7")
    assert not signs_in(vca_cochair1.email, address="198.51.100.7"), "that address has to wait"
    assert signs_in(vca_cochair1.email, address="192.0.2.1")


def test_one_who_asks_for_many_resets_shuts_out_no_colleague(vca_cochair1):
    asked = [ask_for_reset(f"guess{number}@people.example", "198.51.100.7") for number in range(25)]
    assert asked.count(429) == 5
    assert ask_for_reset(vca_cochair1.email, "192.0.2.1") == 302


@pytest.mark.parametrize("claimed", ["10.0.0.{}, 198.51.100.7", "10.0.0.{},10.1.1.1,198.51.100.7", "x{},198.51.100.7"])
def test_a_forged_address_before_that_of_the_proxy_is_no_way_round(vca_cochair1, claimed):
    for number in range(60):
        signs_in(f"guess{number}@people.example", "a wrong password", claimed.format(number))
    assert not signs_in(vca_cochair1.email, address=claimed.format(99))


@pytest.mark.parametrize(("proxies", "claimed"), [(0, "10.0.0.{}"), (2, "10.0.0.{}"), (1, "no address {}")])
def test_who_did_not_pass_all_proxies_counts_for_the_nearest_whatever_they_claim(settings, proxies, claimed):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    asked = [RequestFactory().get("/", headers={"x-forwarded-for": claimed.format(number)}) for number in range(3)]
    assert {InvitationOnly().get_client_ip(request) for request in asked} == {"127.0.0.1"}


def test_the_right_password_on_try_11_is_refused_in_words(vca_cochair1):
    for number in range(10):
        assert not signs_in(vca_cochair1.email, "a wrong password", f"192.0.2.{number}")
    answer = Client().post("/sign-in/", {"login": vca_cochair1.email, "password": PASSWORD})
    assert "Too many tries. Wait 5 minutes and try again, or ask for a new password" in answer.content.decode()


def test_ten_wrong_tries_for_one_account_keep_no_colleague_at_the_same_address_out(vca_cochair1, vca_cochair2):
    for _ in range(10):
        signs_in(vca_cochair1.email, "a wrong password")
    assert not signs_in(vca_cochair1.email)
    assert signs_in(vca_cochair2.email)


def test_however_many_sign_in_from_one_address_nobody_is_kept_out(vca_cochair1):
    assert all(signs_in(vca_cochair1.email) for _ in range(75))


def test_signing_in_does_not_wipe_the_wrong_tries_before_it(vca_cochair1):
    for _ in range(9):
        signs_in(vca_cochair1.email, "a wrong password")
    assert signs_in(vca_cochair1.email)
    assert not signs_in(vca_cochair1.email, "a wrong password")
    assert not signs_in(vca_cochair1.email)


def test_a_try_that_was_never_looked_at_does_not_count_for_the_account(vca_cochair1):
    for number in range(60):
        signs_in(f"guess{number}@people.example", "a wrong password", "198.51.100.7")
    for _ in range(12):
        assert not signs_in(vca_cochair1.email, address="198.51.100.7")
    assert signs_in(vca_cochair1.email)


def test_who_sets_a_new_password_by_mail_gets_in_at_once():
    person = make_person("lay-member-1", email="locked@people.example")
    for _ in range(10):
        signs_in(person.email, "a wrong password")
    client, new = Client(), "another long password here"
    client.post("/password/reset/", {"email": person.email})
    link = re.search(r"https?://[^/]+(/password/reset/\S+)", mail.outbox[-1].body)[1]
    form = client.get(link, follow=True).redirect_chain[-1][0]
    assert client.post(form, {"password1": new, "password2": new}).status_code == 302
    assert signs_in(person.email, new)


def test_the_page_that_says_wait_is_ours_and_says_what_to_do(vca_cochair1):
    for number in range(20):
        ask_for_reset(f"guess{number}@people.example", "198.51.100.7")
    answer = Client().post("/password/reset/", {"email": vca_cochair1.email}, **from_address("198.51.100.7"))
    words = answer.content.decode()
    assert answer.status_code == 429
    assert "Wait a minute, then try again" in words
    assert "govuk-template" in words
