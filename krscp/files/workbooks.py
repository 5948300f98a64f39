"""Excel workbooks from columns declared once: typed dates, a frozen header with filters, no formula ever."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from tempfile import SpooledTemporaryFile, TemporaryDirectory
from typing import IO, Any

import xlsxwriter

from krscp.days import display, in_london
from krscp.files.columns import DEMONSTRATION, Column, Stamp, Value, clean, rows

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IN_MEMORY = 5_000_000  # bytes, before a file goes to disk
LONGEST_CELL = 32_767  # what Excel holds
MOST_ROWS = 1_048_575  # below the header
NARROW, BROAD, WIDEST = 12, 24, 60  # in characters
# xlsxwriter must take every text as text: no formula, no link, no number.
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class TooManyRows(ValueError):
    """An Excel sheet ends; rows beyond would be lost without a word."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name (less what Excel forbids there) and the objects that its columns show."""

    name: str
    columns: Sequence[Column]
    objects: Iterable[Any]


def to_xlsx(sheets: Sequence[Sheet], stamp: Stamp) -> IO[bytes]:
    """A workbook, at its beginning, with a last sheet that says what it is. Rows are written one at a time.

    Memory does not grow with the rows: each is written to disk before the next is asked for. Whoever sends the
    file closes it; when it cannot be made, nothing is left behind. Raises TooManyRows.
    """
    target = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    try:
        with TemporaryDirectory() as scratch:
            _write(target, scratch, sheets, stamp)
    except BaseException:
        target.close()
        raise
    target.seek(0)
    return target


def _write(target: IO[bytes], scratch: str, sheets: Sequence[Sheet], stamp: Stamp) -> None:
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "tmpdir": scratch, **PLAIN})
    # The clock inside is the stamp's, so the same input gives the same bytes.
    made = stamp.as_at.astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"comments": f"{stamp.as_at_text}. {stamp.marking}", "created": made})
    try:
        for sheet in sheets:
            _SheetWriter(book, stamp).write(sheet)
        about(book, stamp)
    except BaseException:
        for page in book.worksheets():
            page.row_data_fh.close()
        raise
    book.close()


class _SheetWriter:
    """Writes one sheet: header, rows, then the filter over all of them."""

    def __init__(self, book: xlsxwriter.Workbook, stamp: Stamp) -> None:
        self.book, self.stamp = book, stamp
        self.head = book.add_format({"bold": True, "bg_color": "#EEF6F6", "border": 1, "text_wrap": True})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": "d mmmm yyyy", "align": "left", "valign": "top"})
        self.moment = book.add_format({"num_format": "d mmmm yyyy hh:mm", "align": "left", "valign": "top"})

    def write(self, sheet: Sheet) -> None:
        page = self.book.add_worksheet(_tab(sheet.name))
        for place, column in enumerate(sheet.columns):
            page.set_column(place, place, _width(column))
            page.write_string(0, place, clean(column.label), self.head)
        last = 0
        for last, row in enumerate(rows(sheet.columns, sheet.objects), 1):
            if last > MOST_ROWS:
                raise TooManyRows(f"An Excel sheet holds {MOST_ROWS:,} rows. Use CSV.")
            for place, value in enumerate(row):
                self.cell(page, last, place, value)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, last, max(len(sheet.columns) - 1, 0))
        page.set_landscape()
        page.repeat_rows(0)
        page.set_footer(f"&L{footer(self.stamp)}&RPage &P of &N")

    def cell(self, page: Any, line: int, place: int, value: Value) -> None:
        """Dates and numbers keep their kind, so that Excel sorts and filters them; all else is text."""
        match value:
            case None | "":
                page.write_blank(line, place, None, self.text)
            case datetime():
                page.write_datetime(line, place, in_london(value).replace(tzinfo=None), self.moment)
            case date():
                page.write_datetime(line, place, value, self.day)
            case int():
                page.write_number(line, place, value, self.text)
            case _:
                page.write_string(line, place, clean(str(value))[:LONGEST_CELL], self.text)


def _tab(name: str) -> str:
    """What Excel takes as the name of a sheet: 31 characters, none of seven signs, no apostrophe at an end."""
    return clean(re.sub(r"[\[\]:*?/\\\s]+", " ", name))[:31].strip(" '") or "List"


def _width(column: Column) -> int:
    if column.wide:
        return WIDEST
    return BROAD if len(column.label) > NARROW or column.width is None else NARROW


def about(book: xlsxwriter.Workbook, stamp: Stamp) -> None:
    """What the file says of itself: a sheet can be copied out, a property of the file cannot."""
    page = book.add_worksheet("About this file")
    page.set_column(0, 0, NARROW)
    page.set_column(1, 1, WIDEST)
    lines = [("As at", display(stamp.as_at)), ("Marking", stamp.marking)]
    lines += [("Filter", stamp.filtered)] if stamp.filtered else []
    lines += [("Note", DEMONSTRATION)] if stamp.demonstration else []
    for line, (label, told) in enumerate(lines):
        page.write_string(line, 0, label)
        page.write_string(line, 1, clean(told))


def footer(stamp: Stamp) -> str:
    """An ampersand starts a code in a footer; two are one."""
    told = " · ".join([stamp.as_at_text, stamp.marking, *([DEMONSTRATION] if stamp.demonstration else [])])
    return told.replace("&", "&&")
