"""Everything a review shows, as plain values: what is frozen, what pages and papers are made from.

Nothing here points into the database, so that a later change cannot reach it (recommendations 1, 5, 7, 8).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from krscp.sealed_records import Ours, Typed
from recommendations.domain import workflow
from recommendations.domain.workflow import Status

# Whoever changes what is kept here raises it, with an upgrader in `record` and a kept example in the tests.
SCHEMA = 4
NOT_RECORDED = "Not recorded"
# How recommendations stood, by their keys.
Statuses = dict[int, Status]


def owners_in_words(names: Iterable[str]) -> str:
    return ", ".join(names) or "Not confirmed"


@dataclass(frozen=True)
class Named:
    """A body or a priority by the name it had, with the slug that its list is asked for by."""

    slug: Ours
    name: Ours


@dataclass(frozen=True)
class SaidWords:
    """What the owner last said of a part, signed by post."""

    on: date
    by: Typed
    what_happened: Typed
    what_next: Typed
    next_date: date | None
    why_slipped: Typed
    brings_back: Typed

    @property
    def why(self) -> str:
        """What its owner says of it: why it slipped, else what happened."""
        return self.why_slipped or self.what_happened


@dataclass(frozen=True)
class DifferenceMade:
    """The difference for children, apart from process (para 27)."""

    label: Ours
    text: Typed
    look_again_on: date | None


@dataclass(frozen=True)
class Row:
    """One part as it stood. `flags` are in words; `ask` is what waits for an answer of the SLG.

    `decided` is what was decided after the owner last spoke, the latest first.
    """

    part: int
    address: Ours
    reference: Ours
    title: Typed
    url: Ours
    status: Status
    flags: list[Ours]
    owners: list[Ours]
    due: date | None
    first_due: date | None
    requested: date | None
    recheck_on: date | None
    said: SaidWords | None
    ask: Typed
    difference: DifferenceMade | None
    is_exception: bool
    decided: list[Typed]
    label: Ours  # the reference and, where there are several, the report

    @property
    def owner_words(self) -> str:
        return owners_in_words(self.owners)

    @property
    def why(self) -> str:
        return "" if self.said is None else self.said.why


@dataclass(frozen=True)
class Whole:
    """One recommendation: its wording, its worst part's status, and how it stood at earlier reviews."""

    code: Ours
    number: Ours
    slug: Ours
    title: Typed
    url: Ours
    text: Typed
    asks_for: Ours
    status: Status
    before: Status | None
    trend: list[Status]
    owners: list[Named]
    lacks_owner: bool
    priority: Named | None
    steps: list[int]
    difference: workflow.Difference | None
    rows: list[Row]
    label: Ours  # its number and, where there are several, the report

    @property
    def key(self) -> str:
        return f"{self.code}/{self.slug}"

    @property
    def difference_words(self) -> str:
        return self.difference.label if self.difference is not None else NOT_RECORDED

    @property
    def is_mixed(self) -> bool:
        """Whether its parts stand differently: it is counted once, by the worst."""
        return len({row.status for row in self.rows}) > 1


@dataclass(frozen=True)
class AskedRow:
    """One thing that waits for the SLG's decision."""

    part: int
    kind: Ours
    reference: Ours
    title: Typed
    url: Ours
    status: Status
    asked: Typed


@dataclass(frozen=True)
class Waiting:
    """What waits, of one kind."""

    title: Ours
    rows: list[AskedRow]


@dataclass(frozen=True)
class Lesson:
    """An audit, deep dive or piece of scrutiny that the review considered (Rec 7)."""

    pk: int
    kind: Ours
    title: Typed
    held_on: date | None
    priorities: list[Ours]
    changes: Typed


@dataclass(frozen=True)
class Returned:
    """How a body's return stands. `sent_on` None: it has not come."""

    body: Ours
    name: Ours
    url: Ours
    sent_on: date | None
    sent_by: Typed
    is_late: bool

    @property
    def words(self) -> str:
        if self.sent_on is None:
            return f"{self.body} has not sent a return"
        return f"{self.body} has sent its return{', late' if self.is_late else ''}"


@dataclass(frozen=True)
class Present:
    """Whether a post was represented; posts, not people."""

    body: Ours
    post: Ours
    how: Ours


@dataclass(frozen=True)
class Minute:
    """One decision as it is minuted: number, wording, owner, day. `corrects` is the number it is an addendum to."""

    number: int
    pk: int
    part: int
    reference: Ours
    title: Typed
    url: Ours
    kind: Ours
    label: Typed
    wording: Typed
    decided_on: date
    owner: Ours
    by: date | None
    recorded_by: Typed
    corrects: int | None


@dataclass(frozen=True)
class Compared:
    """What it is compared with, in words, with its address; `rebuilt` when it is a day and not a frozen review."""

    label: Ours
    url: Ours
    rebuilt: bool


@dataclass(frozen=True)
class Picture:
    """All of it. `slug` is "" where no review is meant: a day as it was, or how things stand now."""

    partnership: Ours
    title: Ours
    slug: Ours
    kind: Ours
    state: Ours
    held_on: date | None
    day: date
    as_at: datetime
    compared: Compared | None
    recommendations: list[Whole]
    waiting: list[Waiting]
    learning: list[Lesson]
    returns: list[Returned]
    attendance: list[Present]
    disproportionality: Typed
    decisions: list[Minute]
    schema: int

    @property
    def rows(self) -> list[Row]:
        return [row for whole in self.recommendations for row in whole.rows]

    @property
    def wholes(self) -> dict[int, Whole]:
        """The recommendation of each part."""
        return {row.part: whole for whole in self.recommendations for row in whole.rows}

    @property
    def returns_in(self) -> int:
        return sum(found.sent_on is not None for found in self.returns)

    @property
    def is_draft(self) -> bool:
        """Whether a return that was asked for is still to come."""
        return self.returns_in < len(self.returns)

    @property
    def returns_words(self) -> str:
        """ "Draft: 2 of 4 returns in" until all are; "" where none was asked for."""
        if not self.returns:
            return ""
        count = f"{self.returns_in} of {len(self.returns)} returns in"
        return f"Draft: {count}" if self.is_draft else f"All {len(self.returns)} returns in"

    @property
    def missing_returns(self) -> list[str]:
        return [found.words for found in self.returns if found.sent_on is None]
