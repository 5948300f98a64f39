"""How everything stands today: one read that home and the review both take their figures from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from recommendations.models import Confirmation, Decision, Ownership, Part, Recommendation, Update
from subgroups.models import User

RECENT = timedelta(days=30)


@dataclass(frozen=True)
class State:
    """All recommendations with flagged parts, what was said last of each part, and what changed lately."""

    today: date
    recommendations: list[Recommendation]
    parts: list[Part]
    updates: list[Update]
    decisions: list[Decision]

    @property
    def since(self) -> datetime:
        return beginning_of(self.today - RECENT)

    def latest(self, part: Part) -> Update | None:
        """The last update of the part that stands."""
        return self._latest.get(part.pk)

    def latest_words(self, part: Part) -> Update | None:
        """The last update of the part that says more than that nothing has changed."""
        return self._latest_words.get(part.pk)

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


def read_state(user: User, today: date) -> State:
    """Six queries, however many rows there are."""
    found = Recommendation.objects.visible_to(user).select_related("report", "section__parent").with_main_priority()
    recommendations = list(found.prefetch_related(Prefetch("parts", _parts(today))))
    parts = [part for recommendation in recommendations for part in recommendation.parts.all()]
    lately = Q(created_at__gte=beginning_of(today - RECENT))
    answered = Exists(Confirmation.objects.filter(proposal=OuterRef("pk"), author=user))
    stand = Update.objects.standing()
    last = Q(created_at=F("part__last_said_at")) | Q(pk__in=stand.last_words().values("pk"))
    updates = stand.filter(lately | last).annotate(is_answered=answered)
    decisions = Decision.objects.filter(lately | Q(created_at__gt=F("part__last_said_at")))
    return State(
        today,
        recommendations,
        parts,
        _about(parts, updates.select_related("on_behalf_of")),
        _about(parts, decisions.select_related("owner", "priority")),
    )


def _parts(today: date) -> QuerySet[Part]:
    owners = Prefetch("ownerships", Ownership.objects.select_related("body"))
    return Part.objects.flagged(today).select_related("proposer", "requested_by").prefetch_related(owners)


def _about(parts: list[Part], rows: Iterable) -> list:
    """The rows, each with the part that is read already in place of another query."""
    by_pk = {part.pk: part for part in parts}
    listed = [row for row in rows if row.part_id in by_pk]
    for row in listed:
        row.part = by_pk[row.part_id]
    return listed


def beginning_of(day: date) -> datetime:
    """Midnight in London, when the day begins."""
    return timezone.make_aware(datetime.combine(day, time.min))
