"""Asking the SLG and its answer; what a co-chair says of a proposed completion; addenda to decisions."""

import datetime as dt
import uuid

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from krscp import clock
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status, WorkflowError
from recommendations.models import Confirmation, Decision, Escalation
from recommendations.services.claims import EditClash
from recommendations.services.escalations import confirm, escalate, proposal_of
from recommendations.services.updates import withdraw
from recommendations.state.rows import read_state
from recommendations.state.source import Source
from tests.factories import decide, make_person, propose, review_in, say, the_part
from tests.form_data import filled_in
from tests.pages import page, read, section
from tests.recommendations.conftest import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]
ASK = "/isr-2021/25/escalate/"


def ask(part, by, words="Lend us an analyst", **given) -> Escalation:
    given = {"by_when": None, "otherwise": "", "token": uuid.uuid4()} | given
    return escalate(part=part, ask=words, by=by, **given)


def too_late(**told):
    raise EditClash(told["proposal"].part)


# Asking.


def test_a_cochair_asks_and_an_slg_member_answers_from_home(sign_in, vca_cochair1, slg_member):
    client = sign_in(vca_cochair1)
    when = {"by_when_day": "30", "by_when_month": "4", "by_when_year": "2026"}
    data = filled_in(client.get(ASK)) | {"ask": "Lend us an analyst", "otherwise": "The audit waits"} | when
    assert client.post(ASK, data)["Location"] == f"{ASK}?sent"
    assert "What happens next" in read(client, f"{ASK}?sent")
    member = sign_in(slg_member)
    assert "Lend us an analyst" in section(member, "/", "decisions")
    place = "/isr-2021/25/decide/answer/"
    assert "Needed by 30 April 2026" in read(member, place)
    answer = filled_in(member.get(place)) | {"wording": "An analyst is lent for a month"}
    assert member.post(place, answer)["Location"] == "/isr-2021/25/"
    assert "An analyst is lent for a month" in section(client, "/isr-2021/25/", "latest")
    assert "Lend us an analyst" not in section(member, "/", "decisions")
    assert Decision.objects.get().answers == Escalation.objects.get()


def test_the_page_says_what_is_asked_already_and_a_new_ask_takes_its_place(sign_in, vca_cochair1):
    ask(the_part("25"), vca_cochair1)
    assert "You already asked on 2 March 2026" in read(sign_in(vca_cochair1), ASK)
    second = ask(the_part("25"), vca_cochair1, "Lend us two")
    assert list(Escalation.objects.open()) == [second]
    assert second.follows is not None


def test_an_ask_stands_again_when_the_one_that_took_its_place_is_taken_back(sign_in, slg_member, vca_cochair1):
    first = ask(the_part("25"), vca_cochair1)
    with clock.at(NOW + dt.timedelta(hours=1)):
        slipped = say(the_part("25"), vca_cochair1, Status.OFF_TRACK, ask_of_slg="Lend us two")
        assert "Lend us an analyst" not in section(sign_in(slg_member), "/", "decisions")
        withdraw(update=slipped, by=vca_cochair1)
        assert list(Escalation.objects.open()) == [first]
        assert "Lend us an analyst" in section(sign_in(slg_member), "/", "decisions")
    with clock.at(NOW + dt.timedelta(hours=2)):
        third = ask(the_part("25"), vca_cochair1, "Lend us three")
        assert list(Escalation.objects.open()) == [third]
    for minutes, told in ((90, "Lend us an analyst"), (150, "Lend us three")):
        then = read_state(Source(TODAY, NOW + dt.timedelta(minutes=minutes)))
        assert [row.asked.words for row in then.parts if row.asked is not None] == [told]


def test_an_ask_over_one_that_its_writer_has_not_seen_is_told_of_it_first(sign_in, vca_cochair1, vca_cochair2):
    client = sign_in(vca_cochair1)
    data = filled_in(client.get(ASK)) | {"ask": "Lend us an analyst"}
    first = ask(the_part("25"), vca_cochair2, "Pay for the venue")
    answer = client.post(ASK, data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Something was asked meanwhile" in page
    assert "Pay for the venue" in page
    assert ">\nLend us an analyst</textarea>" in page
    assert list(Escalation.objects.open()) == [first]
    assert client.post(ASK, filled_in(answer))["Location"] == f"{ASK}?sent"
    assert [one.ask for one in Escalation.objects.open()] == ["Lend us an analyst"]


def test_what_lapsed_does_not_come_back_beside_a_later_ask(vca_cochair1):
    say(the_part("25"), vca_cochair1, Status.OFF_TRACK, ask_of_slg="Lend us an analyst")
    say(the_part("25"), vca_cochair1, Status.ON_TRACK)
    later = ask(the_part("25"), vca_cochair1, "Lend us two")
    say(the_part("25"), vca_cochair1, Status.AT_RISK)
    assert list(Escalation.objects.open()) == [later]


def test_the_same_ask_sent_twice_is_one(vca_cochair1):
    token = uuid.uuid4()
    for _ in range(2):
        ask(the_part("25"), vca_cochair1, token=token)
    assert Escalation.objects.count() == 1


def test_whoever_asked_does_not_answer(slg_member, slg_chair):
    ask(the_part("10"), slg_member)
    with pytest.raises(PermissionDenied, match="You asked for this"):
        decide(the_part("10"), slg_member, DecisionKind.ANSWER)
    assert decide(the_part("10"), slg_chair, DecisionKind.ANSWER).answers is not None


@pytest.mark.parametrize("in_meeting", [False, True])
def test_an_answer_to_an_ask_that_another_has_replaced_is_not_taken_for_it(
    sign_in, manager, vca_cochair1, slg_member, in_meeting
):
    place = "/isr-2021/25/decide/answer/"
    if in_meeting:
        review_in("meeting", manager)
        place = "/reviews/2026-03/meeting/isr-2021/25/whole/"
    ask(the_part("25"), vca_cochair1, "Lend us an analyst")
    client = sign_in(slg_member)
    data = filled_in(client.get(place)) | {"kind": "answer", "wording": "Yes, for a month"}
    ask(the_part("25"), vca_cochair1, "Close the school")
    answer = client.post(place, data)
    page = answer.content.decode()
    assert "Somebody has asked anew: “Close the school” Read it, then answer." in page
    assert "Yes, for a month" in page
    assert not Decision.objects.exists()
    assert client.post(place, filled_in(answer) | {"kind": "answer", "wording": "No"}).status_code == 302
    assert Decision.objects.get().answers.ask == "Close the school"


def test_nothing_is_answered_where_nothing_is_asked(slg_member):
    with pytest.raises(WorkflowError):
        decide(the_part("25"), slg_member, DecisionKind.ANSWER)


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"ask": ""}, "Enter what you need the SLG to do"),
        ({"ask": "x" * 1001}, "What do you need the SLG to do must be 1,000 characters or less"),
        ({"ask": "Pay", "by_when_day": "1", "by_when_month": "3", "by_when_year": "2026"}, "must be today or in the"),
        ({"ask": "Pay", "by_when_day": "31", "by_when_month": "2", "by_when_year": "2026"}, "must be a real date"),
    ],
)
def test_a_faulty_ask_is_told_and_kept_in_its_boxes(sign_in, vca_cochair1, typed, error):
    client = sign_in(vca_cochair1)
    answer = client.post(ASK, filled_in(client.get(ASK)) | {"otherwise": "The audit waits"} | typed)
    page = answer.content.decode()
    assert "There is a problem" in page
    assert error in page.replace("&#x27;", "'")
    assert "The audit waits" in page
    assert Escalation.objects.count() == 0


def test_a_closed_part_asks_nothing(vca_cochair1, slg_member):
    decide(the_part("25"), slg_member, DecisionKind.NOT_ACCEPT)
    with pytest.raises(WorkflowError, match="The SLG can reopen it"):
        ask(the_part("25"), vca_cochair1)


def test_what_an_update_asks_waits_until_answered_withdrawn_or_back_on_track(vca_cochair1, slg_member):
    def waits() -> bool:
        return the_part("25").asked is not None

    given = say(the_part("25"), vca_cochair1, Status.OFF_TRACK, ask_of_slg="Lend us an analyst")
    assert waits()
    withdraw(update=given, by=vca_cochair1)
    assert not waits()
    say(the_part("25"), vca_cochair1, Status.OFF_TRACK, ask_of_slg="Lend us an analyst")
    say(the_part("25"), vca_cochair1, Status.AT_RISK)
    assert waits()
    say(the_part("25"), vca_cochair1, Status.ON_TRACK)
    assert not waits()
    say(the_part("25"), vca_cochair1, Status.OFF_TRACK, ask_of_slg="Lend us two")
    decide(the_part("25"), slg_member, DecisionKind.ANSWER)
    assert not waits()


def test_an_ask_tells_its_day_in_london(vca_cochair1):
    with clock.at(dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)):
        ask(the_part("25"), vca_cochair1, by_when=dt.date(2026, 8, 1))
    asked = the_part("25").asked
    assert (asked.on, asked.by_when) == (dt.date(2026, 7, 2), dt.date(2026, 8, 1))


# Confirming what a co-chair proposed.


def test_the_other_cochair_is_asked_and_silence_shows(sign_in, vca_cochair1, vca_cochair2, lay_member):
    proposal = propose(the_part("25"), vca_cochair1)
    assert f"/proposals/{proposal.pk}/confirm/" in sign_in(vca_cochair2).get("/").content.decode()
    assert f"/proposals/{proposal.pk}/confirm/" not in sign_in(vca_cochair1).get("/").content.decode()
    assert "not yet confirmed" in read(sign_in(lay_member), "/isr-2021/25/").lower()


def test_a_confirmed_completion_says_so_and_asks_no_more(sign_in, vca_cochair1, vca_cochair2, slg_member):
    proposal = propose(the_part("25"), vca_cochair1)
    client, place = sign_in(vca_cochair2), f"/proposals/{proposal.pk}/confirm/"
    assert "It was done" in read(client, place)
    assert client.post(place, filled_in(client.get(place)) | {"answer": "yes"}).status_code == 302
    assert Confirmation.objects.get().agrees
    assert place not in client.get("/").content.decode()
    assert client.get(place).status_code == 403
    assert "confirmed" in read(sign_in(slg_member), "/isr-2021/25/decide/sign-off/").lower()
    assert the_part("25").status == Status.AWAITING_SIGN_OFF


def test_an_objection_returns_it_with_the_reason(sign_in, vca_cochair1, vca_cochair2, lay_member):
    say(the_part("25"), vca_cochair1, Status.AT_RISK)
    proposal = propose(the_part("25"), vca_cochair1)
    client, place = sign_in(vca_cochair2), f"/proposals/{proposal.pk}/confirm/"
    page = filled_in(client.get(place))
    assert "Enter why you object" in client.post(place, page | {"answer": "no"}).content.decode()
    assert the_part("25").status == Status.AWAITING_SIGN_OFF
    assert client.post(place, page | {"answer": "no", "reason": "Two schools are missing"}).status_code == 302
    assert the_part("25").status == the_part("25").recommendation.status == Status.AT_RISK
    assert "Two schools are missing" in section(sign_in(lay_member), "/isr-2021/25/", "timeline")


def test_an_answer_given_in_the_same_moment_as_another_is_refused_in_words(
    sign_in, vca_cochair1, vca_cochair2, monkeypatch
):
    place = f"/proposals/{propose(the_part('25'), vca_cochair1).pk}/confirm/"
    client = sign_in(vca_cochair2)
    page = filled_in(client.get(place)) | {"answer": "no", "reason": "Two schools are missing"}
    monkeypatch.setattr("recommendations.tracking.views.asking.record_answer", too_late)
    answer = client.post(place, page)
    assert answer.status_code == 409
    assert "Check it, then save again." in answer.content.decode()
    assert "Two schools are missing" in answer.content.decode()


def test_only_a_lead_of_the_owning_body_other_than_the_proposer_confirms(
    vca_cochair1, vca_cochair2, manager, qi_cochair, slg_member
):
    proposal = propose(the_part("25"), vca_cochair1)
    for stranger in (vca_cochair1, manager, qi_cochair, slg_member):
        with pytest.raises(PermissionDenied):
            confirm(proposal=proposal, agrees=False, reason="No", by=stranger)
    assert confirm(proposal=proposal, agrees=True, reason="", by=vca_cochair2).agrees


def test_what_was_signed_off_is_not_objected_to(vca_cochair1, vca_cochair2, slg_member):
    proposal = propose(the_part("25"), vca_cochair1)
    decide(the_part("25"), slg_member, DecisionKind.SIGN_OFF)
    with pytest.raises(PermissionDenied, match="any more"):
        confirm(proposal=proposal, agrees=False, reason="No", by=vca_cochair2)
    assert the_part("25").status == Status.COMPLETE


def test_an_objection_to_an_earlier_proposal_leaves_the_one_that_waits_now(vca_cochair1, vca_cochair2):
    earlier = propose(the_part("25"), vca_cochair1)
    confirm(proposal=earlier, agrees=False, reason="Two schools are missing", by=vca_cochair2)
    now = propose(the_part("25"), vca_cochair2)
    third = make_person("vca-co-chair-1", email="third@people.example")
    for agrees in (True, False):
        with pytest.raises(PermissionDenied, match="any more"):
            confirm(proposal=earlier, agrees=agrees, reason="Still missing", by=third)
    assert the_part("25").status == Status.AWAITING_SIGN_OFF
    assert proposal_of(the_part("25")) == now


def test_an_earlier_proposal_offers_nothing_to_confirm(sign_in, vca_cochair1, vca_cochair2):
    earlier = propose(the_part("25"), vca_cochair2)
    withdraw(update=earlier, by=vca_cochair2)
    now = propose(the_part("25"), vca_cochair2)
    client = sign_in(vca_cochair1)
    assert client.get(f"/proposals/{earlier.pk}/confirm/").status_code == 403
    assert client.get(f"/proposals/{now.pk}/confirm/").status_code == 200
    home = client.get("/").content.decode()
    assert f"/proposals/{now.pk}/confirm/" in home
    assert f"/proposals/{earlier.pk}/confirm/" not in home


# Addenda.


def test_a_decision_stays_as_minuted_and_an_addendum_points_at_it(sign_in, slg_member, slg_chair):
    first = decide(the_part("25"), slg_chair, DecisionKind.AGREE_DATE, agreed_date=TODAY.replace(year=2027))
    client, place = sign_in(slg_member), f"/decisions/{first.pk}/addendum/"
    assert "The SLG agreed" in read(client, place)
    data = filled_in(client.get(place)) | {"wording": "The date is for Kingston alone"}
    assert client.post(place, data)["Location"] == "/isr-2021/25/"
    assert client.post(place, data)["Location"] == "/isr-2021/25/"
    addendum = Decision.objects.get(corrects=first)
    assert (addendum.wording, addendum.kind) == ("The date is for Kingston alone", DecisionKind.NOTE)
    assert Decision.objects.get(pk=first.pk).wording == "The SLG agreed"
    assert the_part("25").agreed_date == TODAY.replace(year=2027)
    assert "The date is for Kingston alone" in section(client, "/isr-2021/25/", "timeline")


def test_nobody_is_mailed_by_asking(vca_cochair1):
    ask(the_part("25"), vca_cochair1)
    assert (mail.outbox, clock.now()) == ([], NOW)


# What the two of them see of it.


def confirm_button(client) -> bool:
    return "Confirm completion" in read(client, "/isr-2021/25/")


def test_the_other_co_chair_confirms_from_the_recommendation_too(sign_in, vca_cochair1, vca_cochair2, slg_member):
    proposal = propose(the_part("25"), vca_cochair1)
    other = sign_in(vca_cochair2)
    assert f'href="/proposals/{proposal.pk}/confirm/"' in page(other, "/isr-2021/25/")
    assert not confirm_button(sign_in(vca_cochair1))
    assert not confirm_button(sign_in(slg_member))
    confirm(proposal=proposal, agrees=True, reason="", by=vca_cochair2)
    assert not confirm_button(other)


def test_who_proposed_reads_that_the_co_chair_is_asked_and_what_an_objection_does(sign_in, vca_cochair1):
    propose(the_part("25"), vca_cochair1)
    shown = read(sign_in(vca_cochair1), "/isr-2021/25/complete/?sent")
    assert "If you have a co-chair, the tracker asks them to confirm it" in shown


def test_an_objection_stands_on_the_proposers_home_and_says_when_it_was_made(sign_in, vca_cochair1, vca_cochair2):
    proposal = propose(the_part("25"), vca_cochair1)
    confirm(proposal=proposal, agrees=False, reason="Faith groups are missing", by=vca_cochair2)
    client = sign_in(vca_cochair1)
    assert "Completion was proposed and objected to" in section(client, "/", "needs")
    told = "Co-chair, VCA subgroup (police), 2 March 2026: Faith groups are missing"
    assert told in section(client, "/isr-2021/25/", "latest")
    with clock.at(NOW + dt.timedelta(hours=1)):
        say(the_part("25"), vca_cochair1)
    assert "objected" not in section(client, "/", "needs")


def test_no_co_chair_is_named_where_none_leads_it(sign_in, slg_member, slg_chair, commissioner):
    propose(the_part("9"), slg_member)
    propose(the_part("15"), commissioner)
    client = sign_in(slg_chair)
    for number in ("9", "15"):
        assert "co-chair" not in section(client, f"/isr-2021/{number}/", "latest")
        assert "The other co-chair" not in read(client, f"/isr-2021/{number}/decide/send-back/")
    assert "co-chair" not in read(sign_in(commissioner), "/isr-2021/15/complete/?sent")


def test_an_addendum_is_reached_from_the_decision_by_those_who_may_add_one(sign_in, slg_member, vca_cochair1):
    first = decide(the_part("25"), slg_member, DecisionKind.NOTE)
    link = f'href="/decisions/{first.pk}/addendum/"'
    assert link in page(sign_in(slg_member), "/isr-2021/25/")
    assert link not in page(sign_in(vca_cochair1), "/isr-2021/25/")
    decide(the_part("25"), slg_member, DecisionKind.NOTE, corrects=first)
    assert page(sign_in(slg_member), "/isr-2021/25/").count("/addendum/") == 1
