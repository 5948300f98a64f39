"""Every change to a recommendation, its parts and its owners: who, when, which field, from what to what."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from recommendations.models import Ownership, Part, Priority, Recommendation, RecommendationPriority, Section
from recommendations.tracking.history.rows import FieldChange, Names, differences, read_names
from subgroups.models import Body

KINDS = {"+": "Added", "~": "Changed", "-": "Removed"}


@dataclass(frozen=True)
class HistoryChange:
    """One saved change, with the person's name and post as they were then."""

    at: datetime
    what: str
    actor_name: str
    actor_post: str
    reason: str
    kind: str
    differences: list[FieldChange]


@dataclass(frozen=True)
class HistoryRows:
    """The history rows of a recommendation, of its parts, their owners and its priorities, each in time order."""

    recommendation: Recommendation
    own: list[Any]
    parts: list[Any]
    owners: list[Any]
    priorities: list[Any]
    names: Names
    references: dict[int, str]

    def about(self, owner: Any) -> str:
        """“Part 12(b): Health leads”."""
        return f"{self.references[owner.part_id]}: {self.names[Body, owner.body_id]}"

    def under(self, link: Any) -> str:
        """“Priority: Mental health”."""
        return f"Priority: {self.names[Priority, link.priority_id]}"


def read_rows(recommendation: Recommendation) -> HistoryRows:
    """Everything in the history: at most nine queries, however many rows."""
    order = ("history_date", "history_id")
    own = list(Recommendation.history.filter(id=recommendation.pk).order_by(*order))
    parts = list(Part.history.filter(recommendation_id=recommendation.pk).order_by(*order))
    owners = list(Ownership.history.filter(part_id__in={row.id for row in parts}).order_by(*order))
    under = list(RecommendationPriority.history.filter(recommendation_id=recommendation.pk).order_by(*order))
    references = {row.id: _reference(row, recommendation) for row in parts}
    section = recommendation.section
    known: Names = {(Section, section.pk): str(section)} if section is not None else {}
    names = read_names([*own, *parts, *owners, *under], known)
    return HistoryRows(recommendation, own, parts, owners, under, names, references)


def _reference(row: Any, recommendation: Recommendation) -> str:
    """How people speak of the part that a history row is about: "Part 12(b)"."""
    part = row.instance
    part.recommendation = recommendation
    return f"Part {part.reference}" if not part.is_whole else str(recommendation)


def changes_in(rows: HistoryRows) -> list[HistoryChange]:
    """Every change, the latest first."""
    changes = [
        *_changes(rows.own, lambda row: str(rows.recommendation), rows.names),
        *_changes(rows.parts, lambda row: rows.references[row.id], rows.names),
        *_changes(rows.owners, rows.about, rows.names),
        *_changes(rows.priorities, rows.under, rows.names),
    ]
    return sorted(changes, key=lambda change: change.at, reverse=True)


def _changes(rows: list[Any], what: Callable[[Any], str], names: Names) -> Iterator[HistoryChange]:
    """Each row beside the one before it of the same record."""
    by_record: dict[int, list[Any]] = {}
    for row in rows:
        by_record.setdefault(row.id, [None]).append(row)
    for line in by_record.values():
        for before, row in pairwise(line):
            removed = row.history_type == "-"
            found = list(differences(row, None, names) if removed else differences(before, row, names))
            if found or removed:
                yield _change(row, what(row), found)


def _change(row: Any, what: str, found: list[FieldChange]) -> HistoryChange:
    return HistoryChange(
        at=row.history_date,
        what=what,
        actor_name=row.actor_name,
        actor_post=row.actor_post,
        reason=row.history_change_reason or "",
        kind=KINDS[row.history_type],
        differences=found,
    )
