"""Every list as CSV, Excel and Word: the same rows as its page, marked, dated, written down with who took it."""

import csv
import datetime as dt
import io
import json
from dataclasses import replace
from functools import partial

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from krscp import clock
from krscp.files import downloads, formats
from krscp.files.columns import Column, Stamp
from krscp.files.downloads import FILE_FORMATS
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from recommendations.models import Part
from subgroups.files import send_file
from subgroups.models import Body, ExportRecord
from subgroups.services.people import mark_demonstration
from tests.factories import A_DAY, decide, make_person, review_in, say, the_part
from tests.pages import page, words
from tests.recommendations.conftest import NOW

pytestmark = pytest.mark.django_db
FORMATS = ("csv", "xlsx", "docx")
LISTS = (
    "/recommendations/", "/bodies/", "/bodies/vca/", "/people/", "/reviews/now/list/", "/reviews/2026-03/list/",
    "/reviews/2026-03/decisions/", "/as-at/2026-03-02/list/", "/reports/", "/reviews/", "/isr-2021/25/history/",
)  # fmt: skip
NASTY = '=HYPERLINK("https://example.org")'


@pytest.fixture
def client(sign_in, manager, slg_member, one_morning):
    """The Manager's, with a review in its meeting that has decided something."""
    review_in("meeting", manager)
    decide(the_part("25"), slg_member, DecisionKind.NOTE, wording=NASTY)
    return sign_in(manager)


def taken(client, place, file_format, query=""):
    """The bytes of a list's file."""
    answer = client.get(f"{place}export/{file_format}/{query}")
    assert answer.status_code == 200, place
    return b"".join(answer)


def csv_rows(client, place, query=""):
    return list(csv.DictReader(io.StringIO(taken(client, place, "csv", query).decode("utf-8-sig"))))


def excel(client, place, query=""):
    return load_workbook(io.BytesIO(taken(client, place, "xlsx", query)))


def excel_rows(client, place, query=""):
    head, *rows = excel(client, place, query).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def word(client, place, query=""):
    return docx.Document(io.BytesIO(taken(client, place, "docx", query)))


@pytest.mark.parametrize("place", LISTS)
def test_each_list_offers_its_three_files_with_the_filters_of_its_address(client, place):
    markup = page(client, f"{place}?status=not_started")
    query = "?status=not_started" if "list/" in place or place == "/recommendations/" else ""
    for file_format in FORMATS:
        assert f'href="{place}export/{file_format}/{query}"' in markup
    assert "Download: CSV file of this list Excel file of this list Word file of this list" in words(markup)


@pytest.mark.parametrize("place", LISTS)
def test_csv_and_excel_have_the_same_columns_in_the_same_order(client, place):
    rows, book = csv_rows(client, place), excel(client, place)
    head = next(book.worksheets[0].iter_rows(max_row=1, values_only=True))
    assert rows
    assert list(rows[0])[: len(head)] == list(head)
    assert list(rows[0])[len(head) :] == ["As at", "Marking", *(["Filter"] if "Filter" in rows[0] else [])]
    assert book.worksheets[0].max_row - 1 == len(rows)


@pytest.mark.parametrize("place", LISTS[1:])
def test_word_has_the_same_columns_too(client, place):
    [table] = word(client, place).tables
    head = next(excel(client, place).worksheets[0].iter_rows(max_row=1, values_only=True))
    assert tuple(cell.text for cell in table.rows[0].cells) == head
    assert len(table.rows) - 1 == len(csv_rows(client, place))


@pytest.mark.parametrize("place", LISTS)
def test_each_file_is_marked_dated_and_says_that_it_is_a_demonstration(client, settings, place):
    settings.MARKING = "OFFICIAL-SENSITIVE"
    mark_demonstration()
    row = csv_rows(client, place)[0]
    assert (row["Marking"], row["Note"]) == ("OFFICIAL-SENSITIVE", "Demonstration data")
    about = dict(excel(client, place)["About this file"].iter_rows(values_only=True))
    assert (about["Marking"], about["Note"]) == ("OFFICIAL-SENSITIVE", "Demonstration data")
    assert about["As at"].startswith("2 March 2026")
    section = word(client, place).sections[0]
    assert section.footer.paragraphs[0].text.startswith("OFFICIAL-SENSITIVE\tAs at 2 March 2026, ")
    assert section.header.paragraphs[0].text == "Demonstration data"


@pytest.mark.parametrize("place", LISTS)
def test_who_took_which_list_is_written_down(client, manager, place):
    count = len(csv_rows(client, place))
    for file_format in FORMATS[1:]:
        taken(client, place, file_format)
    records = list(ExportRecord.objects.order_by("pk"))
    assert [record.file_format for record in records] == list(FORMATS)
    assert {(record.author, record.rows) for record in records} == {(manager, count)}
    assert len({record.what for record in records}) == 1


@pytest.mark.parametrize("place", LISTS)
def test_more_to_show_costs_no_more_queries(client, manager, slg_member, place):
    counts = []
    for number in ("26", "27"):
        say(the_part(number), manager, Status.OFF_TRACK)
        decide(the_part(number), slg_member, DecisionKind.NOTE)
        make_person(f"{'ld' if number == '26' else 'qi'}-co-chair-1", email=f"holder{number}@people.example")
        with CaptureQueriesContext(connection) as captured:
            taken(client, place, "xlsx")
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 30


def test_a_list_behind_a_figure_is_filtered_as_its_page_is(client, manager):
    say(the_part("27"), manager, Status.OFF_TRACK)
    for place in ("/reviews/now/list/", "/reviews/2026-03/list/", "/as-at/2026-03-02/list/"):
        [row] = excel_rows(client, place, "?status=off_track")
        assert (row["Recommendation"], row["Status"]) == ("27 Youth Out Loud model", "■ Off track")
    assert ExportRecord.objects.first().filtered_by == "Off track"
    assert ExportRecord.objects.first().what == "Recommendations: As at 2 March 2026"


def test_a_frozen_reviews_list_is_as_it_was_frozen(sign_in, manager, one_morning):
    review_in("frozen", manager)
    say(the_part("27"), manager, Status.OFF_TRACK)
    client = sign_in(manager)
    assert {row["Status"] for row in csv_rows(client, "/reviews/2026-03/list/")} == {"○ Not started"}
    with clock.at(NOW + dt.timedelta(minutes=20)):
        assert csv_rows(client, "/reviews/2026-03/list/")[0]["As at"] == "2026-03-02 10:00"


def test_a_decision_log_keeps_its_wording_and_no_cell_is_a_formula(client):
    [row] = csv_rows(client, "/reviews/2026-03/decisions/")
    assert row["Wording"] == f"'{NASTY}"
    sheet = excel(client, "/reviews/2026-03/decisions/").worksheets[0]
    assert (sheet["D2"].value, sheet["D2"].data_type) == (NASTY, "s")


def test_bodies_stand_with_their_posts_and_which_are_vacant(client, vca_cochair1):
    [row] = [row for row in csv_rows(client, "/bodies/") if row["Short name"] == "VCA"]
    assert (row["Kind"], row["Leads"], row["Supports"]) == ("Subgroup", "10", "2")
    assert row["Posts"].split("\n")[:2] == [
        "Co-chair, VCA subgroup (Achieving for Children)",
        "Co-chair, VCA subgroup (police) (vacant)",
    ]
    assert len(csv_rows(client, "/bodies/")) == Body.objects.count()


def test_a_body_takes_what_it_leads_and_supports(client):
    rows = csv_rows(client, "/bodies/vca/")
    assert [row["Leads or supports"] for row in rows] == ["Leads"] * 10 + ["Supports"] * 2
    assert ("25", "") in [(row["No."], row["Part"]) for row in rows]
    assert ExportRecord.objects.get().what == "Recommendations: VCA"


def test_people_stand_with_their_post_and_vacant_posts_after_them(client, lay_member):
    rows = csv_rows(client, "/people/")
    assert "lay_member@people.example" in [row["Email"] for row in rows]
    assert rows[-1]["Person"] == "Vacant"


@pytest.mark.parametrize("person", ["lay_member", "slg_chair", "vca_cochair1"])
def test_a_person_who_keeps_no_accounts_cannot_take_people(request, sign_in, person):
    assert sign_in(request.getfixturevalue(person)).get("/people/export/csv/").status_code == 403
    assert not ExportRecord.objects.exists()


def test_word_says_plainly_when_a_list_is_too_long_for_it(client, monkeypatch):
    monkeypatch.setitem(FILE_FORMATS, "docx", replace(FILE_FORMATS["docx"], most=30))
    answer = client.get("/recommendations/export/docx/?status=not_started")
    assert answer.status_code == 422
    text = words(answer.content.decode())
    assert "This list is too long for Word" in text
    assert f"This list has {Part.objects.count()}." in text
    assert 'href="/recommendations/export/xlsx/?status=not_started"' in answer.content.decode()
    assert "export/docx" not in answer.content.decode()
    assert not ExportRecord.objects.exists()
    assert client.get("/bodies/vca/export/docx/").status_code == 200


@pytest.mark.parametrize("place", LISTS)
def test_no_other_format_is_there(client, place):
    assert client.get(f"{place}export/pdf/").status_code == 404
    assert not ExportRecord.objects.exists()


def test_each_format_with_a_name_for_people_can_be_made_and_no_other():
    assert FILE_FORMATS.keys() == formats.FORMATS.keys() | {"json"}
    listing = downloads.Listing("Bodies", [Column("Name", str)], [], 0)
    for make in (downloads.made, downloads.pieces):
        with pytest.raises(KeyError):
            list(make(listing, "pdf", Stamp(NOW, "OFFICIAL")))


def test_excel_is_closed_with_the_answer(client):
    listing = downloads.Listing("Bodies", [Column("Name", str)], Body.objects.all(), 2)
    make = partial(downloads.made, listing, "xlsx", Stamp(NOW, "OFFICIAL"))
    answer = send_file(client.get("/").wsgi_request, make, "bodies.xlsx", "x/y", what="Bodies", rows=2)
    book = answer.file_to_stream
    assert not book.closed
    answer.close()
    assert book.closed


def test_excel_that_cannot_be_made_leaves_nothing_open(client):
    listing = downloads.Listing("Bodies", [Column("Name", lambda body: body.nothing)], Body.objects.all(), 2)
    with pytest.raises(AttributeError):
        downloads.made(listing, "xlsx", Stamp(NOW, "OFFICIAL"))


def test_excel_has_dates_as_dates(client, slg_member):
    decide(the_part("25"), slg_member, DecisionKind.AGREE_DATE, agreed_date=A_DAY)
    [row] = [row for row in excel_rows(client, "/recommendations/") if row["No."] == "25"]
    assert row["Due (agreed)"] == dt.datetime(2026, 3, 31)


def test_the_recommendations_are_there_as_json_too_filtered_as_on_screen(client, manager, settings):
    settings.MARKING = "OFFICIAL-SENSITIVE"
    assert 'href="/recommendations/export/json/?owner=vca"' in page(client, "/recommendations/?owner=vca")
    answer = client.get("/recommendations/export/json/?owner=vca")
    assert answer["Content-Disposition"].startswith('attachment; filename="recommendations-2026-03-02.json"')
    found = json.loads(b"".join(answer.streaming_content))
    numbers = list(dict.fromkeys(row["No."] for row in csv_rows(client, "/recommendations/", "?owner=vca")))
    assert [str(one["number"]) for one in found] == numbers
    assert 0 < len(found) < 36
    assert {(one["marking"], one["filter"]) for one in found} == {("OFFICIAL-SENSITIVE", "Owner: VCA")}
    record = ExportRecord.objects.order_by("pk").first()
    assert (record.author, record.rows, record.filtered_by) == (manager, len(found), "Owner: VCA")
    assert (record.what, record.in_words) == ("Recommendations", "JSON")


@pytest.mark.parametrize("place", LISTS[1:])
def test_no_other_list_is_there_as_json(client, place):
    assert client.get(f"{place}export/json/").status_code == 404
