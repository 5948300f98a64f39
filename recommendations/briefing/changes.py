"""The history of a recommendation, its parts and owners: who changed what from what to what, the latest first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.db import models

from krscp.templatetags.ui import display_date
from recommendations.models import Ownership, Part, Recommendation
from subgroups.models import Body, User

NOT_SHOWN = {"id", "version", "last_said_at", "created_at", "recommendation", "report", "part", "token"}


@dataclass(frozen=True)
class Difference:
    """One field in words; `before` or `after` is "" where there was, or is, nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One saved change, with the person's name and post as they were then."""

    at: datetime
    what: str
    actor_name: str
    actor_post: str
    reason: str
    kind: str
    differences: list[Difference]


KINDS = {"+": "Added", "~": "Changed", "-": "Removed"}


def read_changes(recommendation: Recommendation) -> list[Change]:
    """Every change: at most six queries, however many rows."""
    own = list(Recommendation.history.filter(id=recommendation.pk))
    parts = list(Part.history.filter(recommendation_id=recommendation.pk))
    owners = list(Ownership.history.filter(part_id__in={row.id for row in parts}))
    names = read_names([*own, *parts, *owners])
    references = {row.id: _reference(row, recommendation) for row in parts}
    changes = [
        *_changes(own, lambda row: str(recommendation), names),
        *_changes(parts, lambda row: references[row.id], names),
        *_changes(owners, lambda row: f"{references[row.part_id]}: {names[Body, row.body_id]}", names),
    ]
    return sorted(changes, key=lambda change: change.at, reverse=True)


def _reference(row: Any, recommendation: Recommendation) -> str:
    """How people speak of the part that a history row is about: "Part 12(b)"."""
    part = row.instance
    part.recommendation = recommendation
    return f"Part {part.reference}" if not part.is_whole else str(recommendation)


Names = dict[tuple[type[models.Model], int], str]
NAMED = (Body, User, Recommendation)


def read_names(rows: Iterable[Any]) -> Names:
    """What the records that rows point at are called: one query for each kind."""
    wanted: dict[type[models.Model], set[int]] = {model: set() for model in NAMED}
    for row in rows:
        for field in _shown(row):
            if field.is_relation and field.related_model in wanted:
                wanted[field.related_model].add(getattr(row, field.attname))
    return {
        (model, found.pk): str(found)
        for model, keys in wanted.items()
        for found in model._default_manager.filter(pk__in=keys)
    }


def _changes(rows: list[Any], what: Any, names: Names) -> Iterator[Change]:
    """Each row beside the one before it of the same record."""
    by_record: dict[int, list[Any]] = {}
    for row in sorted(rows, key=lambda row: (row.history_date, row.history_id)):
        by_record.setdefault(row.id, [None]).append(row)
    for line in by_record.values():
        for before, row in pairwise(line):
            differences = list(_differences(before, row, names))
            if differences or row.history_type == "-":
                yield _change(row, what(row), differences)


def _change(row: Any, what: str, differences: list[Difference]) -> Change:
    return Change(
        at=row.history_date,
        what=what,
        actor_name=row.actor_name,
        actor_post=row.actor_post,
        reason=row.history_change_reason or "",
        kind=KINDS[row.history_type],
        differences=differences,
    )


def _differences(before: Any, row: Any, names: Names) -> Iterator[Difference]:
    """Field by field; a removed record shows what it was."""
    if row.history_type == "-":
        before, row = row, None
    for field in _shown(before or row):
        old, new = _words(before, field, names), _words(row, field, names)
        if old != new:
            yield Difference(_label(field), old, new)


def _shown(row: Any) -> list[models.Field]:
    """The fields of the record that people can read, not those of its history."""
    return [field for field in row.tracked_fields if field.name not in NOT_SHOWN]


def _label(field: models.Field) -> str:
    label = str(field.verbose_name)
    return label[:1].upper() + label[1:]


def _words(row: Any, field: models.Field, names: Names) -> str:
    """A value as people read it: a choice's label, a record's name, a date in full."""
    value = getattr(row, field.attname, None)
    if value is None or value == "" or value == []:
        return ""
    if field.related_model is not None:
        return names.get((field.related_model, value), str(value))
    if isinstance(value, date):
        return display_date(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(str(item) for item in value)
    return str(dict(field.flatchoices).get(value, value))
