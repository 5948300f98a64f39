"""An annual report as plain values: sections of tables, from which the page and every file are made alike.

Nothing here points into the database, so that what is kept of a finished period can be read back as it was.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from krscp.files.columns import Column, Value
from krscp.sealed_records import Ours, Typed
from recommendations.domain.workflow import Status

# Whoever changes what is kept here raises it, with an upgrader in `keeping` and a kept example in the tests.
SCHEMA = 2


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere on screen; in a file they are only words."""

    text: Typed
    url: Ours


@dataclass(frozen=True)
class PlainCell:
    """One value of one kind. `url` is where it leads on screen; `links` are several, shown with commas."""

    text: Typed = ""
    number: int | None = None
    day: date | None = None
    status: Status | None = None
    url: Ours = ""
    links: list[Link] = field(default_factory=list)

    @property
    def in_word(self) -> Value:
        """A status as shape and word, so that it reads in grey."""
        return f"{self.status.shape} {self.status.label}" if self.status is not None else self.as_data

    @property
    def as_data(self) -> Value:
        """What spreadsheets sort and filter: dates and numbers as such, a status by its word."""
        if self.status is not None:
            return self.status.label
        if self.number is not None:
            return self.number
        return self.day or self.text or ", ".join(link.text for link in self.links)


@dataclass(frozen=True)
class Head:
    """What a column is called; `width` (cm) and `wide` (three shares of the room left) serve Word and Excel."""

    label: Ours
    width: float | None = None
    wide: bool = False
    status: Status | None = None
    is_figure: bool = False
    holds_links: bool = False

    @property
    def label_in_word(self) -> str:
        return f"{self.status.shape} {self.label}" if self.status is not None else self.label


@dataclass(frozen=True)
class CellTable:
    """One table. Tables of one `sheet` come together in a spreadsheet, with `group` as their first column.

    A table with a heading of its own has its `note` before it, else after it.
    """

    slug: Ours
    caption: Ours
    sheet: Ours
    heads: list[Head]
    rows: list[list[PlainCell]]
    group: Ours = ""
    heading: Ours = ""
    note: Ours = ""

    @property
    def is_counts(self) -> bool:
        """Whether it is figures under shapes, which need no more room than they take."""
        return any(head.status is not None for head in self.heads)

    @property
    def labelled(self) -> list[list[tuple[Head, PlainCell]]]:
        """Each row's cells with their heads, as a phone shows them."""
        return [list(zip(self.heads, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Chapter:
    """One heading with what must be known of it, and its tables. `nothing` is said where there is no table."""

    slug: Ours
    heading: Ours
    notes: list[Ours]
    tables: list[CellTable]
    nothing: Ours = ""


@dataclass(frozen=True)
class Built:
    """A whole report. `draft` says when the period ends, "" once it has; `notes` say what the figures rest on."""

    title: Typed
    partnership: Ours
    period_from: date
    period_to: date
    as_at: datetime
    marking: Ours
    demonstration: bool
    draft: Ours
    notes: list[Ours]
    warnings: list[Link]
    sections: list[Chapter]
    schema: int = SCHEMA


def columns(heads: list[Head], *, in_word: bool) -> list[Column]:
    """The heads as columns of a file, whose rows are lists of cells."""
    return [
        Column(head.label_in_word if in_word else head.label, _value(place, in_word), head.width, head.wide)
        for place, head in enumerate(heads)
    ]


def _value(place: int, in_word: bool) -> Any:
    return (lambda row: row[place].in_word) if in_word else (lambda row: row[place].as_data)
