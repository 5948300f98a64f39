"""Uploaded tables, from Excel or CSV, as rows of clean texts and days; bounded in time and memory."""

import csv
import io
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from krscp.text import clean_text
from recommendations.importing.guard import DAMAGED, check_size, check_workbook
from recommendations.importing.problems import ImportProblem
from recommendations.importing.readers.text import decode

MAX_ROWS, MAX_COLUMNS = 10_000, 50
MAX_CHARACTERS = 3_000_000  # of all sheets: one text may stand in every cell and yet only once in the file
LONGEST_CELL = 32_767
Cell = str | date
SEPARATORS = ",;\t"
KINDS = (".xlsx", ".xls", ".xlsm", ".csv", ".tsv")
# How a workbook writes a character that XML cannot hold: “_x000D_” is a carriage return.
TOO_MUCH_TEXT = f"The sheet must hold {MAX_CHARACTERS:,} characters or fewer. Copy the rows into a new file"
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
ONLY_HIDDEN = "The sheets that people see are empty. Show the hidden sheet that holds the rows, and upload it again"
WRONG_KIND = "The selected file must be an Excel workbook (.xlsx) or a CSV file"


@dataclass(frozen=True)
class SheetTable:
    """One sheet: its name, and its rows as they stand in it, the empty ones at its end left out.

    `others` names the sheets of its workbook that hold something too and were not taken.
    """

    name: str
    rows: list[list[Cell]]
    hidden: bool = False
    others: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not any(any(row) for row in self.rows)


def is_table(name: str) -> bool:
    """Whether a file of this name is a list of rows, and not a report to read."""
    return Path(name).suffix.lower() in KINDS


def read_table(name: str, data: bytes) -> SheetTable:
    """The rows of an upload, read by its extension: of a workbook, the first sheet that people see and that has any.

    Raises ImportProblem.
    """
    kind = Path(name).suffix.lower()
    if kind in (".csv", ".tsv", ".txt"):
        return read_csv(data)
    if kind not in (".xlsx", ".xls", ".xlsm"):
        raise ImportProblem(WRONG_KIND)
    tables = read_workbook(data)
    filled = [table for table in tables if not table.is_empty]
    seen = [table for table in filled if not table.hidden]
    if filled and not seen:
        raise ImportProblem(ONLY_HIDDEN)
    return replace(seen[0], others=tuple(table.name for table in seen[1:])) if seen else tables[0]


def read_workbook(data: bytes) -> list[SheetTable]:
    """Every sheet of a workbook: values, never formulas. Raises ImportProblem."""
    check_workbook(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that are not read
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            room = _Room()
            tables = [
                SheetTable(str(sheet.title), _bounded(_cells(sheet), room), hidden=sheet.sheet_state != "visible")
                for sheet in book.worksheets
            ]
            book.close()
    except (ImportProblem, MemoryError):
        raise
    except Exception as problem:  # whatever a damaged file makes its parser raise
        raise ImportProblem(DAMAGED) from problem
    if not tables:
        raise ImportProblem("The workbook has no sheet. Choose the one that holds the rows")
    return tables


def _cells(sheet: Any) -> Iterator[list[Cell]]:
    """A sheet may say that it is a million rows long: what it says of itself is not believed."""
    sheet.reset_dimensions()
    for values in sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True):
        row = list(values)
        while row and row[-1] is None:
            row.pop()
        yield [_cell(value) for value in row]


def _cell(value: Any) -> Cell:
    """A day, or a text: a number as it is read, yes or no for true and false."""
    match value:
        case None:
            return ""
        case bool():
            return "Yes" if value else "No"
        case datetime():
            return value.date()
        case date():
            return value
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return clean_text(ESCAPED.sub(_unescaped, str(value)[:LONGEST_CELL])).strip()


def _unescaped(found: re.Match[str]) -> str:
    character = chr(int(found[1], 16))
    return character if character < " " or character == "_" else found[0]


def read_csv(data: bytes) -> SheetTable:
    """A CSV file in UTF-8, UTF-16 or Windows-1252, with commas, semicolons or tabs. Raises ImportProblem."""
    check_size(len(data))
    try:
        text = decode(data)
    except ImportProblem as problem:
        raise ImportProblem("The selected file is not a CSV file, whatever its name says") from problem
    told, _, rest = text.partition("\n")
    named = told.strip().lower() in ("sep=,", "sep=;", "sep=")
    try:
        return _parsed(rest, told[4:5]) if named else _parsed(text, _separator(text))
    except csv.Error as problem:
        raise ImportProblem("A cell in the file does not end. Look for a quotation mark without its pair") from problem


def _separator(text: str) -> str:
    """The one that parts the first line with anything in it into the most columns."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    return max(SEPARATORS, key=lambda mark: len(next(csv.reader([first], delimiter=mark), [])))


def _parsed(text: str, separator: str) -> SheetTable:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows = ([clean_text(value).strip() for value in row] for row in reader)
    return SheetTable("", _bounded(rows, _Room()))


class _Room:
    """How many characters the sheets of a file may still hold."""

    def __init__(self) -> None:
        self.left = MAX_CHARACTERS

    def take(self, row: list[Cell]) -> list[Cell]:
        """The row. Raises ImportProblem where there is no room for it."""
        self.left -= sum(len(cell) for cell in row if isinstance(cell, str))
        if self.left < 0:
            raise ImportProblem(TOO_MUCH_TEXT)
        return row


def _bounded(rows: Iterable[list[Any]], room: _Room) -> list[list[Cell]]:
    """The rows up to the last with anything in it, none with empty cells at its end. Raises ImportProblem."""
    kept: list[list[Cell]] = []
    for number, row in enumerate(rows, 1):
        if number > 2 * MAX_ROWS:
            raise ImportProblem(f"The sheet must have {MAX_ROWS:,} rows or fewer")
        while row and not row[-1]:
            row.pop()
        if len(row) > MAX_COLUMNS:
            raise ImportProblem(f"The sheet must have {MAX_COLUMNS} columns or fewer")
        kept.append(room.take(row))
    while kept and not kept[-1]:
        kept.pop()
    if len(kept) > MAX_ROWS:
        raise ImportProblem(f"The sheet must have {MAX_ROWS:,} rows or fewer")
    return kept
