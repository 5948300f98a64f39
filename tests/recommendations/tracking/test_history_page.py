"""The history of a recommendation: every change, by whom, from what to what."""

import datetime as dt

import pytest

from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from subgroups.models import Body
from tests.factories import decide, say, the_part
from tests.pages import page, queries, read

pytestmark = pytest.mark.django_db


def test_history_says_who_changed_what_from_what_to_what(vca_cochair1, slg_member, lay_member, sign_in):
    say(the_part("25"), vca_cochair1, Status.AT_RISK)
    decide(the_part("25"), slg_member, DecisionKind.AGREE_DATE, agreed_date=dt.date(2027, 1, 31))
    text = read(sign_in(lay_member), "/isr-2021/25/history/")
    assert "Status Removed: Not started Added: At risk" in text
    assert "Vca cochair1 Co-chair, VCA subgroup (Achieving for Children)" in text
    assert text.index("Agreed date Added: 31 January 2027") < text.index("Added: At risk")


def test_history_names_owners_and_what_was_loaded(slg_member, lay_member, sign_in):
    decide(the_part("2"), slg_member, DecisionKind.AGREE_OWNER, owner=Body.objects.get(slug="krscp"))
    text = read(sign_in(lay_member), "/isr-2021/2/history/")
    assert "Added: Recommendation 2: KRSCP (Manager/Team)" in text
    assert "Where the owner comes from Added: agreed by the SLG" in text
    assert "The system" in text


def test_history_is_paged(vca_cochair1, lay_member, sign_in):
    for status in [Status.AT_RISK, Status.ON_TRACK] * 12:
        say(the_part("25"), vca_cochair1, status)
    client = sign_in(lay_member)
    assert "page=2" in page(client, "/isr-2021/25/history/")
    assert "Short title" in read(client, "/isr-2021/25/history/?page=2")


def test_a_longer_history_costs_the_same_queries(vca_cochair1, lay_member, sign_in):
    client = sign_in(lay_member)
    say(the_part("25"), vca_cochair1, Status.AT_RISK)
    before = queries(client, "/isr-2021/25/history/")
    say(the_part("25"), vca_cochair1, Status.OFF_TRACK)
    assert queries(client, "/isr-2021/25/history/") == before <= 13
