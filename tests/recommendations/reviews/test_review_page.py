"""The review page: exceptions first, figures that open their lists, the difference for children kept apart."""

import datetime as dt
import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from krscp import clock
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Difference, Status
from recommendations.models import Priority, Recommendation
from recommendations.reviews.page import Page
from recommendations.services.updates import withdraw
from recommendations.state.reading import front_now, moments
from tests.factories import decide, propose, say, the_part
from tests.recommendations.conftest import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]
REVIEW = "/reviews/"


@pytest.fixture
def some_progress(vca_cochair1, qi_cochair, slg_member, manager):
    """A bit of everything that the page tells apart."""
    say(the_part("25"), vca_cochair1, Status.OFF_TRACK)
    say(the_part("26"), vca_cochair1, Status.AT_RISK)
    say(the_part("12", "b"), manager)
    propose(the_part("30"), qi_cochair, Difference.TOO_EARLY)
    decide(the_part("24"), slg_member, DecisionKind.NOT_ACCEPT)
    decide(the_part("9"), slg_member, DecisionKind.SET_PRIORITY, priority=Priority.objects.get(slug="mental-health"))


def review(person) -> Page:
    front, parts = front_now(TODAY, NOW, moments())
    return Page(front, REVIEW, reader=person, parts=parts)


def table(person, slug) -> dict[str, dict[str, int]]:
    """What a table says: for each line, the figures above nought by the word of their status, and all."""
    [found] = [one for one in review(person).tables if one.slug == slug]
    return {
        line.label: {cell.status.label: cell.count for cell in line.cells if cell.count} | {"All": line.total.count}
        for line in found.lines
    }


def children(person) -> dict[str, list[str]]:
    return {answer.label: answer.first for answer in review(person).children}


def test_every_recommendation_is_counted_once_by_its_stored_status(lay_member, some_progress):
    totals = review(lay_member).totals
    assert {cell.status: cell.count for cell in totals.cells} == {
        status: Recommendation.objects.filter(status=status).count() for status in Status
    }
    assert totals.total.count == 36


def test_a_recommendation_counts_as_its_worst_part(lay_member, manager):
    say(the_part("12", "b"), manager, Status.OFF_TRACK)
    say(the_part("12", "c"), manager)
    found = review(lay_member)
    assert next(cell.count for cell in found.totals.cells if cell.status == Status.OFF_TRACK) == 1
    [mixed] = found.front.mixed.first
    assert mixed.key == "isr-2021/12"
    assert {row.reference: row.status.label for row in mixed.parts} == {
        "12 opening": "Not started", "12(a)": "Not started", "12(b)": "Off track", "12(c)": "On track",
    }  # fmt: skip


def test_steps_5_and_6_share_a_line(lay_member):
    steps = table(lay_member, "by-step")
    assert {label: figures["All"] for label, figures in steps.items()} == {
        "Step 1": 21, "Step 2": 6, "Step 3": 1, "Step 4": 4, "Steps 5 and 6": 4,
    }  # fmt: skip


def test_a_shared_recommendation_stands_under_each_owner(lay_member, some_progress):
    owners = table(lay_member, "by-owner")
    assert owners["VCA"]["Off track"] == 1
    assert owners["VCA"]["Not accepted"] == owners["LLR"]["Not accepted"] == 1
    assert owners["Owner not confirmed"] == {"Not started": 6, "All": 6}


def test_a_priority_is_counted_once_as_the_slg_set_it(lay_member, slg_member, some_progress):
    assert table(lay_member, "by-priority") == {
        "Mental health": {"Not started": 1, "All": 1},
        "No priority recorded": {
            "Not started": 31, "At risk": 1, "Off track": 1, "Complete – awaiting SLG sign-off": 1, "Not accepted": 1,
            "All": 35,
        },
    }  # fmt: skip
    change = Priority.objects.get(slug="parental-vulnerability")
    decide(the_part("9"), slg_member, DecisionKind.SET_PRIORITY, priority=change)
    assert [*table(lay_member, "by-priority")] == ["Parental vulnerability", "No priority recorded"]


def test_every_figure_opens_the_list_that_it_counts(sign_in, lay_member, some_progress):
    client = sign_in(lay_member)
    page = client.get(REVIEW).content.decode()
    links = re.findall(r'href="(/reviews/now/list/\?[^"]+)">(?:<span class="app-stats__number">)?(\d+)', page)
    figures = {html.unescape(address): int(count) for address, count in links}
    filters = {name for address in figures for name in re.findall(r"(\w+)=", address)}
    assert filters == {"step", "owner", "priority", "children", "status"}
    for address, count in figures.items():
        listed = client.get(address).content.decode()
        assert listed.count('<th scope="row">') == count, address


def test_exceptions_come_worst_first_each_with_its_reasons(lay_member, slg_member, vca_cochair1, qi_cochair):
    for number, due in (("24", 30), ("26", -41)):
        say(the_part(number), vca_cochair1)
        for moved in (5, 10, due):
            decide(the_part(number), slg_member, DecisionKind.AGREE_DATE, agreed_date=TODAY + dt.timedelta(days=moved))
    say(the_part("30"), qi_cochair, Status.OFF_TRACK, why_slipped="The extract is late")
    found = [(one.key, one.flags, one.why) for one in review(lay_member).front.exceptions.first]
    assert found == [
        ("isr-2021/30", ["No date"], "The extract is late"),
        ("isr-2021/26", ["Overdue 41 days", "Date moved ×2"], "Waiting for an analyst"),
        ("isr-2021/24", ["Date moved ×2"], "Waiting for an analyst"),
    ]


def test_no_exceptions_says_so(sign_in, lay_member):
    page = sign_in(lay_member).get(REVIEW).content.decode()
    assert "Nothing is off track or overdue, and no date has moved." in page


def test_what_waits_for_a_decision_has_a_button_only_for_those_who_decide(
    sign_in, lay_member, slg_member, some_progress
):
    assert "/isr-2021/30/decide/sign-off/" in sign_in(slg_member).get(REVIEW).content.decode()
    page = sign_in(lay_member).get(REVIEW).content.decode()
    assert "To sign off (1)" in page
    assert "/decide/" not in page


def test_the_difference_for_children_is_kept_apart_from_progress(lay_member, some_progress):
    found = children(lay_member)
    assert list(found) == ["Evidenced", "Too early", "No direct effect", "Not recorded"]
    assert found["Too early"] == ["30"]
    assert [one.count for one in review(lay_member).children] == [0, 1, 0, 35]
    assert found["Not recorded"] == [str(number) for number in range(1, 21)]


def test_the_latest_answer_for_children_stands(lay_member, qi_cochair, slg_member):
    propose(the_part("30"), qi_cochair, Difference.TOO_EARLY)
    decide(the_part("30"), slg_member, DecisionKind.SEND_BACK, agreed_date=TODAY)
    with clock.at(NOW + dt.timedelta(hours=1)):
        propose(the_part("30"), qi_cochair, Difference.EVIDENCED)
    found = children(lay_member)
    assert (found["Evidenced"], found["Too early"]) == (["30"], [])


def test_a_withdrawn_answer_for_children_counts_nowhere(lay_member, qi_cochair):
    withdraw(update=propose(the_part("30"), qi_cochair), by=qi_cochair)
    assert children(lay_member)["No direct effect"] == []


def test_statuses_are_told_apart_by_shape_and_word(sign_in, lay_member):
    page = sign_in(lay_member).get(REVIEW).content.decode()
    for status in Status:
        assert f'aria-hidden="true">{status.shape}</span> {status.label}' in page


def test_the_page_says_as_at_when(sign_in, lay_member):
    assert "As at <time" in sign_in(lay_member).get(REVIEW).content.decode()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_dashboard_is_only_read(sign_in, manager, method):
    assert getattr(sign_in(manager), method)(REVIEW).status_code == 405


def queries_of(client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(REVIEW).status_code == 200
    return len(queries)


def test_twice_the_work_costs_no_more_queries(sign_in, slg_member, slg_chair, manager, some_progress):
    client = sign_in(slg_chair)
    propose(the_part("10"), slg_member)
    few = queries_of(client)
    for number in ("14", "21"):
        propose(the_part(number), slg_member)
    for number in ("27", "29", "36"):
        say(the_part(number), manager, Status.OFF_TRACK)
        say(the_part(number), manager, Status.AT_RISK)
    assert queries_of(client) == few <= 15
