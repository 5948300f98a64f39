"""Excel workbooks: typed cells, a frozen header with filters, what the file says of itself, never a formula."""

import datetime as dt

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from krscp.files.columns import Column, Stamp, clean
from krscp.files.workbooks import Sheet, to_xlsx

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
STAMP = Stamp(NOON, "OFFICIAL", filtered="Owner: VCA")
COLUMNS = [Column("What", lambda row: row[0], wide=True), Column("When", lambda row: row[1])]


def sheet(objects, stamp=STAMP, name="Recommendations"):
    with to_xlsx([Sheet(name, COLUMNS, objects)], stamp) as made:
        book = load_workbook(made)
    return book[name[:31]], book["About this file"]


def test_dates_numbers_and_texts_keep_their_kind():
    page, _ = sheet([("Read it", dt.date(2026, 5, 1)), (36, NOON), (None, "")])
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["What", "When"],
        ["Read it", dt.datetime(2026, 5, 1)],
        [36, dt.datetime(2026, 6, 1, 13)],
        [None, None],
    ]
    assert page["B2"].number_format == "d mmmm yyyy"


def test_the_header_stays_and_filters_and_prints_on_every_page():
    page, _ = sheet([("Read it", None)])
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:B2"
    assert page.print_title_rows == "$1:$1"
    assert page.page_setup.orientation == "landscape"
    assert "OFFICIAL" in page.oddFooter.left.text


def test_the_file_says_what_it_is():
    _, about = sheet([], Stamp(NOON, "OFFICIAL", demonstration=True, filtered="Owner: VCA"))
    assert [[cell.value for cell in row] for row in about.iter_rows()] == [
        ["As at", "1 June 2026, 13:00"],
        ["Marking", "OFFICIAL"],
        ["Filter", "Owner: VCA"],
        ["Note", "Demonstration data"],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "https://example.org", "007", "1e5"])
def test_what_looks_like_a_formula_link_or_number_is_text(text):
    page, _ = sheet([(text, None)])
    assert (page["A2"].value, page["A2"].data_type, page["A2"].hyperlink) == (text, "s", None)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_comes_back_as_it_was_less_what_no_file_holds(text):
    page, _ = sheet([(text, None)])
    found = page["A2"]
    assert (found.value or "") == clean(text).replace("\r", "\n")
    assert found.data_type in ("s", "n")


def test_the_same_input_gives_the_same_bytes_on_another_day():
    def made() -> bytes:
        with to_xlsx([Sheet("Recommendations", COLUMNS, [("Read it", dt.date(2026, 5, 1))])], STAMP) as book:
            return book.read()

    with time_machine.travel(dt.datetime(2030, 1, 1, tzinfo=dt.UTC), tick=False):
        before = made()
    assert made() == before


def test_a_text_longer_than_a_cell_is_cut_not_lost_with_the_file():
    page, _ = sheet([("x" * 40_000, None)])
    assert len(page["A2"].value) == 32_767


@pytest.mark.parametrize(
    ("name", "tab"),
    [
        ("Recommendations: Where we are now, and more", "Recommendations Where we are no"),
        ("[What/if]*?", "What if"),
        ("'quoted'", "quoted"),
        (":::", "List"),
        ("Two\nlines", "Two lines"),
    ],
)
def test_any_title_names_a_sheet(name, tab):
    with to_xlsx([Sheet(name, COLUMNS, [])], STAMP) as made:
        assert load_workbook(made).sheetnames == [tab, "About this file"]
