"""Writes the workbook of a return: locked columns, lists to choose from, days checked, a row of hints, print set up."""

import datetime as dt
from collections.abc import Sequence
from tempfile import SpooledTemporaryFile
from typing import IO, Any

import xlsxwriter

from krscp.days import display_date
from krscp.files.columns import DEMONSTRATION, Stamp, Value, clean
from krscp.files.workbooks import IN_MEMORY, LONGEST_CELL, PLAIN, about, footer
from krscp.forms.careful import LONG
from recommendations.domain.sayings import DAYS
from recommendations.models import Return
from recommendations.reviews.returns.workbook.layout import ASKED, FAULT, HINTS, KEY, SHEET, TOLD, WORDS, YES, Filled

TITLE, NOTE, HEAD, HINT, FIRST = range(5)  # lines from the top
A4 = 9
EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2100, 12, 31)
HOW = "Fill in the white cells and save. Rows left empty change nothing. Then upload the workbook in the tracker."


def to_workbook(wanted: Return, rows: Sequence[Filled], stamp: Stamp, *, faults: bool = False) -> IO[bytes]:
    """The workbook, at its beginning; with `faults`, a last column that says what is wrong in each row."""
    target = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (whoever sends the file closes it)
    book = xlsxwriter.Workbook(target, PLAIN)
    book.set_properties({"title": str(wanted), "comments": f"{stamp.as_at_text}. {stamp.marking}"})
    _Writer(book, stamp, faults).write(wanted, rows)
    about(book, stamp)
    book.close()
    target.seek(0)
    return target


class _Writer:
    """Writes the one sheet there is to fill in."""

    def __init__(self, book: xlsxwriter.Workbook, stamp: Stamp, faults: bool) -> None:
        self.stamp, self.faults = stamp, faults
        self.page = book.add_worksheet(SHEET)
        common = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#B1B4B6"}
        day = {"num_format": "d mmmm yyyy", "align": "left"}
        shaded = {"bg_color": "#F3F2F1"}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.head = book.add_format(common | {"bold": True, "bg_color": "#EEF6F6"})
        self.hint = book.add_format(common | shaded | {"italic": True})
        self.locked = book.add_format(common | shaded)
        self.locked_day = book.add_format(common | shaded | day)
        self.open = book.add_format(common | {"locked": False})
        self.open_day = book.add_format(common | day | {"locked": False})
        self.wrong = book.add_format(common | {"bold": True, "bg_color": "#FFF1E5"})
        self.key_place = len(TOLD) + len(ASKED)

    def write(self, wanted: Return, rows: Sequence[Filled]) -> None:
        due = display_date(wanted.review.returns_due)
        marked = " · ".join(filter(None, [self.stamp.marking, DEMONSTRATION if self.stamp.demonstration else ""]))
        self.page.write_string(TITLE, 0, clean(f"{wanted.review.title}: return of {wanted.body.name}"), self.title)
        self.page.write_string(NOTE, 0, clean(f"{marked} · {self.stamp.as_at_text} · Due {due}. {HOW}"))
        self._heads()
        for line, row in enumerate(rows, FIRST):
            self._row(line, row)
        self._checks(FIRST, FIRST + max(len(rows), 1) - 1)
        self._print(FIRST + len(rows))

    def _heads(self) -> None:
        labels = [(told.label, told.width, "") for told in TOLD] + [(one.label, one.width, one.hint) for one in ASKED]
        for place, (label, width, hint) in enumerate(labels):
            self.page.set_column(place, place, width)
            self.page.write_string(HEAD, place, label, self.head)
            self.page.write_string(HINT, place, hint, self.hint)
        self.page.write_string(HINT, 0, "What to write", self.hint)
        self.page.set_column(self.key_place, self.key_place, 10, None, {"hidden": True})
        self.page.write_string(HEAD, self.key_place, KEY, self.head)
        self.page.write_string(HINT, self.key_place, HINTS, self.hint)
        if self.faults:
            self.page.set_column(self.key_place + 1, self.key_place + 1, 44)
            self.page.write_string(HEAD, self.key_place + 1, FAULT, self.head)

    def _row(self, line: int, row: Filled) -> None:
        for place, value in enumerate(row.told):
            self._cell(line, place, value, self.locked_day if isinstance(value, dt.date) else self.locked)
        for place, asked in enumerate(ASKED, len(TOLD)):
            shape = self.open_day if asked.name in DAYS else self.open
            if asked.name == "later_date" and not row.has_date:
                shape = self.locked
            self._cell(line, place, row.given.get(asked.name), shape)
        self._cell(line, self.key_place, row.key, self.locked)
        if self.faults:
            self._cell(line, self.key_place + 1, row.fault, self.wrong if row.fault else self.locked)

    def _cell(self, line: int, place: int, value: Value, shape: Any) -> None:
        match value:
            case None | "":
                self.page.write_blank(line, place, None, shape)
            case dt.date():
                self.page.write_datetime(line, place, value, shape)
            case _:
                self.page.write_string(line, place, clean(str(value))[:LONGEST_CELL], shape)

    def _checks(self, first: int, last: int) -> None:
        for place, asked in enumerate(ASKED, len(TOLD)):
            self.page.data_validation(first, place, last, place, _check_of(asked.name))

    def _print(self, last: int) -> None:
        page = self.page
        page.freeze_panes(FIRST, 1)
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        page.repeat_rows(HEAD, HINT)
        page.print_area(0, 0, last, self.key_place + self.faults)
        page.set_footer(f"&L{footer(self.stamp)}&RPage &P of &N")
        page.protect("", {"format_columns": True, "format_rows": True})
        page.set_selection(FIRST, len(TOLD), FIRST, len(TOLD))


def _check_of(name: str) -> dict[str, Any]:
    """What Excel lets into a column; what it lets through is judged again at the upload."""
    if name in ("status", "later_date"):
        source = list(WORDS.values()) if name == "status" else [YES]
        words = f"Choose from the list: {', '.join(source)}."
        return {"validate": "list", "source": source, "error_title": "Choose from the list", "error_message": words}
    if name in DAYS:
        words = "Enter a date: day, month and year."
        between = {"criteria": "between", "minimum": EARLIEST, "maximum": LATEST}
        return {"validate": "date", "error_title": "Not a date", "error_message": words} | between
    words = f"Write {LONG:,} characters or less."
    return {"validate": "length", "criteria": "<=", "value": LONG, "error_title": "Too long", "error_message": words}
