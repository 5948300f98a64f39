"""The recommendations list on screen: rows, filters in the address, pages, and a steady number of queries."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from krscp import clock
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from recommendations.models import Ownership, Part, Recommendation, Report
from recommendations.register.read import rows, with_parts
from subgroups.models import Body
from tests.factories import A_DAY, decide, propose, say, the_part

pytestmark = pytest.mark.django_db
LIST = "/recommendations/"


def row(number, today=A_DAY):
    [found] = rows(with_parts(Recommendation.objects.filter(number=number), today), today)
    return found


def listed(response):
    return re.findall(r'<th scope="row">.*?app-title-number">(.*?)</span>', response.content.decode())


def more_recommendations(count):
    """Recommendations of a second report, whose wording says zebra, each owned."""
    report, _ = Report.objects.get_or_create(code="other-2030", title="Another report", short_title="Another 2030")
    start = report.recommendations.count()
    for place in range(start, start + count):
        made = Recommendation.objects.create(
            report=report, number=str(place + 1), slug=str(place + 1), position=place, text="A zebra", opening="A zebra"
        )
        part = Part.objects.create(recommendation=made, slug="whole", position=0)
        Ownership.objects.create(part=part, body=Body.objects.get(slug="vca"), kind="lead", basis="agreed")


def test_everyone_who_is_signed_in_sees_all_36_in_the_reports_order(sign_in, lay_member):
    response = sign_in(lay_member).get(LIST)
    assert listed(response) == [str(number) for number in range(1, 37)]
    assert "<caption>36 recommendations</caption>" in response.content.decode()


def test_a_stranger_is_sent_to_sign_in(client):
    assert client.get(LIST).url == f"/sign-in/?next={LIST}"


def test_a_person_without_a_post_is_refused(sign_in, nobody):
    assert sign_in(nobody).get(LIST).status_code == 403


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_list_is_only_read(sign_in, manager, method):
    assert getattr(sign_in(manager), method)(LIST).status_code == 405


def test_each_row_links_to_its_recommendation_and_says_its_status(sign_in, manager):
    page = sign_in(manager).get(LIST).content.decode()
    assert 'href="/isr-2021/12/"' in page
    assert page.count("Our reading") == 1
    assert page.count("Not started</strong>") == 36


def test_an_address_with_filters_can_be_shared(sign_in, manager, lay_member, vca_cochair1):
    say(the_part("25"), vca_cochair1, Status.OFF_TRACK)
    address = f"{LIST}?status=off_track&owner=vca"
    assert listed(sign_in(manager).get(address)) == listed(sign_in(lay_member).get(address)) == ["25"]


def test_filters_that_are_on_can_be_taken_away_one_by_one_or_all(sign_in, manager):
    page = sign_in(manager).get(f"{LIST}?status=not_started&owner=yol").content.decode()
    assert 'href="?owner=yol"' in page
    assert 'href="?status=not_started"' in page
    assert "Clear filters" in page
    assert "Show filters (2)" in page
    assert "<caption>1 recommendation</caption>" in page


def test_a_printed_list_says_how_it_was_filtered(sign_in, manager):
    page = sign_in(manager).get(f"{LIST}?owner=yol").content.decode()
    assert '<p class="app-print-line">Owner: YOL</p>' in page


def test_a_filter_that_is_on_is_ticked(sign_in, manager):
    page = sign_in(manager).get(f"{LIST}?status=not_started").content.decode()
    [box] = re.findall(r'<input[^>]*value="not_started"[^>]*>', page)
    assert "checked" in box


def test_nothing_found_says_what_to_do(sign_in, manager):
    page = sign_in(manager).get(f"{LIST}?status=complete").content.decode()
    assert "No recommendations match. Remove a filter." in page
    assert "<table" not in page


def test_an_unknown_filter_is_named_harmlessly(sign_in, manager):
    response = sign_in(manager).get(LIST, {"status": "<script>alert(1)</script>"})
    page = response.content.decode()
    assert "We ignored a filter we do not know: status=&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert len(listed(response)) == 36


def test_downloads_keep_the_filter(sign_in, manager):
    page = sign_in(manager).get(f"{LIST}?owner=yol&status=not_started&junk=1").content.decode()
    for file_format in ("csv", "docx"):
        assert f'href="/recommendations/export/{file_format}/?owner=yol&amp;status=not_started"' in page


def test_long_lists_have_pages_that_keep_the_filter(sign_in, manager):
    more_recommendations(51)
    client = sign_in(manager)
    first, second = client.get(f"{LIST}?q=zebra"), client.get(f"{LIST}?q=zebra&page=2")
    assert (len(listed(first)), listed(second)) == (50, ["51"])
    assert "?q=zebra&amp;page=2" in first.content.decode()
    assert listed(client.get(f"{LIST}?q=zebra&page=nonsense")) == listed(first)


def test_numbers_sort_as_people_count(sign_in, manager):
    more_recommendations(11)
    assert listed(sign_in(manager).get(f"{LIST}?q=zebra"))[1:] == [str(number) for number in range(2, 12)]


def test_two_reports_are_told_apart(sign_in, manager):
    more_recommendations(1)
    assert "Another 2030" in sign_in(manager).get(LIST).content.decode()


def test_a_row_shows_the_worst_part_and_how_many_are_complete(vca_cochair1, slg_member, manager):
    propose(the_part("3", "vca"), vca_cochair1)
    decide(the_part("3", "vca"), slg_member, DecisionKind.SIGN_OFF, recheck_on=A_DAY)
    say(the_part("3", "qi"), manager, Status.OFF_TRACK)
    assert (row("3").status, row("3").progress) == (Status.OFF_TRACK, "1 of 4 complete")
    assert row("25").progress == ""


def test_owners_are_the_leads_by_their_short_names():
    assert row("3").owners == ["LLR", "Q&I", "VCA", "L&D"]
    assert row("25").owners == ["VCA"]


def test_a_missing_owner_is_said_in_the_owners_place():
    assert (row("2").owners, row("2").owner_flag, row("2").other_flags) == ([], "Owner not confirmed", [])


def test_due_is_the_earliest_agreed_date_of_the_open_parts(slg_member, manager):
    later = A_DAY + dt.timedelta(days=30)
    decide(the_part("12", "a"), slg_member, DecisionKind.AGREE_DATE, agreed_date=A_DAY)
    decide(the_part("12", "b"), slg_member, DecisionKind.AGREE_DATE, agreed_date=later)
    assert row("12").due == A_DAY
    propose(the_part("12", "a"), manager)
    decide(the_part("12", "a"), slg_member, DecisionKind.SIGN_OFF)
    assert row("12").due == later


def test_a_missing_date_is_said_in_the_dates_place(slg_member):
    assert (row("12").date_flag, row("12").other_flags) == ("No date", [])
    decide(the_part("12", "a"), slg_member, DecisionKind.AGREE_DATE, agreed_date=A_DAY)
    assert (row("12").date_flag, row("12").other_flags) == ("", ["No date (Opening, b, c)"])


def test_flags_carry_the_number_of_the_worst_part(slg_member):
    for slug, late in (("a", 3), ("b", 10)):
        due = A_DAY - dt.timedelta(days=late)
        decide(the_part("12", slug), slg_member, DecisionKind.AGREE_DATE, agreed_date=due)
    assert "Overdue 10 days (a, b)" in row("12").other_flags


def test_nothing_is_due_once_all_is_decided(slg_member):
    decide(the_part("25"), slg_member, DecisionKind.AGREE_DATE, agreed_date=A_DAY)
    decide(the_part("25"), slg_member, DecisionKind.NOT_ACCEPT)
    late = A_DAY + dt.timedelta(days=400)
    assert (row("25", late).due, row("25", late).flags) == (None, {})


def test_the_page_reads_the_day_in_london(sign_in, manager, slg_member):
    decide(the_part("25"), slg_member, DecisionKind.AGREE_DATE, agreed_date=A_DAY)
    just_past_midnight_in_summer_time = dt.datetime(2026, 3, 31, 23, 30, tzinfo=dt.UTC)
    with clock.at(just_past_midnight_in_summer_time):
        assert listed(sign_in(manager).get(f"{LIST}?flag=overdue")) == ["25"]


@pytest.mark.parametrize("query", ["q=zebra", "q=zebra&owner=vca&status=not_started&flag=no-date&sort=due"])
def test_more_rows_cost_no_more_queries(sign_in, manager, query):
    client = sign_in(manager)
    counts = []
    for rows_expected in (6, 12):
        more_recommendations(6)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"{LIST}?{query}")
        assert len(listed(response)) == rows_expected
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
