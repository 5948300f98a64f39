"""How everything stands today, or some parts of it: what home and the review both take their rows from."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import F, Q, QuerySet

from recommendations.models import Decision, Part, Recommendation, Update

RECENT = timedelta(days=30)


@dataclass(frozen=True)
class AlsoRead:
    """Updates and decisions that are read besides the last ones, by their keys."""

    updates: Collection[int] = ()
    decisions: Collection[int] = ()


@dataclass(frozen=True)
class State:
    """Recommendations with flagged parts, what was said last of each part, and what was decided since."""

    today: date
    recommendations: list[Recommendation]
    parts: list[Part]
    updates: list[Update]
    decisions: list[Decision]

    def named(self, keys: Iterable[int]) -> list[Part]:
        """The parts with these keys, in their order."""
        return [self._by_pk[key] for key in keys]

    def latest(self, part: Part) -> Update | None:
        """The last update of the part that stands."""
        return self._latest.get(part.pk)

    def latest_words(self, part: Part) -> Update | None:
        """The last update of the part that says more than that nothing has changed."""
        return self._latest_words.get(part.pk)

    @cached_property
    def _by_pk(self) -> dict[int, Part]:
        return {part.pk: part for part in self.parts}

    @cached_property
    def _latest_words(self) -> dict[int, Update]:
        return {update.part_id: update for update in reversed(self.updates) if update.says_more}

    @cached_property
    def _latest(self) -> dict[int, Update]:
        return {update.part_id: update for update in reversed(self.updates)}

    @cached_property
    def _decided(self) -> dict[int, list[Decision]]:
        found: dict[int, list[Decision]] = {}
        for decision in self.decisions:
            found.setdefault(decision.part_id, []).append(decision)
        return found

    def decisions_of(self, part: int) -> list[Decision]:
        """What the SLG decided about a part, latest first."""
        return self._decided.get(part, [])

    def decisions_since_update(self, part: Part) -> list[Decision]:
        """What the SLG decided after the owner last spoke, latest first."""
        said = part.last_said_at
        return [decision for decision in self.decisions_of(part.pk) if said is not None and decision.created_at > said]


def read_parts(parts: QuerySet[Part], today: date, only: Collection[int], told: AlsoRead = AlsoRead()) -> State:
    """How these parts stand: four queries, which read as much as those parts have. `parts` are flagged.

    With the last update of each, the last one that says more than that nothing has changed, and what was decided since
    the owner last spoke.
    """
    shown = parts.filter(pk__in=only).select_related("recommendation__report", "proposer", "requested_by")
    listed: list[Part] = list(shown.with_owners())  # type: ignore[attr-defined]
    recommendations = {part.recommendation_id: part.recommendation for part in listed}
    chosen, standing = Q(part__in=only), Update.objects.standing()
    words = Q(pk__in=standing.filter(chosen).last_words().values("pk"))
    last = Q(created_at=F("part__last_said_at")) | words | Q(pk__in=told.updates)
    since = Q(created_at__gt=F("part__last_said_at")) | Q(part__last_said_at=None) | Q(pk__in=told.decisions)
    updates = standing.filter(chosen, last).select_related("on_behalf_of")
    decisions = Decision.objects.filter(chosen, since).select_related("owner", "priority")
    said, decided = knowing_parts(updates, listed), knowing_parts(decisions, listed)
    return State(today, list(recommendations.values()), listed, said, decided)


def knowing_parts(rows: Iterable[Any], parts: list[Part]) -> list:
    """The rows about these parts, each with the part that is read already in place of another query."""
    by_pk = {part.pk: part for part in parts}
    listed = [row for row in rows if row.part_id in by_pk]
    for row in listed:
        row.part = by_pk[row.part_id]
    return listed
