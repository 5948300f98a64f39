"""The log of exports: who took what, shown to those who answer for the data."""

import csv
import io

import docx
import pytest
from openpyxl import load_workbook

from subgroups.services.exporting import log_export
from tests.pages import queries, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]


def test_before_anything_is_taken_it_says_so(sign_in, scrutineer):
    assert "Nothing has been exported yet." in read(sign_in(scrutineer), "/export-log/")


def test_a_file_is_told_with_who_took_it_in_which_post_and_how_it_was_filtered(sign_in, lay_member, manager):
    sign_in(lay_member).get("/recommendations/export/docx/?owner=vca").getvalue()
    words = read(sign_in(manager), "/export-log/")
    assert "1 file" in words
    assert f"2 March 2026, 10:00 {lay_member.name} {lay_member.post_titles}" in words
    assert "Recommendations Owner: VCA Word" in words


def test_a_long_log_costs_the_same_queries_and_has_pages(sign_in, manager):
    client = sign_in(manager)

    def more(count: int) -> int:
        for _ in range(count):
            log_export(what="Bodies", file_format="csv", filtered_by="", rows=1, by=manager)
        return queries(client, "/export-log/")

    assert more(5) == more(100)
    assert "Next" in read(client, "/export-log/")


def test_the_log_can_be_taken_and_that_is_in_it_too(sign_in, scrutineer, lay_member):
    log_export(what="Bodies", file_format="csv", filtered_by="", rows=1, by=lay_member)
    client = sign_in(scrutineer)
    rows = list(csv.reader(io.StringIO(client.get("/export-log/export/csv/").getvalue().decode("utf-8-sig"))))
    assert rows[0][:7] == ["When", "Who", "Post", "What", "Filter", "Format", "Rows"]
    assert [(row[1], row[3], row[5]) for row in rows[1:]] == [
        (scrutineer.name, "Export log", "CSV"), (lay_member.name, "Bodies", "CSV")
    ]  # fmt: skip
    book = load_workbook(io.BytesIO(client.get("/export-log/export/xlsx/").getvalue()))
    assert [row[3].value for row in book.worksheets[0].iter_rows(min_row=2)] == ["Export log", "Export log", "Bodies"]
    paper = docx.Document(io.BytesIO(client.get("/export-log/export/docx/").getvalue()))
    assert "4 rows." in [one.text for one in paper.paragraphs]
    table = paper.tables[0]
    assert [row.cells[5].text for row in table.rows] == ["Format", "Word", "Excel", "CSV", "CSV"]
