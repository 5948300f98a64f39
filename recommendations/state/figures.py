"""Asks the database for the front of a review or a day: figures by aggregates, and of each list its first rows.

However many recommendations there are, it reads as many rows as the page shows.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, NullIf, RowNumber

from recommendations.domain.flags import Flag
from recommendations.domain.workflow import Status
from recommendations.models import Outcome, Part, Priority
from recommendations.state import lists
from recommendations.state.counts import NONE, Groups, Numbers
from recommendations.state.picture import Named
from recommendations.state.source import Source
from subgroups.models import Body

PICKED = ("listed", "stands", "stood", "record", "turn", "total")
ORDER = ("report_id", "position")
NOBODY = Value(None, CharField())
NO_ONE = Cast(Value(None), IntegerField())  # PostgreSQL takes a bare NULL for text
PART_LISTS = ("exceptions", *(kind.value for kind in lists.WAITING))
Rows = list[tuple[Any, ...]]


def named(value: str) -> Value:
    return Value(value, CharField())


@dataclass(frozen=True)
class Picks:
    """The keys of the first rows of a list, in their order, and how many there are."""

    keys: list[int]
    total: int


NO_PICKS = Picks([], 0)
Moves = dict[tuple[Status | None, Status], Picks]


@dataclass(frozen=True)
class Figures:
    """How many recommendations stand where, by what they are grouped by, and the first rows of each list.

    `parts` are the lists of parts, `lists` those of recommendations, `moves` from one status to another or the same.
    """

    steps: dict[tuple[int, ...], Numbers]
    owners: Groups
    priorities: Groups
    parts: dict[str, Picks]
    lists: dict[str, Picks]
    moves: Moves


def figures(source: Source, before: datetime | None, first: int) -> Figures:
    """All of a page; `before` is the moment that is compared with, `first` how many rows of a list. One query."""
    asked = [
        _by_steps(source), _by_owner(source), _without_owner(source), _by_priority(source),
        _called("body", source.rows(Body), Coalesce(NullIf("abbreviation", Value("")), F("name"))),
        _called("called", source.rows(Priority), F("name")),
        *_part_lists(source, first), *_recommendation_lists(source, first),
    ]  # fmt: skip
    found = _by_list(asked + ([_moved(source, before, first)] if before is not None else []))
    steps, owners, priorities = (_numbers(found.pop(kind, [])) for kind in ("step", "owner", "priority"))
    return Figures(
        {tuple(json.loads(key)) if key else (): told for key, told in steps.items()},
        _groups(owners, found.pop("body", [])), _groups(priorities, found.pop("called", [])),
        {name: _picks(found.pop(name, [])) for name in PART_LISTS},
        moves=_moves(found.pop("moved", [])), lists={name: _picks(rows) for name, rows in found.items()},
    )  # fmt: skip


def moves(source: Source, before: datetime | None, first: int) -> Moves:
    """What moved alone."""
    return _moves(_by_list([_moved(source, before, first)]).get("moved", [])) if before is not None else {}


def _by_list(asked: Sequence[QuerySet]) -> dict[str, Rows]:
    found: dict[str, Rows] = defaultdict(list)
    for listed, *row in asked[0].union(*asked[1:], all=True):
        found[listed].append(tuple(row))
    return found


def _numbers(rows: Rows) -> dict[str | None, Numbers]:
    found: dict[str | None, Numbers] = defaultdict(dict)
    for stands, key, _record, _turn, number in rows:
        found[key][Status(stands)] = found[key].get(Status(stands), 0) + number
    return found


def _groups(numbers: dict[str | None, Numbers], called: Rows) -> Groups:
    names = {str(key): Named(slug, name) for slug, name, key, *_ in called}
    return {names[key] if key else None: told for key, told in numbers.items()}


def _picks(rows: Rows) -> Picks:
    listed = sorted((turn, record) for _stands, _stood, record, turn, _total in rows)
    return Picks([record for _, record in listed], rows[0][-1] if rows else 0)


def _moves(rows: Rows) -> Moves:
    pairs: dict[tuple[Status | None, Status], Rows] = defaultdict(list)
    for row in rows:
        pairs[Status(row[1]) if row[1] else None, Status(row[0])].append(row)
    return {pair: _picks(listed) for pair, listed in pairs.items()}


def _counted(rows: QuerySet, kind: str, key: Combinable, stands: Combinable, number: Count) -> QuerySet:
    """How many stand in each status, by the key."""
    grouped = rows.order_by().annotate(listed=named(kind), stands=stands, stood=key).values("listed", "stands", "stood")
    return grouped.annotate(record=NO_ONE, turn=NO_ONE, total=number).values_list(*PICKED)


def _called(kind: str, rows: QuerySet, name: Combinable) -> QuerySet:
    """The address and the name of each."""
    told = rows.order_by().annotate(listed=named(kind), stands=F("slug"), stood=name, record=F("id"))
    return told.annotate(turn=NO_ONE, total=NO_ONE).values_list(*PICKED)


def steps_of() -> Case:
    """The steps of the printed section, or of the one above it, as text."""
    own = Q(section__isnull=False) & ~Q(section__steps=[])
    above = Q(section__parent__isnull=False) & ~Q(section__parent__steps=[])
    return Case(
        When(own, then=Cast("section__steps", TextField())),
        When(above, then=Cast("section__parent__steps", TextField())),
        default=Cast(NOBODY, TextField()),
    )


def _by_steps(source: Source) -> QuerySet:
    return _counted(source.recommendations(), "step", steps_of(), F("status"), Count("*"))


def _by_owner(source: Source) -> QuerySet:
    stands, once = source.status_of("part__recommendation"), Count("part__recommendation", distinct=True)
    return _counted(source.ownerships(), "owner", Cast("body_id", TextField()), stands, once)


def _without_owner(source: Source) -> QuerySet:
    """Those of which a part lacks a confirmed owner."""
    parts = source.parts().filter(**{Flag.NO_OWNER.field: True})
    once = Count("recommendation", distinct=True)
    return _counted(parts, "owner", Cast(NOBODY, TextField()), source.status_of("recommendation"), once)


def _by_priority(source: Source) -> QuerySet:
    links, key = source.main_priorities(), Cast("priority_id", TextField())
    return _counted(links, "priority", key, source.status_of("recommendation"), Count("*"))


def _part_lists(source: Source, first: int) -> list[QuerySet]:
    """Of the exceptions, and of what waits by kind."""
    parts = source.parts()
    listed = [lists.exceptions(parts), *(lists.waiting(parts, kind) for kind in lists.WAITING)]
    return [
        _picked(rows, named(name), list(rows.query.order_by), first)
        for name, rows in zip(PART_LISTS, listed, strict=True)
    ]


def _recommendation_lists(source: Source, first: int) -> list[QuerySet]:
    """Of those that answer the same about children, and of those whose parts stand differently."""
    uneven = source.recommendations().filter(id__in=mixed(source))
    return [
        _answered(source, first),
        _picked(unanswered(source), named(NONE), ORDER, first),
        _picked(uneven, named("mixed"), ORDER, first),
    ]


def _moved(source: Source, before: datetime, first: int) -> QuerySet:
    """Of those that went from one status to another, or to the same."""
    return _picked(
        source.recommendations(), named("moved"), ORDER, first,
        by=[F("stands"), F("stood")], stands=F("status"), stood=source.stood(before),
    )  # fmt: skip


def answered(source: Source) -> QuerySet:
    """Of each recommendation the latest answer given for any of its parts."""
    own = Window(RowNumber(), [F("part__recommendation")], ["-created_at", "-pk"])
    latest = source.outcomes().order_by().annotate(turn=own).filter(turn=1)
    return Outcome.objects.filter(pk__in=latest.values("pk")).order_by()


def unanswered(source: Source) -> QuerySet:
    """Those of which nobody has said yet what difference they make."""
    given = source.outcomes().order_by().filter(part__recommendation=OuterRef("id"))
    return source.recommendations().filter(~Exists(given))


def _answered(source: Source, first: int) -> QuerySet:
    """Those that give each answer."""
    order, answer = [f"part__recommendation__{name}" for name in ORDER], F("difference")
    return _picked(answered(source), answer, order, first, by=[answer], record="part__recommendation")


def mixed(source: Source) -> QuerySet:
    """The keys of those whose parts stand differently."""
    grouped = source.rows(Part).values("recommendation").annotate(low=Min("status"), high=Max("status"))
    return grouped.filter(low__lt=F("high")).values("recommendation")


def _picked(
    rows: QuerySet, section: Combinable, order: Sequence[Any], first: int, *, by: Sequence[Any] = (),
    record: str = "id", stands: Combinable = NOBODY, stood: Combinable = NOBODY,
) -> QuerySet:  # fmt: skip
    """The first rows of each partition, with the number of all its rows."""
    found = rows.order_by().annotate(listed=section, stands=stands, stood=stood, record=F(record))
    turn, total = Window(RowNumber(), by or None, list(order)), Window(Count("*"), by or None)
    return found.annotate(turn=turn, total=total).filter(turn__lte=first).values_list(*PICKED)
