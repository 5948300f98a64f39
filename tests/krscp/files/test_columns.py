"""CSV files open the same in Excel and in a program, carry their stamp, and never run a formula."""

import csv
import io
from datetime import UTC, date, datetime
from itertools import count, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krscp.days import display
from krscp.files.columns import Column, Stamp, clean, guard, rows, stamped, to_csv

STAMP = Stamp(datetime(2026, 7, 22, 13, 5, tzinfo=UTC), "OFFICIAL")
ANY_TEXT = st.text(st.characters(exclude_categories=()))


def write(columns, objects, stamp=STAMP):
    return b"".join(to_csv(columns, objects, stamp))


def read(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def cell(value):
    [row] = read(write([Column("Text", lambda item: item)], [value]))
    return row["Text"]


def test_a_file_starts_with_a_byte_order_mark_and_the_header_and_ends_lines_as_excel_does():
    data = write([Column("No.", lambda item: item), Column("Title", lambda item: "Réview")], [12])
    assert data == (
        b"\xef\xbb\xbfNo.,Title,As at,Marking\r\n" + "12,Réview,2026-07-22 14:05,OFFICIAL\r\n".encode()
    )


def test_every_row_says_when_and_how_it_is_marked():
    lines = read(write([Column("No.", lambda item: item)], [1, 2]))
    assert [(line["As at"], line["Marking"]) for line in lines] == [("2026-07-22 14:05", "OFFICIAL")] * 2


def test_a_filtered_demonstration_file_says_so_on_every_row():
    stamp = Stamp(STAMP.as_at, "OFFICIAL", demonstration=True, filtered="Status: Off track")
    [line] = read(write([Column("No.", lambda item: item)], [1], stamp))
    assert (line["Filter"], line["Note"]) == ("Status: Off track", "Demonstration data")


def test_a_full_file_of_real_data_has_no_filter_or_note_column():
    assert [column.label for column in stamped([], STAMP)] == ["As at", "Marking"]


def test_the_stamp_is_guarded_too():
    [line] = read(write([], [1], Stamp(STAMP.as_at, "=OFFICIAL", filtered="@owner")))
    assert (line["Marking"], line["Filter"]) == ("'=OFFICIAL", "'@owner")


def test_a_stamp_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        Stamp(datetime(2026, 7, 22, 13, 5), "OFFICIAL")


def test_rows_keep_the_order_of_the_columns_and_the_kind_of_each_value():
    columns = [Column("Day", lambda item: date(2026, 1, item)), Column("No.", lambda item: item)]
    assert list(rows(columns, [3])) == [[date(2026, 1, 3), 3]]


def test_a_file_streams_without_reading_ahead():
    lines = to_csv([Column("No.", lambda item: item)], count(1), STAMP)
    assert [line.split(b",")[0] for line in islice(lines, 3)] == [b"\xef\xbb\xbfNo.", b"1", b"2"]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (-5, "-5"),
        (0, "0"),
        (None, ""),
        (date(2026, 1, 9), "2026-01-09"),
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "2026-07-02 00:30"),
    ],
)
def test_numbers_and_dates_are_written_for_sorting(value, written):
    assert cell(value) == written


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\ufe66"])
@pytest.mark.parametrize("lead", ["", " ", "\xa0", "\u200b", "\x1f", "\x00", "\ufeff", "\ufffe", "\n ", "\t"])
def test_text_that_leads_to_a_formula_sign_gets_an_apostrophe(lead, sign):
    assert cell(f"{lead}{sign}1+1").startswith("'")


@pytest.mark.parametrize("start", ["\t", "\r", "\n", "\x00"])
def test_text_that_starts_with_a_tab_a_line_break_or_nul_gets_an_apostrophe(start):
    assert cell(f"{start}plain").startswith("'")


@pytest.mark.parametrize(
    "text", ["Health review", "12(a)", "1-2", " a = b", "", "\u2013 absent", "'quoted'", 'a "b", c']
)
def test_ordinary_text_is_left_alone(text):
    assert cell(text) == text


def test_a_header_is_guarded():
    assert write([Column("=1+1", lambda item: item)], []).startswith(b"\xef\xbb\xbf'=1+1,")


def test_line_breaks_become_new_lines_and_unwritable_characters_go():
    assert clean("a\r\nb\rc\x0bd\x0ce\u2028f\x1f\x00g\ud800\uffff\th") == "a\nb\nc\nd\ne\nfg\th"


@given(ANY_TEXT)
def test_any_text_comes_back_with_at_most_an_apostrophe(text):
    assert cell(text) in (clean(text), f"'{clean(text)}")


@given(ANY_TEXT)
def test_nothing_written_starts_as_a_formula(text):
    assert not guard(text).lstrip().startswith(("=", "+", "-", "@"))


def test_dates_read_as_people_say_them():
    assert display(date(2026, 11, 2)) == "2 November 2026"
    assert STAMP.as_at_text == "As at 22 July 2026, 14:05"
