"""Home of those who decide, chase, watch or keep accounts."""

import datetime as dt

import pytest

from krscp import clock
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from recommendations.home.read import home_for
from recommendations.models import UpdateKind
from recommendations.state.reading import front_now
from subgroups.models import Appointment
from tests.factories import decide, make_person, propose, say, the_part
from tests.recommendations.conftest import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]


def waiting(person, title) -> dict[str, tuple[str, str]]:
    """Address and refusal of each decision of one kind, by reference."""
    [kind] = [kind for kind in home_for(person, TODAY).decisions.kinds if kind.title == title]
    return {row.part.reference: (row.url, row.why_not) for row in kind.rows}


def page(sign_in, person) -> str:
    return sign_in(person).get("/").content.decode()


@pytest.mark.parametrize("watcher", ["lay_member", "scrutineer"])
def test_who_watches_reads_every_change_and_has_nothing_to_do(request, sign_in, watcher, vca_cochair1, qi_cochair):
    person = request.getfixturevalue(watcher)
    say(the_part("25"), vca_cochair1)
    propose(the_part("30"), qi_cochair)
    home = home_for(person, TODAY)
    assert (home.own, home.decisions, home.slg, home.chase) == (None, None, None, None)
    assert len(home.changes.shown) == 2
    assert "Nothing is waiting for you." in page(sign_in, person)


def test_the_slg_reads_what_waits_for_it(slg_member, vca_cochair1):
    propose(the_part("26"), vca_cochair1)
    say(the_part("25"), vca_cochair1, Status.AT_RISK, requested_date=dt.date(2026, 6, 30))
    assert waiting(slg_member, "To sign off") == {"26": ("/isr-2021/26/decide/sign-off/", "")}
    assert waiting(slg_member, "New dates asked for") == {"25": ("/isr-2021/25/decide/agree-date/", "")}
    assert list(waiting(slg_member, "Owners to confirm")) == ["2", "6", "8", "17", "22", "31"]


def test_nobody_is_offered_the_sign_off_of_their_own_proposal(sign_in, slg_member, slg_teacher, slg_chair):
    propose(the_part("9"), slg_member)
    url, why_not = waiting(slg_member, "To sign off")["9"]
    assert (url, why_not) == ("", "You proposed this as complete, so somebody else must sign it off.")
    assert why_not in page(sign_in, slg_member)
    assert waiting(slg_teacher, "To sign off")["9"] == ("/isr-2021/9/decide/sign-off/", "")
    assert waiting(slg_chair, "To sign off")["9"] == ("/isr-2021/9/decide/sign-off/", "")


def test_a_member_from_the_proposers_agency_reads_why_not(slg_member):
    colleague = make_person("slg-director-of-quality", email="colleague@people.example")
    propose(the_part("9"), colleague)
    url, why_not = waiting(slg_member, "To sign off")["9"]
    assert url == ""
    assert "another agency" in why_not


def test_the_slg_reads_what_owners_ask_of_it_unless_nothing_yet(sign_in, strategic_lead, vca_cochair1, qi_cochair):
    say(the_part("25"), vca_cochair1, Status.OFF_TRACK, ask_of_slg="Lend us an analyst")
    say(the_part("30"), qi_cochair, Status.OFF_TRACK, ask_of_slg="Nothing yet")
    assert waiting(strategic_lead, "Asked of the SLG") == {"25": ("/isr-2021/25/decide/answer/", "")}
    assert [found.item.part.reference for found in home_for(strategic_lead, TODAY).slg.exceptions] == ["25", "30"]
    assert "Lend us an analyst" in page(sign_in, strategic_lead)


def test_an_ask_goes_when_the_item_is_back_on_track(slg_member, vca_cochair1):
    say(the_part("25"), vca_cochair1, Status.OFF_TRACK, ask_of_slg="Lend us an analyst")
    say(the_part("25"), vca_cochair1, Status.ON_TRACK)
    assert waiting(slg_member, "Asked of the SLG") == {}


def test_home_and_the_review_say_the_same_of_what_is_off_track_after_a_bare_no_change(slg_member, vca_cochair1):
    with clock.at(NOW - dt.timedelta(days=2)):
        say(the_part("25"), vca_cochair1, Status.OFF_TRACK, why_slipped="The analyst left")
    bare = {"what_happened": "", "why_slipped": "", "brings_back": "", "requested_date": None, "ask_of_slg": ""}
    say(the_part("25"), vca_cochair1, Status.OFF_TRACK, kind=UpdateKind.NO_CHANGE, **bare)
    [shown] = home_for(slg_member, TODAY).slg.exceptions
    [front] = front_now(TODAY, NOW, [])[0].exceptions.first
    assert shown.why == front.why == "The analyst left"


def test_the_manager_reads_what_to_chase_and_decides_nothing(sign_in, manager, vca_cochair1, slg_member):
    with clock.at(NOW - dt.timedelta(100)):
        say(the_part("26"), vca_cochair1)
    say(the_part("25"), vca_cochair1)
    decide(the_part("25"), slg_member, DecisionKind.AGREE_DATE, agreed_date=TODAY - dt.timedelta(3))
    home = home_for(manager, TODAY)
    assert [(item.part.reference, item.reasons) for item in home.chase.items] == [
        ("25", ["Overdue 3 days"]),
        ("26", ["Quiet 100 days"]),
    ]
    shown = page(sign_in, manager)
    assert "Waiting for the SLG (6)" in shown
    assert "/decide/" not in shown
    assert 'href="/recommendations/export/docx/"' in shown


def test_the_manager_reads_which_co_chair_seats_are_vacant(manager, vca_cochair1):
    vacant = {post.slug for post in home_for(manager, TODAY).chase.vacant}
    assert "vca-co-chair-1" not in vacant
    assert {"vca-co-chair-2", "llr-co-chair-1"} <= vacant
    Appointment.objects.filter(person=vca_cochair1).update(ends=TODAY - dt.timedelta(1))
    assert "vca-co-chair-1" in {post.slug for post in home_for(manager, TODAY).chase.vacant}


def test_an_administrator_has_accounts_and_nothing_to_decide(sign_in, administrator):
    shown = page(sign_in, administrator)
    assert 'href="/people/"' in shown
    assert "Nothing is waiting for you." in shown
    assert "/decide/" not in shown
    assert "/update/" not in shown


def test_only_those_who_manage_people_are_shown_the_way(sign_in, vca_cochair1):
    assert 'href="/people/"' not in page(sign_in, vca_cochair1)
