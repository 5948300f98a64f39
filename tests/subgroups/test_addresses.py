"""Email addresses in one normal form: what people read as the same address never makes two accounts."""

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from krscp.addresses import OddAddress, normal_address
from subgroups.models import Post, User
from tests.form_data import filled_in
from tests.pages import words

ODD = [
    ("\u0430nn@people.example", "“а”, cyrillic small letter a"),
    ("ａnn@people.example", "“ａ”, fullwidth latin small letter a"),
    ("ann@peоple.example", "“о”, cyrillic small letter o"),
    ("ann@ｐeople.example", "“ｐ”, fullwidth latin small letter p"),
    ("ann@münchen.example", "“ü”, latin small letter u with diaeresis"),
    ("anne\u0301@people.example", "holds combining acute accent"),
    ("an\u212a@people.example", "kelvin sign"),
    ("an\u017f@people.example", "“ſ”, latin small letter long s"),
    ("ann\u200b@people.example", "zero width space"),
]


@pytest.mark.parametrize(("address", "named"), ODD)
def test_a_character_that_looks_like_another_is_named(address, named):
    with pytest.raises(OddAddress, match=named):
        normal_address(address)


def test_case_and_blanks_around_an_address_make_no_other_one():
    assert normal_address("  Ann@People.Example ") == "ann@people.example"


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "named"), ODD)
def test_an_invitation_to_an_odd_address_is_refused_in_words_and_kept_as_typed(address, named, manager, sign_in):
    client, before = sign_in(manager), User.objects.count()
    post = Post.objects.get(slug="lay-member-2").pk
    answer = client.post("/people/invite/", filled_in(client.get("/people/invite/")) | {
        "email": address, "name": "Ann", "post": post})  # fmt: skip
    assert answer.status_code == 200
    assert named in words(answer.content.decode())
    assert filled_in(answer)["email"] == address
    assert User.objects.count() == before


@pytest.mark.django_db
def test_the_command_refuses_an_odd_address_too():
    with pytest.raises(CommandError, match="cyrillic small letter a"):
        call_command("invite", "\u0430nn@people.example", "--post", "manager")


@pytest.mark.django_db
def test_no_account_is_made_with_an_odd_address_by_any_way():
    with pytest.raises(OddAddress):
        User.objects.create_user(email="\u0430nn@people.example", name="Ann")


@pytest.mark.django_db
def test_a_link_to_choose_a_password_goes_to_no_address_that_only_looks_the_same(manager, client):
    answer = client.post("/password/reset/", {"email": manager.email.replace("p", "ｐ")})
    assert "fullwidth latin small letter p" in words(answer.content.decode())
    assert mail.outbox == []
