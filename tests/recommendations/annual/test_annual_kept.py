"""A finished period's annual report is kept and stays the same for ever; a draft is neither."""

import datetime as dt
import uuid

import pytest

from krscp import clock
from krscp.sealed_records import UnreadableRecord
from recommendations.annual.keeping import read_back
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Difference, Status
from recommendations.models import AnnualFile, AnnualReport, AnnualRun, Priority
from recommendations.services.updates import withdraw
from subgroups.models import Body, Post
from subgroups.services.records import save
from tests.factories import decide, propose, say, the_part, the_recommendation
from tests.pages import page, read, words
from tests.recommendations.annual.reports import (
    AFTER,
    HERE,
    LAST,
    SECTIONS,
    all_files,
    build,
    choices,
    days,
    paper,
    table,
    take,
)
from tests.recommendations.conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]


def much_happens(vca_cochair1, manager, slg_member) -> None:
    """Updates, a withdrawal, names, decisions and evidence after the period."""
    say(the_part("25"), vca_cochair1, Status.ON_TRACK)
    propose(the_part("26"), vca_cochair1, Difference.EVIDENCED)
    decide(the_part("21"), slg_member, DecisionKind.REOPEN)
    decide(the_part("27"), slg_member, DecisionKind.NOT_ACCEPT)
    body, post = Body.objects.get(slug="vca"), Post.objects.get(slug="slg-chair")
    priority = Priority.objects.get(slug="mental-health")
    body.name, body.abbreviation, priority.name, post.title = "Renamed body", "NEW", "Renamed priority", "Renamed post"
    for one in (body, priority, post):
        save(one, manager, "Renamed")
    recommendation = the_recommendation("25")
    recommendation.short_title = "Retitled"
    save(recommendation, manager, "Retitled")


def test_a_finished_period_gives_the_same_bytes_whatever_happens_later(
    on, a_year, vca_cochair1, manager, slg_member
):
    with on(AFTER) as client:
        place = build(client)
        first, shown = all_files(client, place), page(client, place)
    with on(days(480)) as client:
        much_happens(vca_cochair1, manager, slg_member)
        client.post(f"{place}run/")
        assert all_files(client, place) == first
        assert page(client, place) == shown
        assert AnnualRun.objects.count() == 1
        assert build(client) == place, "the same choices are the same report"
        # Not for being kept alone: rebuilt from history, with all that happened since, it is the same too.
        same = {"title": "Annual report", "period_from": TODAY, "period_to": LAST, "sections": SECTIONS}
        rebuilt = f"{HERE}{AnnualReport.objects.create(token=uuid.uuid4(), **same).pk}/"
        client.post(f"{rebuilt}run/")
        assert all_files(client, rebuilt) == first
    assert "VCA" in shown
    assert "Renamed" not in shown


def test_what_is_withdrawn_after_the_period_stood_in_it(on, vca_cochair1):
    evening = dt.datetime(2027, 3, 31, 20, tzinfo=dt.UTC)
    with clock.at(evening):
        said = say(the_part("25"), vca_cochair1, what_happened="Said on the last evening")
    with clock.at(evening + dt.timedelta(hours=10)):
        withdraw(update=said, by=vca_cochair1)
    with on(AFTER) as client:
        assert "Said on the last evening" in read(client, build(client))


def test_what_is_recorded_after_the_period_is_in_the_next_one_only(on, a_year, slg_member):
    with clock.at(days(396)):
        decide(the_part("36"), slg_member, DecisionKind.NOTE)
    with on(AFTER) as client:
        first = paper(client, build(client))
        later = paper(client, build(client, first=LAST + dt.timedelta(days=1), last=clock.today()))
    caption = "Decisions, in the order they were recorded"
    assert [row[2] for row in table(first, caption)].count("Minute a note") == 0
    assert [row[2] for row in table(later, caption)[1:]] == ["Minute a note"]
    assert len(table(first, caption)) == 6


def test_a_period_that_has_not_ended_is_a_draft_and_never_kept(on, a_year, manager):
    with on(days(390)) as client:
        place = build(client)
        shown = read(client, place)
        assert "Draft: the period ends on 31 March 2027" in shown
        assert "Nothing recorded later changes it" not in shown
        document = paper(client, place)
        assert "Draft: the period ends on 31 March 2027." in "\n".join(one.text for one in document.paragraphs)
        client.post(f"{place}run/")
        assert not AnnualRun.objects.exists()
        say(the_part("36"), manager, what_happened="Moved on since")
        assert "Moved on since" in read(client, place)


def test_a_draft_whose_period_has_ended_is_kept_when_it_is_run(on, a_year):
    with on(days(390)) as client:
        place = build(client)
    with on(AFTER) as client:
        assert "The period has ended. Run the report" in read(client, place)
        assert "The period has ended; not run since" in read(client, HERE)
        assert client.get(f"{place}export/word/")["Location"] == place
        assert not AnnualFile.objects.exists()
        assert client.post(f"{place}run/")["Location"] == place
        assert "Kept on" in read(client, place)
        assert AnnualFile.objects.count() == 3
        assert take(client, place, "word")[:2] == b"PK"


def test_a_kept_report_does_not_change_and_its_choices_make_another(on, a_year):
    with on(AFTER) as client:
        place = build(client)
        assert "does not change" in read(client, f"{place}change/")
        answer = client.post(f"{place}change/", choices(title="Second", version=1))
    assert answer["Location"] != place
    assert list(AnnualReport.objects.order_by("pk").values_list("title", flat=True)) == ["Annual report", "Second"]


def test_a_draft_can_be_changed_and_says_who_changed_it_and_a_stale_form_is_refused(on, a_year):
    with on(days(390)) as client:
        place = build(client)
        assert client.post(f"{place}change/", choices(title="Better title", version=1)).status_code == 302
        assert "Better title" in read(client, place)
        stale = client.post(f"{place}change/", choices(title="From an old page", version=1))
        assert stale.status_code == 409
        assert "You saved something else here while this page was open" in words(stale.content.decode())
        assert "From an old page" in stale.content.decode()
        assert "Choices changed" in read(client, f"{place}change/")


def test_a_second_sending_of_the_form_builds_one_report(on, a_year):
    with on(AFTER) as client:
        assert build(client) == build(client)
    assert AnnualReport.objects.count() == AnnualRun.objects.count() == 1


def test_a_kept_record_that_was_tampered_with_is_not_served(on, a_year):
    with on(AFTER) as client:
        build(client)
    run = AnnualRun.objects.get()
    run.content = run.content.replace("off_track", "on_track")
    with pytest.raises(UnreadableRecord):
        read_back(run)
