"""Days as people type them in a spreadsheet: the day before the month, the month as a number or a name."""

import re
from datetime import date

from krscp.days import month_named
from krscp.forms.date_field import DateParts
from krscp.text import beginning
from recommendations.importing.sheets import Cell

HOW = "Write it like 30 June 2027"
NUMBERS = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{2,4})")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s\-]+([A-Za-z]{3,9})\.?[\s,\-]+(\d{2,4})")
MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{2,4})")


class UnclearDay(ValueError):
    """A text that is no day, or might be more than one; the message says what to type instead."""


def day_parts(cell: Cell) -> DateParts:
    """Day, month and year as typed, in British order; whether the day is real is not asked.

    Raises UnclearDay for what cannot be taken apart: “end of June”, or a year of two numbers.
    """
    if isinstance(cell, date):
        return DateParts(str(cell.day), str(cell.month), str(cell.year))
    text = " ".join(cell.split())
    if not text:
        return DateParts()
    parts = _found(text)
    if parts is None or not _is_month(parts.month):
        raise UnclearDay(f"“{beginning(text, 40)}” is not a date. {HOW}")
    if len(parts.year) != 4:
        raise UnclearDay(f"“{beginning(text, 40)}” must have a year of 4 numbers. {HOW}")
    return parts


def real_day(cell: Cell) -> date | None:
    """The day, None for an empty cell. Raises UnclearDay, for what is no real day too."""
    parts = day_parts(cell)
    if not any(parts):
        return None
    try:
        return date(int(parts.year), month_named(parts.month) or int(parts.month), int(parts.day))
    except ValueError as problem:
        raise UnclearDay(f"“{cell}” is not a real date. {HOW}") from problem


def _found(text: str) -> DateParts | None:
    if found := ISO.fullmatch(text):
        return DateParts(_number(found[3]), _number(found[2]), found[1])
    if found := NUMBERS.fullmatch(text):
        return DateParts(_number(found[1]), _number(found[2]), found[3])
    if found := NAMED.fullmatch(text):
        return DateParts(_number(found[1]), found[2], found[3])
    if found := MONTH_FIRST.fullmatch(text):
        return DateParts(_number(found[2]), found[1], found[3])
    return None


def _number(digits: str) -> str:
    return str(int(digits))


def _is_month(typed: str) -> bool:
    return typed.isdecimal() or month_named(typed) > 0
