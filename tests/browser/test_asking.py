"""Asking the SLG, confirming a co-chair's proposal, an addendum, and typing kept over a new sign-in."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session

from recommendations.domain.kinds import DecisionKind
from tests.conftest import cast_member
from tests.factories import PASSWORD, decide, propose, the_part

SIZES = pytest.mark.parametrize(("size", "javascript"), [("wide", True), ("phone", False)])


@SIZES
def test_a_cochair_asks_and_a_member_answers(visit, size, javascript):
    chair = visit("vca_cochair1", size, javascript).open("/isr-2021/25/escalate/").is_sound()
    chair.press("Ask the SLG").sees("Enter what you need the SLG to do").is_sound()
    chair.fill(ask="Lend us an analyst").press("Ask the SLG").sees("What happens next").is_sound()
    chair.open("/isr-2021/25/escalate/").sees("You already asked").is_sound()
    member = visit("slg_member", size, javascript).sees("Lend us an analyst").is_sound()
    member.open("/isr-2021/25/decide/answer/").sees("Lend us an analyst").is_sound()
    member.fill(wording="One is lent for a month").press("Save decision").sees("One is lent for a month")


@SIZES
def test_the_other_cochair_objects_and_an_addendum_is_added(visit, size, javascript):
    one = visit("vca_cochair1", size, javascript)
    propose(the_part("25"), cast_member("vca_cochair1"))
    one.open("/isr-2021/25/").sees("Not yet confirmed")
    two = visit("vca_cochair2", size, javascript).sees("do you agree?").is_sound()
    two.click("Confirm").sees("It was done").is_sound()
    two.choose("answer", "no").press("Save answer").sees("Enter why you object").is_sound()
    two.fill(reason="Two schools are missing").press("Save answer").sees("Your objection is recorded")
    one.open("/isr-2021/25/").sees("Two schools are missing").is_sound()
    chair = cast_member("slg_chair")
    decision = decide(the_part("25"), chair, DecisionKind.AGREE_DATE, agreed_date=dt.date(2040, 1, 31))
    member = visit("slg_member", size, javascript).open(f"/decisions/{decision.pk}/addendum/").is_sound()
    member.press("Save addendum").sees("There is a problem").is_sound()
    member.fill(wording="For Kingston alone").press("Save addendum").sees("For Kingston alone", "an earlier decision")


@SIZES
def test_what_was_typed_in_an_ended_session_is_saved_after_a_new_sign_in(visit, size, javascript):
    chair = visit("vca_cochair1", size, javascript).open("/isr-2021/25/escalate/").fill(ask="Lend us an analyst")
    end_sessions()
    chair.press("Ask the SLG").sees("What you typed is kept for an hour").is_sound()
    chair.fill(login="vca_cochair1@people.example", password=PASSWORD)
    chair.page.press("[name=password]", "Enter")
    chair.sees("You were signed out before this was saved", "Lend us an analyst").is_sound()
    chair.press("Go on with what I typed").sees("Sent to the SLG", "Lend us an analyst")


def end_sessions() -> None:
    """As if nothing had happened for longer than a session lasts."""
    Session.objects.update(expire_date=dt.datetime(2021, 1, 1, tzinfo=dt.UTC))
