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
from django.db.models.functions import Cast, RowNumber

from recommendations.domain.flags import Flag
from recommendations.domain.workflow import Status
from recommendations.models import Outcome, Part
from recommendations.state import lists
from recommendations.state.counts import NONE, Numbers
from recommendations.state.source import Source

COUNTED = ("what", "which", "stands", "many")
PICKED = ("listed", "stands", "stood", "record", "turn", "total")
ORDER = ("report_id", "position")
NOBODY = Value(None, CharField())


def named(value: str) -> Value:
    return Value(value, CharField())


@dataclass(frozen=True)
class Figures:
    """How many recommendations stand where, by what they are grouped by: keys of priorities and bodies, steps."""

    steps: dict[tuple[int, ...], Numbers]
    owners: dict[int | None, Numbers]
    priorities: dict[int, Numbers]


def figures(source: Source) -> Figures:
    """One query."""
    found: dict[str, dict[Any, Numbers]] = defaultdict(lambda: defaultdict(dict))
    for kind, key, stands, number in _by_steps(source).union(
        _by_owner(source), _without_owner(source), _by_priority(source), all=True
    ):
        group = found[kind][_key(kind, key)]
        group[Status(stands)] = group.get(Status(stands), 0) + number
    return Figures(found["step"], found["owner"], found["priority"])


def _key(kind: str, key: str | None) -> Any:
    if kind == "step":
        return tuple(json.loads(key)) if key is not None else ()
    return int(key) if key is not None else None


def counted(rows: QuerySet, kind: str, key: Combinable, stands: Combinable, number: Count) -> QuerySet:
    grouped = rows.order_by().annotate(what=named(kind), which=key, stands=stands).values("what", "which", "stands")
    return grouped.annotate(many=number).values_list(*COUNTED)


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
    return counted(source.recommendations(), "step", steps_of(), F("status"), Count("*"))


def _by_owner(source: Source) -> QuerySet:
    stands, once = source.status_of("part__recommendation"), Count("part__recommendation", distinct=True)
    return counted(source.ownerships(), "owner", Cast("body_id", TextField()), stands, once)


def _without_owner(source: Source) -> QuerySet:
    """Those of which a part lacks a confirmed owner."""
    parts = source.parts().filter(**{Flag.NO_OWNER.field: True})
    once = Count("recommendation", distinct=True)
    return counted(parts, "owner", Cast(NOBODY, TextField()), source.status_of("recommendation"), once)


def _by_priority(source: Source) -> QuerySet:
    links, key = source.main_priorities(), Cast("priority_id", TextField())
    return counted(links, "priority", key, source.status_of("recommendation"), Count("*"))


@dataclass(frozen=True)
class Picks:
    """The keys of the first rows of a list, in their order, and how many there are."""

    keys: list[int]
    total: int


NO_PICKS = Picks([], 0)


def part_picks(source: Source, first: int) -> dict[str, Picks]:
    """Of the exceptions and of what waits, by kind: one query."""
    parts = source.parts()
    sections = {"exceptions": lists.exceptions(parts)}
    sections |= {kind.value: lists.waiting(parts, kind) for kind in lists.WAITING}
    picked = [_picked(rows, named(name), list(rows.query.order_by), first) for name, rows in sections.items()]
    return _by_section(picked)


def recommendation_picks(source: Source, before: datetime | None, first: int) -> dict[Any, Picks]:
    """Of those that answer the same about children, whose parts stand differently, and that moved: one query."""
    rows = source.recommendations()
    picked = [
        _answered(source, first),
        _picked(unanswered(source), named(NONE), ORDER, first),
        _picked(rows.filter(id__in=mixed(source)), named("mixed"), ORDER, first),
    ]
    return _by_section(picked + ([_moved(source, before, first)] if before is not None else []))


def move_picks(source: Source, before: datetime | None, first: int) -> dict[Any, Picks]:
    """Of those that moved between the same two statuses; from one to the same is such a pair too."""
    return _by_section([_moved(source, before, first)]) if before is not None else {}


def _moved(source: Source, before: datetime, first: int) -> QuerySet:
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


def _by_section(picked: Sequence[QuerySet]) -> dict[Any, Picks]:
    """By the name of the list; of what moved by its two statuses."""
    found: dict[Any, list[tuple[int, int, int]]] = defaultdict(list)
    for listed, stands, stood, record, turn, total in picked[0].union(*picked[1:], all=True):
        section = listed if stands is None else (Status(stood) if stood else None, Status(stands))
        found[section].append((turn, record, total))
    return {section: Picks([record for _, record, _ in sorted(rows)], rows[0][2]) for section, rows in found.items()}
