"""Columns declared once: one row iterator that every file format shares, and the CSV writer."""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from krscp.days import display, in_london

Value = str | int | date | None

DEMONSTRATION = "Demonstration data"

# What Word pastes for "new line" becomes one; what Word and Excel refuse to open is dropped.
_NEW_LINES = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_FORMULA_SIGNS = frozenset("=+-@")
_UNSAFE_STARTS = ("\t", "\r", "\n", "\0")


@dataclass(frozen=True)
class Column:
    """One column of an export; `width` (cm) and `wide` (three shares of the room left) serve Word only."""

    label: str
    value: Callable[[Any], Value]
    width: float | None = None
    wide: bool = False


@dataclass(frozen=True)
class Stamp:
    """What every exported file must say of itself: when, how it is marked, and what was left out."""

    as_at: datetime
    marking: str
    demonstration: bool = False
    filtered: str = ""

    def __post_init__(self) -> None:
        in_london(self.as_at)

    @property
    def as_at_text(self) -> str:
        """For example "As at 22 November 2026, 14:05"."""
        return f"As at {display(self.as_at)}"

    @property
    def told(self) -> dict[str, Value]:
        """What every row says: a sorted or cut list keeps its marking."""
        found: dict[str, Value] = {"As at": self.as_at, "Marking": self.marking}
        if self.filtered:
            found["Filter"] = self.filtered
        if self.demonstration:
            found["Note"] = DEMONSTRATION
        return found


def clean(text: str) -> str:
    """The text with every kind of line break as a new line and without what a file cannot hold."""
    return _UNWRITABLE.sub("", _NEW_LINES.sub("\n", text))


def guard(text: str) -> str:
    """Cleaned text that no spreadsheet takes for a formula: a risky start gets an apostrophe (1.2.10)."""
    cleaned = clean(text)
    return f"'{cleaned}" if text.startswith(_UNSAFE_STARTS) or _starts_a_formula(cleaned) else cleaned


def _starts_a_formula(text: str) -> bool:
    """Whether the first visible character is a formula sign, in any of its forms (full-width, small)."""
    first = next((character for character in text if not _is_invisible(character)), None)
    return first is not None and unicodedata.normalize("NFKC", first)[0] in _FORMULA_SIGNS


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Zs", "Zl", "Zp"}


def rows(columns: Sequence[Column], objects: Iterable[Any]) -> Iterator[list[Value]]:
    """One list of values for each object, in the order of the columns, one object in memory at a time."""
    return ([column.value(item) for column in columns] for item in objects)


def stamped(columns: Sequence[Column], stamp: Stamp) -> list[Column]:
    """The columns and, after them, the stamp on every row."""
    return [*columns, *(_constant(label, value) for label, value in stamp.told.items())]


def _constant(label: str, value: Value) -> Column:
    return Column(label, lambda _item: value)


def to_csv(columns: Sequence[Column], objects: Iterable[Any], stamp: Stamp) -> Iterator[bytes]:
    """Stream a CSV file for Excel and for machines: UTF-8 with BOM, CRLF, header first, no formulas."""
    every = stamped(columns, stamp)
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    yield b"\xef\xbb\xbf" + writer.writerow([guard(column.label) for column in every])
    for row in rows(every, objects):
        yield writer.writerow([_csv_cell(value) for value in row])


def _csv_cell(value: Value) -> str | int:
    """Numbers stay numbers and dates are ISO 8601, so that Excel sorts them; all else is guarded text."""
    match value:
        case None:
            return ""
        case int():
            return value
        case datetime():
            return in_london(value).strftime("%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case _:
            return guard(str(value))


class _Echo:
    """A file that hands each written line straight back, so that csv can stream."""

    def write(self, line: str) -> bytes:
        return line.encode()
