"""The command that writes every recommendation for other programs: what its JSON says, and where its bytes go."""

import datetime as dt
import io
import json
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from krscp import clock
from krscp.files.columns import Stamp
from krscp.files.downloads import FILE_FORMATS
from recommendations.domain.kinds import DecisionKind
from recommendations.models import Recommendation
from recommendations.register import listing
from recommendations.register.as_json import as_json
from subgroups.models import ExportRecord, Partnership
from tests.factories import A_DAY, decide, the_part
from tests.recommendations.register.test_register import more_recommendations

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 31, 11, tzinfo=dt.UTC)


def exported_json():
    out = io.StringIO()
    call_command("export_recommendations", file_format="json", stdout=out)
    return json.loads(out.getvalue())


def one_of(number):
    return next(item for item in exported_json() if item["number"] == number)


def test_json_describes_all_36():
    found = exported_json()
    assert [item["number"] for item in found] == [str(number) for number in range(1, 37)]
    assert {tuple(item) for item in found} == {
        (
            "number", "title", "report", "text", "sub_points", "section", "subsection", "step", "paragraphs", "owners",
            "owner_basis", "cross_refs", "status", "due", "as_at", "marking",
        )
    }  # fmt: skip
    assert not [item["number"] for item in found if "\n" in item["text"]]


def test_each_item_of_json_says_when_it_stood_so_and_that_it_is_a_demonstration():
    Partnership.objects.update(is_demonstration=True)
    with clock.at(NOON):
        item = one_of("12")
    assert item["as_at"] == "2026-03-31T12:00:00+01:00"
    assert item["note"] == "Demonstration data"


def test_json_has_the_reports_sub_points_and_none_of_ours():
    labels = {item["number"]: [point["label"] for point in item["sub_points"]] for item in exported_json()}
    assert {number: found for number, found in labels.items() if found} == {
        "11": ["", "", "", ""],
        "12": ["a", "b", "c"],
        "20": ["a", "b", "c", "d"],
        "28": ["a", "b", "c", "d", "e"],
    }


def test_json_says_where_a_recommendation_stands_in_the_report():
    item = one_of("12")
    assert item["section"] == "LEADERSHIP ARRANGEMENTS"
    assert item["subsection"].startswith("Health, Police and LA engagement")
    assert (item["step"], item["paragraphs"]) == ([1], ["28", "29"])
    assert one_of("33")["step"] == [5, 6]


@pytest.mark.parametrize(("number", "refers_to"), [("7", [5]), ("11", [22]), ("14", [3]), ("12", [])])
def test_json_has_the_references_of_a_recommendations_own_words(number, refers_to):
    assert one_of(number)["cross_refs"] == refers_to


def test_json_names_leads_before_supporters_each_once():
    assert one_of("3")["owners"] == [
        "Local Learning and Review subgroup",
        "Quality and Innovation subgroup",
        "Vulnerable Child and Adolescent subgroup",
        "Learning and Development subgroup",
        "Senior Leadership Group",
    ]


def test_json_calls_an_owner_named_only_if_every_lead_is(slg_member):
    assert (one_of("2")["owners"], one_of("2")["owner_basis"]) == ([], "our reading")
    assert one_of("3")["owner_basis"] == "named"
    decide(the_part("2"), slg_member, DecisionKind.AGREE_OWNER, owner=the_part("25").leads[0].body)
    assert one_of("2")["owner_basis"] == "named"
    lead = the_part("3", "qi").leads[0]
    lead.basis, lead.reason = "our reading", "A test"
    lead.save()
    assert one_of("3")["owner_basis"] == "our reading"


def test_json_says_status_and_date_as_printed(slg_member):
    assert (one_of("25")["status"], one_of("25")["due"]) == ("Not started", None)
    decide(the_part("25"), slg_member, DecisionKind.AGREE_DATE, agreed_date=A_DAY)
    assert one_of("25")["due"] == "2026-03-31"


def test_json_of_more_recommendations_costs_no_more_queries():
    exported_json()  # Django asks a new connection once what its database can do
    counts = []
    for _ in range(2):
        more_recommendations(6)
        with CaptureQueriesContext(connection) as queries:
            exported_json()
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("file_format", "start"),
    [("json", b"[\n"), ("csv", b"\xef\xbb\xbfNo."), ("xlsx", b"PK"), ("docx", b"PK")],
)
def test_the_command_writes_bytes_to_a_file_or_to_standard_output(tmp_path, file_format, start):
    file, out = tmp_path / f"all.{file_format}", io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    with clock.at(NOON):
        call_command("export_recommendations", file_format=file_format, output=file)
        call_command("export_recommendations", file_format=file_format, stdout=out)
    assert file.read_bytes().startswith(start)
    assert out.buffer.getvalue() == file.read_bytes()
    assert not ExportRecord.objects.exists()


@pytest.mark.parametrize("file_format", ["docx", "xlsx"])
def test_the_command_puts_no_word_or_excel_file_into_text(file_format):
    with pytest.raises(CommandError, match="--output"):
        call_command("export_recommendations", file_format=file_format, stdout=io.StringIO())


def test_json_of_nothing_is_an_empty_list():
    assert b"".join(as_json(Recommendation.objects.none(), Stamp(NOON, ""), A_DAY)) == b"[]\n"


def test_the_command_offers_excel_where_word_would_be_too_long(monkeypatch, tmp_path):
    monkeypatch.setitem(FILE_FORMATS, "docx", replace(FILE_FORMATS["docx"], most=3))
    with pytest.raises(CommandError, match="Use --format xlsx"):
        call_command("export_recommendations", file_format="docx", output=tmp_path / "all.docx")
    assert list(tmp_path.iterdir()) == []


def test_what_could_not_be_finished_leaves_the_file_that_was_there(monkeypatch, tmp_path):
    file = tmp_path / "all.csv"
    file.write_text("As it was")
    monkeypatch.setattr(listing, "lines", lambda parts, today: iter([None]))
    with pytest.raises(AttributeError):
        call_command("export_recommendations", file_format="csv", output=file)
    assert [found.read_text() for found in tmp_path.iterdir()] == ["As it was"]


def test_the_command_says_so_when_it_cannot_write(tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_recommendations", file_format="json", output=tmp_path / "no" / "such" / "place.json")
