"""What was said and decided, on the page of a recommendation: in order, signed, withdrawn or undone."""

import datetime as dt
import uuid

import pytest

from krscp import clock
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Difference, Status
from recommendations.services.actions import add_action, finish_action
from recommendations.services.completion import ForChildren, Proof, add_evidence, record_difference
from recommendations.services.updates import withdraw
from tests.factories import decide, propose, say, the_part
from tests.pages import page, section

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 5, 12, 9, 0, tzinfo=dt.UTC)


def test_updates_and_decisions_stand_in_one_order_the_latest_first(vca_cochair1, slg_member, lay_member, sign_in):
    part = the_part("25")
    say(part, vca_cochair1, what_happened="We met first")
    decide(part, slg_member, DecisionKind.AGREE_DATE, agreed_date=dt.date(2027, 1, 31))
    say(part, vca_cochair1, Status.AT_RISK, what_happened="Then it slipped", why_slipped="No analyst")
    timeline = section(sign_in(lay_member), "/isr-2021/25/", "timeline")
    found = [timeline.index(text) for text in ("Then it slipped", "Decision: agree a date", "We met first")]
    assert found == sorted(found)
    assert "● On track → to ▲ At risk" in timeline
    assert "Why it slipped No analyst" in timeline
    assert "Co-chair, VCA subgroup (Achieving for Children) · Vca cochair1" in timeline


def test_what_the_manager_enters_is_on_behalf_of_the_owner(manager, lay_member, sign_in):
    say(the_part("25"), manager)
    say(the_part("2"), manager)
    client = sign_in(lay_member)
    assert "On behalf of Vulnerable Child and Adolescent subgroup" in section(client, "/isr-2021/25/", "timeline")
    assert "On behalf of the owner, who is not confirmed" in section(client, "/isr-2021/2/", "timeline")


def test_a_withdrawn_update_is_marked_and_is_not_the_latest(vca_cochair1, lay_member, sign_in):
    say(the_part("25"), vca_cochair1, what_happened="This one stands")
    mistaken = say(the_part("25"), vca_cochair1, Status.OFF_TRACK, what_happened="This one is a mistake")
    withdraw(update=mistaken, by=vca_cochair1)
    client = sign_in(lay_member)
    latest, timeline = (section(client, "/isr-2021/25/", name) for name in ("latest", "timeline"))
    assert "This one stands" in latest
    assert "mistake" not in latest
    assert "Update Withdrawn" in timeline
    assert "Off track" not in timeline


def test_the_latest_is_a_decision_when_that_came_last_even_if_no_status_moved(
    vca_cochair1, slg_member, lay_member, sign_in
):
    say(the_part("25"), vca_cochair1, what_happened="The group met")
    decide(the_part("25"), slg_member, DecisionKind.AGREE_DATE, agreed_date=dt.date(2027, 1, 31))
    proof = Proof(title="Minutes", shows="That it was agreed")
    add_evidence(part=the_part("25"), proof=proof, by=vca_cochair1)
    client = sign_in(lay_member)
    latest = section(client, "/isr-2021/25/", "latest")
    assert "On track Decision: agree a date" in latest
    assert "Agreed date 31 January 2027" in latest
    assert "The group met" not in latest
    say(the_part("25"), vca_cochair1, what_happened="They met again")
    assert "They met again" in section(client, "/isr-2021/25/", "latest")


def test_a_withdrawn_proposal_takes_its_evidence_and_difference_with_it(vca_cochair1, lay_member, sign_in):
    withdraw(update=propose(the_part("25"), vca_cochair1), by=vca_cochair1)
    client = sign_in(lay_member)
    assert "No evidence yet" in section(client, "/isr-2021/25/", "evidence")
    assert "Not recorded" in section(client, "/isr-2021/25/", "difference")


def test_the_author_may_undo_for_24_hours_until_something_relies_on_it(vca_cochair1, vca_cochair2, slg_member, sign_in):
    with clock.at(NOW):
        update = say(the_part("25"), vca_cochair1, Status.AT_RISK)
    undo = f'action="/updates/{update.pk}/undo/"'

    def offers(person, after: dt.timedelta) -> bool:
        with clock.at(NOW + after):
            return undo in page(sign_in(person), "/isr-2021/25/")

    assert offers(vca_cochair1, dt.timedelta(hours=23))
    assert not offers(vca_cochair2, dt.timedelta(hours=1))
    assert not offers(vca_cochair1, dt.timedelta(hours=25))
    with clock.at(NOW + dt.timedelta(hours=2)):
        decide(the_part("25"), slg_member, DecisionKind.AGREE_DATE, agreed_date=dt.date(2027, 1, 31))
    assert not offers(vca_cochair1, dt.timedelta(hours=3))


def test_only_the_latest_of_two_updates_can_be_undone(vca_cochair1, sign_in):
    first = say(the_part("25"), vca_cochair1)
    second = say(the_part("25"), vca_cochair1)
    markup = page(sign_in(vca_cochair1), "/isr-2021/25/")
    assert f"/updates/{second.pk}/undo/" in markup
    assert f"/updates/{first.pk}/undo/" not in markup


def test_the_latest_difference_for_children_stands_apart_from_process(vca_cochair1, lay_member, sign_in):
    early = ForChildren(Difference.TOO_EARLY, "Groups have only begun", dt.date(2027, 3, 1))
    record_difference(part=the_part("25"), for_children=early, by=vca_cochair1)
    client = sign_in(lay_member)
    assert "Too early : look again on 1 March 2027 Groups have only" in section(client, "/isr-2021/25/", "difference")
    later = ForChildren(Difference.EVIDENCED, "Families say they are heard")
    record_difference(part=the_part("25"), for_children=later, by=vca_cochair1)
    now = section(client, "/isr-2021/25/", "difference")
    assert "Evidenced" in now
    assert "Too early" not in now


def test_evidence_is_listed_with_what_it_shows(vca_cochair1, lay_member, sign_in):
    proof = Proof(title="Minutes", shows="That it was agreed", link="https://example.org/minutes")
    add_evidence(part=the_part("25"), proof=proof, by=vca_cochair1)
    client = sign_in(lay_member)
    assert "Minutes That it was agreed" in section(client, "/isr-2021/25/", "evidence")
    assert "Evidence added" in section(client, "/isr-2021/25/", "timeline")
    assert 'href="https://example.org/minutes"' in page(client, "/isr-2021/25/")


def test_open_actions_come_first_and_only_owners_mark_them_done(vca_cochair1, lay_member, sign_in):
    part = the_part("25")
    for what in ("Write the brief", "Find an analyst"):
        add_action(part=part, what=what, who="Audit lead", due=None, token=uuid.uuid4(), by=vca_cochair1)
    finish_action(action=part.actions.get(what="Write the brief"), on=dt.date(2026, 1, 9), by=vca_cochair1)
    actions = section(sign_in(lay_member), "/isr-2021/25/", "actions")
    assert "Actions: 1 of 2 done" in actions
    assert actions.index("Find an analyst") < actions.index("Write the brief")
    assert "Mark as done" not in actions
    assert "Mark as done" in section(sign_in(vca_cochair1), "/isr-2021/25/", "actions")


def test_what_people_wrote_never_becomes_markup(vca_cochair1, lay_member, sign_in):
    say(the_part("25"), vca_cochair1, what_happened="<script>alert(1)</script>", what_next="<b>next</b>")
    markup = page(sign_in(lay_member), "/isr-2021/25/")
    assert "<script>alert" not in markup
    assert "<b>next</b>" not in markup
