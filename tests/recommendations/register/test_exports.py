"""Files of the register: every part, as filtered on screen, marked, safe to open."""

import csv
import datetime as dt
import io

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from krscp import clock
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Difference, Status
from recommendations.models import Part, Priority, Recommendation
from recommendations.services.updates import withdraw
from subgroups.models import ExportRecord
from subgroups.services.people import mark_demonstration
from tests.factories import A_DAY, decide, propose, say, the_part
from tests.recommendations.register.test_register import more_recommendations

pytestmark = pytest.mark.django_db
EXPORT = "/recommendations/export"
NOON = dt.datetime(2026, 3, 31, 11, tzinfo=dt.UTC)
NASTY = "=HYPERLINK(\"https://example.org\")"


def csv_rows(client, query=""):
    response = client.get(f"{EXPORT}/csv/{query}")
    return list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


def csv_row(client, number, part=""):
    [found] = [row for row in csv_rows(client) if (row["No."], row["Part"]) == (number, part)]
    return found


def word(client, query=""):
    return docx.Document(io.BytesIO(client.get(f"{EXPORT}/docx/{query}").getvalue()))


def headings(document, level):
    return [line.text for line in document.paragraphs if line.style.name == f"Heading {level}"]


def table_rows(document):
    return [[cell.text for cell in row.cells] for table in document.tables for row in table.rows[1:]]


@pytest.fixture
def client(sign_in, manager):
    return sign_in(manager)


def test_csv_has_one_row_for_each_part_in_the_reports_order(client):
    rows = csv_rows(client, "?sort=status")
    assert len(rows) == Part.objects.count()
    assert [row["No."] for row in rows] == sorted((row["No."] for row in rows), key=int)
    assert [row["Part"] for row in rows if row["No."] == "12"] == ["Opening", "a", "b", "c"]


def test_csv_carries_the_wording_word_for_word(client):
    texts = {row["No."]: row["Recommendation"] for row in csv_rows(client)}
    assert texts == dict(Recommendation.objects.values_list("number", "text"))


def test_csv_says_who_owns_and_where_that_comes_from(client):
    row = csv_row(client, "25")
    assert row["Lead owners"] == "Vulnerable Child and Adolescent subgroup"
    assert row["Supporting owners"] == "Community safety colleagues"
    assert row["Owner basis"] in {"named in the text", "our reading"}
    row = csv_row(client, "2")
    assert (row["Lead owners"], row["Flags"]) == ("Owner not confirmed", "Owner not confirmed; No date")
    assert row["Owner basis"].startswith("The wording says what the website needs")


def test_csv_tells_agreed_first_and_requested_dates_apart(client, slg_member, vca_cochair1):
    moved = A_DAY + dt.timedelta(days=30)
    decide(the_part("25"), slg_member, DecisionKind.AGREE_DATE, agreed_date=A_DAY)
    decide(the_part("25"), slg_member, DecisionKind.AGREE_DATE, agreed_date=moved)
    say(the_part("25"), vca_cochair1, Status.AT_RISK, requested_date=dt.date(2046, 9, 1))
    row = csv_row(client, "25")
    assert (row["Due (agreed)"], row["First agreed"], row["Requested"]) == ("2026-04-30", "2026-03-31", "2046-09-01")


def test_word_says_of_a_date_asked_for_whom_it_waits_for(client, vca_cochair1):
    say(the_part("25"), vca_cochair1, Status.AT_RISK, requested_date=dt.date(2046, 6, 30))
    [row] = [row for row in table_rows(word(client, "?owner=community-safety")) if row[0] == "25"]
    assert "30 June 2046 asked for; waits for the SLG" in row[4]


def test_csv_says_what_happened_last_and_what_is_next(client, vca_cochair1):
    with clock.at(NOON):
        told = {"what_happened": "The brief was agreed", "what_next": "Draw the sample", "next_date": A_DAY}
        say(the_part("25"), vca_cochair1, **told)
    row = csv_row(client, "25")
    assert (row["What happened last"], row["Last update"]) == ("The brief was agreed", "2026-03-31")
    assert row["Next step"] == "Draw the sample (31 March 2026)"


def test_no_change_leaves_the_next_step_standing(client, vca_cochair1):
    say(the_part("25"), vca_cochair1, what_next="Draw the sample", next_date=dt.date(2046, 3, 31))
    say(the_part("25"), vca_cochair1, kind="no_change", what_happened="", what_next="", next_date=None)
    row = csv_row(client, "25")
    assert (row["What happened last"], row["Next step"]) == ("No change", "Draw the sample (31 March 2046)")


def test_what_was_withdrawn_is_in_no_file(client, vca_cochair1):
    withdraw(update=propose(the_part("25"), vca_cochair1), by=vca_cochair1)
    row = csv_row(client, "25")
    assert (row["Status"], row["What happened last"], row["Last update"]) == ("Not started", "", "")
    assert row["Difference for children"] == "Not recorded"


def test_difference_for_children_stands_apart_from_process(client, vca_cochair1):
    propose(the_part("25"), vca_cochair1, Difference.TOO_EARLY)
    row = csv_row(client, "25")
    assert row["What happened last"] == "It was done"
    assert row["Next step"] == ""
    assert row["Difference for children"] == "Too early (look again on 31 March 2026): Children benefit indirectly"


@pytest.mark.parametrize("text", [NASTY, "+1", "-1", "@SUM(A1)", "\t=1", "＝1"])
def test_no_cell_of_a_csv_is_taken_for_a_formula(client, vca_cochair1, text):
    say(the_part("25"), vca_cochair1, what_happened=text, what_next=text)
    row = csv_row(client, "25")
    assert row["What happened last"].startswith("'")
    assert row["Next step"].startswith("'")


def test_control_characters_break_no_file(client, vca_cochair1):
    say(the_part("25"), vca_cochair1, what_happened="Page\x0bbreak\x1f and nothing", what_next=NASTY)
    assert csv_row(client, "25")["What happened last"] == "Page\nbreak and nothing"
    [row] = [row for row in table_rows(word(client, "?owner=community-safety")) if row[0] == "25"]
    assert "Page\nbreak and nothing" in row[5]
    assert row[6].startswith(NASTY)


def test_files_hold_what_the_filter_finds_and_say_so(client):
    rows = csv_rows(client, "?owner=yol&q=model")
    assert [row["No."] for row in rows] == ["27"]
    assert rows[0]["Filter"] == "Owner: YOL; Search: “model”"
    document = word(client, "?owner=yol&q=model")
    assert [row[0] for row in table_rows(document)] == ["27"]
    assert "Owner: YOL; Search: “model”" in document.paragraphs[1].text


def test_files_are_marked_and_dated(client, settings):
    settings.MARKING = "OFFICIAL-SENSITIVE"
    with clock.at(NOON):
        row = csv_rows(client, "?owner=yol")[0]
        document = word(client, "?owner=yol")
    assert (row["Marking"], row["As at"]) == ("OFFICIAL-SENSITIVE", "2026-03-31 12:00")
    footer = document.sections[0].footer.paragraphs[0].text
    assert footer.startswith("OFFICIAL-SENSITIVE\tAs at 31 March 2026, 12:00")


def test_files_of_a_demonstration_say_so(client):
    assert "Note" not in csv_rows(client)[0]
    mark_demonstration()
    assert csv_rows(client)[0]["Note"] == "Demonstration data"
    assert word(client).sections[0].header.paragraphs[0].text == "Demonstration data"


@pytest.mark.parametrize(
    ("file_format", "kind"),
    [("csv", "text/csv"), ("docx", "application/vnd.openxml"), ("xlsx", "application/vnd.openxml")],
)
def test_a_file_is_saved_under_a_dated_name(client, file_format, kind):
    with clock.at(NOON):
        response = client.get(f"{EXPORT}/{file_format}/")
    assert response["Content-Disposition"] == f'attachment; filename="recommendations-2026-03-31.{file_format}"'
    assert response["Content-Type"].startswith(kind)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.getvalue()


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "docx"])
def test_every_file_is_written_down_with_who_took_it(client, manager, file_format):
    assert client.get(f"{EXPORT}/{file_format}/?owner=yol").getvalue()
    record = ExportRecord.objects.get()
    assert (record.what, record.file_format, record.rows) == ("Recommendations", file_format, 1)
    assert (record.filtered_by, record.author) == ("Owner: YOL", manager)


def test_an_unknown_format_is_not_found_and_not_written_down(client):
    assert client.get(f"{EXPORT}/pdf/").status_code == 404
    assert not ExportRecord.objects.exists()


def test_a_person_without_a_post_takes_nothing(sign_in, nobody):
    assert sign_in(nobody).get(f"{EXPORT}/csv/").status_code == 403
    assert not ExportRecord.objects.exists()


def test_csv_is_sent_row_by_row(client):
    assert client.get(f"{EXPORT}/csv/").streaming


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "docx"])
def test_more_rows_cost_no_more_queries(client, file_format):
    counts = []
    for _ in range(2):
        more_recommendations(6)
        with CaptureQueriesContext(connection) as queries:
            assert b"".join(client.get(f"{EXPORT}/{file_format}/?q=zebra"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_word_is_landscape_with_a_repeated_header(client):
    document = word(client)
    assert document.sections[0].orientation == WD_ORIENT.LANDSCAPE
    headers = [table.rows[0]._tr.trPr.find(qn("w:tblHeader")) for table in document.tables]
    assert headers
    assert None not in headers


def test_word_stands_under_priorities_then_leads(client, slg_member):
    first, second, third = Priority.objects.all()
    decide(the_part("30"), slg_member, DecisionKind.SET_PRIORITY, priority=second)
    decide(the_part("14"), slg_member, DecisionKind.SET_PRIORITY, priority=second)
    document = word(client)
    assert headings(document, 2) == [first.name, second.name, third.name, "No priority recorded"]
    leads = headings(document, 3)
    assert leads[:2] == ["Senior Leadership Group", "Quality and Innovation subgroup"]
    assert leads[-1] == "Owner not confirmed"
    assert [row[0] for row in table_rows(document)][:2] == ["14", "30"]


def test_word_has_no_empty_priorities_when_filtered(client):
    assert headings(word(client, "?owner=yol"), 2) == ["No priority recorded"]


def test_word_lists_each_part_once(client):
    references = [row[0] for row in table_rows(word(client))]
    assert len(references) == len(set(references)) == Part.objects.count()
    assert {"3 LLR", "12(b)", "11 opening", "25"} <= set(references)


def test_word_shows_shape_and_word_of_a_status(client, vca_cochair1):
    say(the_part("25"), vca_cochair1, Status.OFF_TRACK)
    [row] = [row for row in table_rows(word(client)) if row[0] == "25"]
    assert row[2] == "■ Off track"


def test_word_with_nothing_found_still_opens(client):
    document = word(client, "?status=complete")
    assert document.tables == []
    assert "0 recommendations, 0 rows" in "\n".join(line.text for line in document.paragraphs)
