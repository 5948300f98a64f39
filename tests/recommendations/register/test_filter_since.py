"""The filter "changed since": what counts as a change, from which moment on, and how it is said."""

import datetime as dt

import pytest

from krscp import clock
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from recommendations.models import Ownership
from recommendations.services.completion import Proof, add_evidence
from recommendations.services.updates import withdraw
from subgroups.models import Body, ExportRecord
from tests.factories import A_DAY, decide, make_review, review_in, say, the_part
from tests.pages import read
from tests.recommendations.register.test_exports import csv_rows, word
from tests.recommendations.register.test_filters import asked, numbers

pytestmark = pytest.mark.django_db
LIST = "/recommendations/"
# Long after the report was loaded, on whatever day that is. London is on summer time since the 25th, so 31 March
# begins there at 23:00 UTC the evening before.
MIDNIGHT = dt.datetime(2040, 3, 30, 23, tzinfo=dt.UTC)
DAYS_AFTER = dt.datetime(2040, 4, 3, 9, tzinfo=dt.UTC)
A_SECOND = dt.timedelta(seconds=1)


def test_an_update_counts_from_the_beginning_of_that_day_in_london(vca_cochair1):
    with clock.at(MIDNIGHT - A_SECOND):
        say(the_part("25"), vca_cochair1)
    with clock.at(MIDNIGHT):
        say(the_part("26"), vca_cochair1)
    assert numbers("since=2040-03-31") == ["26"]
    assert numbers("since=2040-03-30") == ["25", "26"]


def test_no_change_said_anew_counts_as_an_update(vca_cochair1):
    with clock.at(MIDNIGHT - A_SECOND):
        say(the_part("25"), vca_cochair1)
    with clock.at(DAYS_AFTER):
        say(the_part("25"), vca_cochair1, kind="no_change", what_happened="", what_next="", next_date=None)
    assert numbers("since=2040-04-01") == ["25"]


def test_a_decision_counts_whatever_it_changed(slg_member):
    with clock.at(DAYS_AFTER):
        decide(the_part("30"), slg_member, DecisionKind.NOTE)
        decide(the_part("12", "b"), slg_member, DecisionKind.AGREE_DATE, agreed_date=A_DAY)
    assert numbers("since=2040-04-03") == ["12", "30"]
    assert numbers("since=2040-04-04") == []


def test_a_withdrawn_update_counts_only_where_the_status_or_a_date_moved(vca_cochair1):
    for number, status in (("25", Status.AT_RISK), ("26", Status.ON_TRACK)):
        with clock.at(MIDNIGHT - dt.timedelta(days=9)):
            say(the_part(number), vca_cochair1)
        with clock.at(MIDNIGHT - A_SECOND):
            given = say(the_part(number), vca_cochair1, status)
        with clock.at(MIDNIGHT):
            withdraw(update=given, by=vca_cochair1)
    assert numbers("since=2040-03-31") == ["25"]


def test_another_owner_counts_and_one_more_too():
    with clock.at(DAYS_AFTER):
        owned = the_part("25").leads[0]
        owned.reason = "Another reason"
        owned.save()
        Ownership.objects.create(part=the_part("2"), body=Body.objects.get(slug="krscp"), kind="lead", basis="agreed")
    assert numbers("since=2040-03-31") == ["2", "25"]


def test_loading_a_report_changes_nothing():
    assert numbers("since=2000-01-01") == []


def test_evidence_alone_is_no_change(vca_cochair1):
    with clock.at(DAYS_AFTER):
        add_evidence(part=the_part("25"), proof=Proof("Minutes", "That it was agreed"), by=vca_cochair1)
    assert numbers("since=2040-03-31") == []


@pytest.mark.parametrize(
    ("choice", "day"), [("30-days", "1 March 2026"), ("90-days", "31 December 2025"), ("2026-03-01", "1 March 2026")]
)
def test_a_chip_says_the_day_and_leads_to_the_list_without_it(choice, day):
    found = asked(f"owner=vca&since={choice}")
    assert [chip.label for chip in found.chips] == ["VCA", f"Changed since {day}"]
    assert found.chips[1].url == "?owner=vca"
    assert found.in_words == f"Owner: VCA; Changed since {day}"
    assert found.notice == ""


def test_the_last_review_is_offered_once_one_is_over(vca_cochair1, manager):
    assert asked("since=last-review").ignored == ["since=last-review"]
    make_review(dt.date(2026, 9, 30))
    with clock.at(dt.datetime(2026, 3, 31, 12, tzinfo=dt.UTC)):
        review_in("frozen", manager)
    assert [chip.label for chip in asked("since=last-review").chips] == ["Changed since 31 March 2026"]


@pytest.mark.parametrize(
    "bad", ["2026-02-30", "2026-3-1", "20260301", "1-3-2026", "yesterday", "0001-01-01", "9999-12-31", "٢٠٢٦-٠٣-٠١"]
)
def test_what_is_no_date_is_set_aside_and_said(bad):
    found = asked(f"since={bad}")
    assert found.notice == f"We ignored a filter we do not know: since={bad}"
    assert len(found.qs) == 36


def test_of_two_days_the_last_one_counts():
    assert [chip.label for chip in asked("since=30-days&since=2026-02-01").chips] == ["Changed since 1 February 2026"]


def test_the_page_offers_days_and_shows_the_one_in_the_address(sign_in, lay_member):
    with clock.at(DAYS_AFTER):
        text = read(sign_in(lay_member), f"{LIST}?since=2026-03-01")
        page = sign_in(lay_member).get(f"{LIST}?since=2026-03-01").content.decode()
    assert "At any time In the last 30 days In the last 90 days Since 1 March 2026" in text
    assert '<option value="2026-03-01" selected>' in page
    assert "Remove filter Changed since 1 March 2026" in text


def test_files_hold_the_same_and_say_so(sign_in, manager, vca_cochair1):
    with clock.at(DAYS_AFTER):
        say(the_part("25"), vca_cochair1)
        client = sign_in(manager)
        assert [row["No."] for row in csv_rows(client, "?since=2040-04-01")] == ["25"]
        paper = word(client, "?since=2040-04-01")
    assert "Changed since 1 April 2040" in "\n".join(line.text for line in paper.paragraphs)
    assert ExportRecord.objects.latest("pk").filtered_by == "Changed since 1 April 2040"
