"""The bounded page of a review or a day, as plain values: figures, and the first rows of each list in their order.

What is asked of the database for it (`figures`) and what is drawn of a whole picture (`front_of`) are the same, value
for value. A freeze keeps it beside its record, so that the page of a frozen review reads no more than it shows.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from recommendations.domain.workflow import Status
from recommendations.state.counts import (
    ANSWERS,
    NONE,
    Table,
    Tally,
    of_owners,
    of_priorities,
    of_steps,
    table,
    tally,
)
from recommendations.state.drawing import exceptions
from recommendations.state.movement import LABELS, Move, way, ways
from recommendations.state.picture import AskedRow, Picture, Row, Whole

FIRST = 20  # rows of a list on the page of a review; a link leads to all of them


@dataclass(frozen=True)
class PlaceInList:
    """One recommendation among those that a figure counts."""

    key: str
    label: str
    title: str
    url: str
    status: Status
    before: Status | None


@dataclass(frozen=True)
class AnswerCount:
    """One answer about the difference for children, and which recommendations give it."""

    value: str
    label: str
    count: int
    first: list[str]


@dataclass(frozen=True)
class Waits:
    """What waits for the SLG, of one kind."""

    title: str
    count: int
    first: list[AskedRow]

    @property
    def kind(self) -> str:
        """By what its list is asked for; "" where nothing waits."""
        return self.first[0].kind if self.first else ""


@dataclass(frozen=True)
class ExceptionRow:
    """A part that is off track, overdue or whose date has moved; how its recommendation stood at earlier reviews."""

    part: int
    key: str
    url: str
    title: str
    status: Status
    flags: list[str]
    owner_words: str
    due: date | None
    trend: list[Status]
    why: str


@dataclass(frozen=True)
class Exceptions:
    count: int
    first: list[ExceptionRow]


@dataclass(frozen=True)
class MoveGroup:
    """Those that moved one way since the moment that is compared with."""

    way: str
    label: str
    count: int
    first: list[PlaceInList]


@dataclass(frozen=True)
class MoveCount:
    """How many went from one status, or from none, to another."""

    before: Status | None
    now: Status
    count: int


@dataclass(frozen=True)
class Standing:
    """A part by its reference."""

    reference: str
    status: Status


@dataclass(frozen=True)
class Mixture:
    """A recommendation whose parts stand differently: it is counted once, by the worst."""

    key: str
    title: str
    url: str
    status: Status
    parts: list[Standing]


@dataclass(frozen=True)
class Mixed:
    count: int
    first: list[Mixture]


@dataclass(frozen=True)
class Front:
    """`picture` is the review without its recommendations and without what waits: these are here, the first of each."""

    picture: Picture
    totals: Tally
    by_priority: list[Tally]
    by_owner: list[Tally]
    by_step: list[Tally]
    children: list[AnswerCount]
    waiting: list[Waits]
    exceptions: Exceptions
    movement: list[MoveGroup]
    moves: list[MoveCount]
    mixed: Mixed

    @property
    def total_waiting(self) -> int:
        return sum(kind.count for kind in self.waiting)

    @property
    def ways(self) -> dict[str, int]:
        """How many moved which way."""
        return {group.way: group.count for group in self.movement}


def tables(front: Front, base: str = "") -> list[Table]:
    """The tables of figures; `base` is the address of their lists."""
    tallies = {"by-priority": front.by_priority, "by-owner": front.by_owner, "by-step": front.by_step}
    return [table(slug, listed, base) for slug, listed in tallies.items()]


def front_of(shown: Picture, first: int | None = FIRST) -> Front:
    """The front of a whole picture; `first` None: with every row of every list."""
    listed = shown.recommendations
    found = exceptions(shown)
    wholes = shown.wholes
    mixed = [whole for whole in listed if whole.is_mixed]
    moves = Counter((whole.before, whole.status) for whole in listed if shown.compared is not None)
    return Front(
        picture=replace(shown, recommendations=[], waiting=[]),
        totals=tally("All recommendations", Counter(whole.status for whole in listed)),
        by_priority=of_priorities(_groups((whole.priority, whole) for whole in listed)),
        by_owner=of_owners(_groups(_owners(listed))),
        by_step=of_steps(_groups((tuple(whole.steps), whole) for whole in listed)),
        children=[_answer(value, label, listed, first) for value, label in ANSWERS],
        waiting=[Waits(kind.title, len(kind.rows), kind.rows[:first]) for kind in shown.waiting],
        exceptions=Exceptions(len(found), [exceptional(wholes[row.part], row) for row in found[:first]]),
        movement=[_group(name, count, listed, first) for name, count in ways(moves.items()).items()],
        moves=moved(moves),
        mixed=Mixed(len(mixed), [_mixture(whole) for whole in mixed[:first]]),
    )


def _groups(placed: Iterable[tuple[Any, Whole]]) -> dict[Any, dict[Status, int]]:
    groups: dict[Any, Counter[Status]] = {}
    for key, whole in placed:
        groups.setdefault(key, Counter())[whole.status] += 1
    return {key: dict(numbers) for key, numbers in groups.items()}


def _owners(listed: list[Whole]) -> Iterable[tuple[Any, Whole]]:
    for whole in listed:
        yield from ((body, whole) for body in dict.fromkeys(whole.owners))
        if whole.lacks_owner:
            yield None, whole


def _answer(value: str, label: str, listed: list[Whole], first: int | None) -> AnswerCount:
    given = [whole.label for whole in listed if (whole.difference or NONE) == value]
    return AnswerCount(value, label, len(given), given[:first])


def exceptional(whole: Whole, row: Row) -> ExceptionRow:
    return ExceptionRow(
        row.part, whole.key, row.url, row.title, row.status, row.flags, row.owner_words, row.due, whole.trend, row.why
    )


def moved(moves: dict[Move, int]) -> list[MoveCount]:
    """In the order of the statuses."""
    order = [None, *Status]
    listed = sorted(moves.items(), key=lambda move: (order.index(move[0][0]), order.index(move[0][1])))
    return [MoveCount(before, now, count) for (before, now), count in listed]


def _group(name: str, count: int, listed: list[Whole], first: int | None) -> MoveGroup:
    places = [_place(whole) for whole in listed if way(whole.before, whole.status) == name]
    return MoveGroup(name, LABELS[name], count, places[:first])


def _place(whole: Whole) -> PlaceInList:
    return PlaceInList(whole.key, whole.label, whole.title, whole.url, whole.status, whole.before)


def _mixture(whole: Whole) -> Mixture:
    parts = [Standing(row.reference, row.status) for row in whole.rows]
    return Mixture(whole.key, whole.title, whole.url, whole.status, parts)
