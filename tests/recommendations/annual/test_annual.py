"""The annual report says what is recorded: each figure against a query of the test's own, in every kind of file."""

import csv
import datetime as dt
import io
import re
import zipfile
from collections import Counter

import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from openpyxl import load_workbook

from krscp import clock
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Difference, Status
from recommendations.models import (
    AnnualReport,
    Evidence,
    Ownership,
    Part,
    Priority,
    Recommendation,
    RecommendationPriority,
)
from subgroups.models import ExportRecord
from tests.factories import decide, propose, say, the_part, the_recommendation
from tests.form_data import filled_in
from tests.pages import page, queries, read, words
from tests.recommendations.annual.reports import (
    AFTER,
    HERE,
    all_files,
    boxes,
    build,
    choices,
    days,
    headings,
    paper,
    table,
    take,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]


def test_progress_by_priority_in_word_is_what_the_database_says(on, a_year):
    with on(AFTER) as client:
        document = paper(client, build(client))
    statuses = list(Status)
    links = RecommendationPriority.objects.filter(is_main=True)
    main = dict(links.values_list("recommendation__slug", "priority__name"))
    rest = "Cross-cutting, or no priority recorded"
    wanted: dict[str, Counter] = {name: Counter() for name in [*Priority.objects.values_list("name", flat=True), rest]}
    for slug, status in Recommendation.objects.values_list("slug", "status"):
        wanted[main.get(slug, rest)][status] += 1
    counted = table(document, "Recommendations in each status, by priority")
    assert [row[0] for row in counted[1:]] == [*wanted, "All"]
    for row in counted[1:-1]:
        figures = [wanted[row[0]][status] for status in statuses]
        assert row[1:] == [str(figure) for figure in [*figures, sum(figures)]]
    assert counted[-1][-1] == str(Recommendation.objects.count()) == "36"
    assert headings(document, 3) == list(wanted)
    assert table(document, "Progress: mental health")[1:] == [
        ["25 Audit of marginalised communities", "VCA", "○ Not started", "■ Off track", "No date agreed",
         "The group met (12 March 2026)"],
        ["26 Youth Crime Conference", "Project X, VCA, Contextual safeguarding leads", "○ Not started",
         "● On track", "No date agreed", "Venue booked (12 March 2026)"],
    ]  # fmt: skip


def test_little_or_no_progress_lists_what_the_rule_says_with_the_owners_words(on, a_year):
    with on(AFTER) as client:
        document = paper(client, build(client))
        quiet_since = clock.today() - dt.timedelta(days=1 + 90)
    found = {row[0]: row for row in table(document, "Little or no progress, with reasons")[1:]}
    # Everything was first recorded as not started. Better than that: on track or beyond, and not quiet.
    listed = Part.objects.exclude(status__in=["complete", "not_accepted", "superseded"])
    spoken = set(listed.filter(last_said_at__date__gt=quiet_since).values_list("pk", flat=True))
    fine = {part.pk for part in listed if part.status in ("on_track", "awaiting_sign_off") and part.pk in spoken}
    expected = [part for part in listed.select_related("recommendation") if part.pk not in fine]
    assert set(found) == {part.full_title for part in expected}
    slipped = found["25 Audit of marginalised communities"]
    assert slipped[3:5] == ["○ Not started", "■ Off track"]
    assert slipped[5:] == ["Status no better\nQuiet 384 days", "The analyst left (12 March 2026)"]
    recovered = found["26 Youth Crime Conference"]
    assert recovered[5:] == ["Quiet 384 days", "Waiting for an analyst (12 March 2026)"]
    assert found["27 Youth Out Loud model"][-1] == "Nothing said"
    rule = next(one.text for one in document.paragraphs if one.text.startswith("A part is listed when"))
    assert "open at the end of the period and is not started, or stands no better" in rule


def test_children_refusals_decisions_attendance_and_impact_are_what_is_recorded(on, a_year):
    with on(AFTER) as client:
        document = paper(client, build(client))
    counted = table(document, "Difference for children, by recommendation")
    assert [row[:2] for row in counted[1:]] == [
        ["Evidenced", "1"], ["Too early", "0"], ["No direct effect", "0"], ["Not recorded", "35"],
    ]  # fmt: skip
    assert table(document, "Not accepted or superseded, with reasons")[1:] == [
        [the_part("21").full_title, "✕ Not accepted", "The SLG agreed", "1 January 2020", ""]
    ]
    decided = table(document, "Decisions, in the order they were recorded")[1:]
    assert [(row[1].split()[0], row[2]) for row in decided] == [
        ("25", "Set the priority: Mental health"), ("26", "Set the priority: Mental health"),
        ("21", "Do not accept"), ("25", "Agree an owner"), ("30", "Sign off"),
    ]  # fmt: skip
    assert decided[3][4] == "Vulnerable Child and Adolescent subgroup"
    held = f"{days(380).day} {days(380):%B %Y}"
    posts = table(document, "Posts represented at reviews")
    assert posts[0] == ["Post", "Body", held]
    assert [(row[1], row[2]) for row in posts[1:]] == [
        ("Senior Leadership Group", "Present"), ("Vulnerable Child and Adolescent subgroup", "Apologies"),
    ]  # fmt: skip
    [evidenced] = table(document, "Evidence of impact")[1:]
    kept = Evidence.objects.get()
    assert evidenced[3:] == [f"{kept.title}: {kept.shows}", kept.link]


def test_word_has_real_headings_captions_repeated_heads_landscape_and_alternative_texts(on, a_year):
    with on(AFTER) as client:
        document = paper(client, build(client))
    assert headings(document, 1) == ["Annual report"]
    assert headings(document, 2) == [
        "Progress by priority", "Difference for children", "Little or no progress, with reasons",
        "Not accepted, with reasons", "Decisions taken", "Attendance", "Evidence of impact",
    ]  # fmt: skip
    assert {section.orientation for section in document.sections} == {WD_ORIENT.LANDSCAPE}
    captions = [one.text for one in document.paragraphs if one.style.name == "Caption"]
    assert len(captions) == len(document.tables) >= 9
    for found in document.tables:
        properties = found._tbl.tblPr
        assert found.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert properties.find(qn("w:tblDescription")).get(qn("w:val")).startswith("Columns: ")
    assert "As at 31 March 2027, 23:59" in document.sections[0].footer.paragraphs[0].text


def test_excel_has_a_sheet_for_each_kind_of_table_with_filters_and_typed_dates(on, a_year):
    with on(AFTER) as client:
        book = load_workbook(io.BytesIO(take(client, build(client), "excel")))
    assert book.sheetnames == [
        "Counts by priority", "Progress by priority", "Difference counts", "Difference told",
        "Little or no progress", "Not accepted", "Decisions", "Attendance", "Evidence of impact", "About this file",
    ]  # fmt: skip
    sheet = book["Progress by priority"]
    assert [cell.value for cell in sheet[1]][:3] == ["Priority", "Recommendation", "Owner"]
    assert sheet.max_row == 1 + 36
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:G37")
    assert book["Decisions"]["A2"].value == dt.datetime(2020, 1, 1)
    assert book["Counts by priority"]["J6"].value == 36


def test_csv_is_a_zip_with_one_file_for_each_sheet(on, a_year):
    with on(AFTER) as client:
        found = zipfile.ZipFile(io.BytesIO(take(client, build(client), "csv")))
    names = found.namelist()
    assert names[:2] == ["counts-by-priority.csv", "progress-by-priority.csv"]
    lines = found.read("progress-by-priority.csv").decode("utf-8-sig").splitlines()
    assert lines[0].endswith("As at,Marking,Filter")
    assert any(line.startswith("Mental health,25 Audit") for line in lines)


def test_each_table_of_the_page_is_one_csv_file_with_its_own_rows(on, a_year):
    with on(AFTER) as client:
        shown = client.get(build(client)).content.decode()
        taken = re.findall(r'href="([^"]+/tables/([a-z0-9-]+)/)"', shown)
        assert {"progress-counts", "progress-2", "stalled", "decisions", "attendance"} <= {slug for _, slug in taken}
        for address, slug in taken:
            answer = client.get(address)
            head, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
            table_shown = re.search(rf'id="{slug}-table".*?</table>', shown, re.DOTALL)[0]
            assert head[-3:] == ["As at", "Marking", "Filter"]
            assert len(rows) == table_shown.count("<tr>") - 1 > 0
            assert f"-to-2027-03-31-{slug}.csv" in answer["Content-Disposition"]
        log = ExportRecord.objects.order_by("-pk").first()
        assert (log.file_format, log.rows) == ("csv", len(rows))


@pytest.mark.parametrize(("day", "year"), [(dt.date(2027, 3, 31), 2025), (dt.date(2027, 4, 1), 2026)])
def test_the_builder_opens_with_the_last_complete_year(on, day, year):
    with on(dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC)) as client:
        filled = filled_in(client.get(HERE))
    assert filled["title"] == f"Annual report {year} to {year + 1}"
    assert [filled[f"period_from_{box}"] for box in ("day", "month", "year")] == ["1", "4", str(year)]
    assert [filled[f"period_to_{box}"] for box in ("day", "month", "year")] == ["31", "3", str(year + 1)]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"title": ""}, "Enter a title"),
        ({"sections": []}, "Select at least one section"),
        ({"period_from_day": "31", "period_from_month": "2"}, "First day of the period must be a real date"),
        ({"period_to_day": ""}, "Last day of the period must include a day"),
        (boxes("period_from", dt.date(2028, 4, 1)), "The first day of the period must be today or in the past"),
        (boxes("period_to", dt.date(2026, 3, 1)), "Nothing is recorded before 2 March 2026"),
        (boxes("period_to", dt.date(2026, 3, 2)), "The last day of the period must be the first day or later"),
        ({"title": "What Mrs Example said"}, "This may include a name"),
    ],
)
def test_mistakes_are_told_and_nothing_typed_is_lost(on, given, problem):
    sent = choices(first=dt.date(2026, 3, 3), **{"title": "Kept title"} | given)
    with on(AFTER) as client:
        answer = client.post(HERE, sent)
    assert problem in words(answer.content.decode())
    shown = filled_in(answer)
    assert {name: shown.get(name) for name in sent if name not in ("sections", "token")} == {
        name: str(value) for name, value in sent.items() if name not in ("sections", "token")
    }
    assert not AnnualReport.objects.exists()


def test_a_period_that_begins_before_records_says_so(on, a_year):
    with on(AFTER) as client:
        shown = read(client, build(client, first=dt.date(2025, 4, 1)))
    assert "Records begin on 2 March 2026, and not before the period." in shown
    assert "No set of priorities is in force on 31 March 2027" in shown


def test_on_screen_numbers_and_evidence_lead_where_they_say(on, a_year):
    with on(AFTER) as client:
        markup = page(client, build(client))
    assert '<th scope="row"><a class="govuk-link" href="/isr-2021/25/">25 Audit' in markup
    assert '<a href="https://example.org/minutes"' in markup
    assert re.search(r'href="/isr-2021/30/"><span class="govuk-visually-hidden">Recommendation </span>30</a>', markup)


def test_what_is_missing_is_warned_of_with_the_list_behind_it(on, a_year):
    with on(AFTER) as client:
        markup = page(client, build(client))
    without = Recommendation.objects.exclude(priority_links__is_main=True).count()
    unowned = Part.objects.exclude(pk__in=Ownership.objects.filter(kind="lead").values("part"))
    unowned = unowned.exclude(status__in=["complete", "not_accepted", "superseded"])
    assert f'href="/as-at/2027-03-31/list/?priority=none">{without} have no priority' in markup
    assert f"{unowned.values('recommendation').distinct().count()} have no confirmed owner" in markup
    assert "35 have no difference for children recorded" in markup


def test_only_the_sections_asked_for_are_in_it_in_their_own_order(on, a_year):
    with on(AFTER) as client:
        document = paper(client, build(client, sections=["impact", "children"]))
    assert headings(document, 2) == ["Difference for children", "Evidence of impact"]


def test_who_took_a_file_is_written_down(on, a_year, manager):
    with on(AFTER) as client:
        take(client, build(client), "excel")
    record = ExportRecord.objects.get()
    assert (record.what, record.file_format, record.author) == ("Annual report: Annual report", "xlsx", manager)
    assert record.filtered_by == "2 March 2026 to 31 March 2027"


def test_a_time_of_which_nothing_is_recorded_gives_a_report_that_says_so(on, monkeypatch):
    for place in ("annual.period", "annual.views"):
        monkeypatch.setattr(f"recommendations.{place}.first_day", lambda: None)
    with on(AFTER) as client:
        place = build(client, first=dt.date(2020, 4, 1), last=dt.date(2021, 3, 31))
        shown, files = read(client, place), all_files(client, place)
    assert "Nothing is recorded by 31 March 2021." in shown
    assert "No attendance is recorded in this period." in shown
    assert "Priorities: KRSCP business plan" not in shown
    assert all(files)


def test_the_report_costs_the_same_queries_however_much_happened(on, a_year, vca_cochair1, slg_member, manager):
    with on(days(385)) as client:
        place = build(client)
        few = queries(client, place)
        for number in ("27", "29", "36"):
            say(the_part(number), manager)
            propose(the_part(number), manager, Difference.EVIDENCED)
            decide(the_part(number), slg_member, DecisionKind.NOTE)
        decide(the_part("34"), slg_member, DecisionKind.SUPERSEDE, replacement=the_recommendation("36"))
        decide(the_part("35"), slg_member, DecisionKind.SUPERSEDE, replacement=the_recommendation("36"))
        assert queries(client, place) == few <= 36
