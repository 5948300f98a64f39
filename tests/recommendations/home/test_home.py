"""Home: what needs an owner now, worst first, with reasons in words, for a steady number of queries."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from krscp import clock
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from recommendations.home.read import home_for
from recommendations.services.updates import withdraw
from tests.factories import decide, make_person, propose, say, the_part
from tests.recommendations.conftest import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]
BODY_POSTS = ["slg-director-of-quality", "vca-co-chair-1", "strategic-lead-borough-commander", "manager", "scrutineer"]


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


def agreed(member, number, day, part="whole"):
    decide(the_part(number, part), member, DecisionKind.AGREE_DATE, agreed_date=day)


def needs(person) -> dict[str, str]:
    """Reference and reason of what needs a person, in order."""
    return {item.part.reference: item.reasons[0] for item in home_for(person, TODAY, first=50).own.needs}


def changed(person) -> list[str]:
    return [f"{change.who} {change.did} {change.part}" for change in home_for(person, TODAY).changes.shown]


def page(sign_in, person) -> str:
    return sign_in(person).get("/").content.decode()


def test_a_co_chair_reaches_the_update_of_25_in_one_click(sign_in, vca_cochair1):
    shown = page(sign_in, vca_cochair1)
    assert "Vulnerable Child and Adolescent subgroup</h1>" in shown
    assert 'href="/isr-2021/25/update/"' in shown


def test_all_that_a_body_leads_needs_it_at_first_and_nothing_else_does(vca_cochair1):
    assert set(needs(vca_cochair1)) == {
        "3 VCA", "5", "7", "18 VCA", "20(a)", "20(b)", "20(c)", "20(d)", "24", "25", "26", "28(e)", "32",
    }  # fmt: skip
    assert set(needs(vca_cochair1).values()) == {"Nothing done yet"}


@pytest.mark.parametrize(
    ("offset", "words"),
    [(-34, "Overdue 34 days"), (-1, "Overdue 1 day"), (0, "Due today"), (1, "Due tomorrow"), (14, "Due in 14 days")],
)
def test_an_agreed_date_that_is_near_or_past_is_the_reason(vca_cochair1, slg_member, offset, words):
    say(the_part("25"), vca_cochair1)
    agreed(slg_member, "25", TODAY + days(offset))
    assert needs(vca_cochair1)["25"] == words


def test_what_is_on_track_and_far_off_waits_with_its_update_link(vca_cochair1, slg_member):
    say(the_part("25"), vca_cochair1)
    agreed(slg_member, "25", TODAY + days(15))
    [item] = home_for(vca_cochair1, TODAY, first=50).own.rest
    assert (item.part.reference, item.due, item.update_url) == ("25", "17 March 2026", "/isr-2021/25/update/")
    assert "25" not in needs(vca_cochair1)


def test_silence_is_the_reason_after_90_days(vca_cochair1):
    with clock.at(NOW - days(96)):
        say(the_part("25"), vca_cochair1)
    with clock.at(NOW - days(89)):
        say(the_part("26"), vca_cochair1)
    assert needs(vca_cochair1)["25"] == "Quiet 96 days"
    assert "26" not in needs(vca_cochair1)


def test_what_the_slg_sent_back_needs_the_owner_until_the_next_update(vca_cochair1, slg_member):
    with clock.at(NOW - days(20)):
        propose(the_part("25"), vca_cochair1)
    with clock.at(NOW - days(10)):
        decide(the_part("25"), slg_member, DecisionKind.SEND_BACK, agreed_date=TODAY + days(90))
    assert needs(vca_cochair1)["25"] == "Sent back by the SLG on 1 January 2020"
    say(the_part("25"), vca_cochair1)
    assert "25" not in needs(vca_cochair1)


def test_an_answer_to_a_requested_date_is_shown_until_the_next_update(vca_cochair1, slg_member):
    with clock.at(NOW - days(20)):
        say(the_part("25"), vca_cochair1, requested_date=TODAY + days(60))
    with clock.at(NOW - days(10)):
        agreed(slg_member, "25", TODAY + days(50))
    assert needs(vca_cochair1)["25"] == "The SLG answered: 21 April 2026 is agreed"
    say(the_part("25"), vca_cochair1)
    assert "25" not in needs(vca_cochair1)


def test_a_date_that_nobody_asked_for_is_no_answer(vca_cochair1, slg_member):
    with clock.at(NOW - days(20)):
        say(the_part("25"), vca_cochair1)
    agreed(slg_member, "25", TODAY + days(50))
    assert "25" not in needs(vca_cochair1)


def test_the_worst_comes_first(vca_cochair1, slg_member):
    for number, status, due in (("24", Status.ON_TRACK, 6), ("25", Status.ON_TRACK, -34), ("26", Status.AT_RISK, 40)):
        say(the_part(number), vca_cochair1, status)
        agreed(slg_member, number, TODAY + days(due))
    say(the_part("32"), vca_cochair1, Status.OFF_TRACK, requested_date=TODAY + days(80))
    agreed(slg_member, "32", TODAY + days(80))
    first = list(needs(vca_cochair1).items())[:4]
    assert first == [
        ("32", "Due 21 May 2026"),
        ("25", "Overdue 34 days"),
        ("26", "Due 11 April 2026"),
        ("24", "Due in 6 days"),
    ]


def test_what_waits_for_the_slg_does_not_need_its_owner(vca_cochair1):
    say(the_part("32"), vca_cochair1, Status.OFF_TRACK, requested_date=TODAY + days(80))
    assert "32" not in needs(vca_cochair1)
    [waiting] = [item for item in home_for(vca_cochair1, TODAY, first=50).own.rest if item.part.reference == "32"]
    assert waiting.reasons == ["Waits for the SLG: 21 May 2026 asked for"]


def test_what_awaits_sign_off_or_is_closed_has_no_update_link(vca_cochair1, slg_member):
    propose(the_part("25"), vca_cochair1)
    decide(the_part("26"), slg_member, DecisionKind.NOT_ACCEPT)
    rest = home_for(vca_cochair1, TODAY, first=50).own.rest
    assert [(item.part.reference, item.update_url) for item in rest] == [("25", ""), ("26", "")]


def test_a_re_check_that_is_due_needs_the_owner(vca_cochair1, slg_member):
    propose(the_part("3", "vca"), vca_cochair1)
    decide(the_part("3", "vca"), slg_member, DecisionKind.SIGN_OFF, recheck_on=TODAY)
    assert needs(vca_cochair1)["3 VCA"] == "Re-check due"


def test_a_body_that_leads_nothing_alone_reads_what_it_shares(sign_in, llr_cochair, vca_cochair1):
    [share] = home_for(llr_cochair, TODAY).own.shares
    assert [label for label, _url in share.places] == ["3", "5", "7", "18", "20", "24", "28(e)"]
    assert "No recommendation names LLR alone. You share" in page(sign_in, llr_cochair)
    assert home_for(vca_cochair1, TODAY).own.shares == []


def test_what_is_shared_is_computed(llr_cochair, slg_member):
    body = llr_cochair.current_posts[0].body
    decide(the_part("2"), slg_member, DecisionKind.AGREE_OWNER, owner=body)
    assert home_for(llr_cochair, TODAY).own.shares == []


def test_a_co_chair_reads_what_others_did_to_own_items_in_the_last_30_days(vca_cochair1, vca_cochair2, slg_member):
    with clock.at(NOW - days(31)):
        say(the_part("24"), vca_cochair2)
    say(the_part("26"), vca_cochair2)
    say(the_part("25"), vca_cochair1)
    agreed(slg_member, "25", TODAY + days(50))
    agreed(slg_member, "9", TODAY + days(50))
    withdraw(update=say(the_part("32"), vca_cochair2), by=vca_cochair2)
    assert sorted(changed(vca_cochair1)) == [
        "Co-chair, VCA subgroup (police) moved 26",
        "SLG member (Director of Quality, CCG) agreed 21 April 2026 for 25",
    ]


def test_a_move_is_shown_with_shape_and_word(sign_in, lay_member, vca_cochair1):
    say(the_part("26"), vca_cochair1, Status.AT_RISK)
    shown = page(sign_in, lay_member)
    assert "Not started</strong>" in shown
    assert '<span class="app-status__shape" aria-hidden="true">▲</span> At risk</strong>' in shown


def test_the_manager_is_named_with_the_body_written_for(lay_member, manager):
    say(the_part("25"), manager)
    assert changed(lay_member) == ["KRSCP Manager, on behalf of VCA, moved 25"]


def test_a_person_without_a_post_is_told_whom_to_ask(sign_in, nobody):
    response = sign_in(nobody).get("/")
    assert response.status_code == 403
    assert "You have no post today." in response.content.decode()
    assert "Contact the KRSCP Manager." in response.content.decode()


def test_a_person_whose_post_ended_while_they_wrote_gets_their_text_back(sign_in, nobody):
    response = sign_in(nobody).post("/isr-2021/25/update/", {"what_happened": "Half of it is read"})
    assert response.status_code == 403
    assert "Half of it is read" in response.content.decode()


def test_somebody_with_several_posts_sees_each_section_once(sign_in, slg_chair):
    shown = page(sign_in, slg_chair)
    assert "Senior Leadership Group</h1>" in shown
    assert "Chair of the SLG; SLG member (Detective Superintendent)" in shown
    for heading in ("For decision (", "Off track or overdue (", "Needs you ("):
        assert shown.count(heading) == 1, heading


def test_two_bodies_make_one_list(vca_cochair1):
    both = make_person("vca-co-chair-2", "qi-co-chair-2", email="both@people.example")
    references = [item.part.reference for item in home_for(both, TODAY, first=50).own.needs]
    assert len(references) == len(set(references))
    assert {"25", "30", "24"} <= set(references)


def test_an_owner_without_anything_to_do_reads_so(sign_in, qi_cochair, slg_member):
    for part in [item.part for item in home_for(qi_cochair, TODAY, first=50).own.needs]:
        decide(part, slg_member, DecisionKind.NOT_ACCEPT)
    assert "Nothing is waiting for you." in page(sign_in, qi_cochair)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_home_is_only_read(sign_in, manager, method):
    assert getattr(sign_in(manager), method)("/").status_code == 405


def queries_of(client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/").status_code == 200
    return len(queries)


def test_twice_the_work_costs_no_more_queries_even_with_every_post(sign_in, slg_member, vca_cochair1, qi_cochair):
    everything = sign_in(make_person(*BODY_POSTS, email="everything@people.example"))
    say(the_part("25"), vca_cochair1, Status.OFF_TRACK)
    propose(the_part("9"), slg_member)
    few = queries_of(everything)
    for _ in range(3):
        say(the_part("26"), vca_cochair1)
    say(the_part("30"), qi_cochair, Status.OFF_TRACK)
    for number in ("10", "14", "21"):
        propose(the_part(number), make_person("slg-primary-head", email=f"head{number}@people.example"))
    assert queries_of(everything) == few <= 12


def test_what_the_slg_reopened_says_so_rather_than_that_it_is_quiet(vca_cochair1, slg_member):
    decide(the_part("24"), slg_member, DecisionKind.NOT_ACCEPT)
    with clock.at(NOW + days(100)):
        decide(the_part("24"), slg_member, DecisionKind.REOPEN)
        own = home_for(vca_cochair1, TODAY + days(100), first=50).own
    found = [item.reasons for item in own.needs if item.part.reference == "24"]
    assert found == [["Reopened by the SLG on 1 January 2020"]]
