"""The review dashboard: exceptions first, then decisions, the difference for children, and counts."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, prefetch_related_objects

from recommendations.dashboards.counts import Line, Table, by_owner, by_priority, by_status, by_step
from recommendations.dashboards.items import Exceptional, exceptional
from recommendations.dashboards.state import State, read_state
from recommendations.dashboards.waiting import ForDecision, for_decision
from recommendations.flags import Flag
from recommendations.models import Outcome, Part, Recommendation, RecommendationPriority
from recommendations.workflow import Difference
from subgroups.models import User

EXCEPTIONS = {Flag.OVERDUE, Flag.DATE_MOVED}
NOT_RECORDED = "Not recorded"


@dataclass(frozen=True)
class ForChildren:
    """One answer about the difference for children, and the recommendations that give it."""

    label: str
    recommendations: list[Recommendation]


@dataclass(frozen=True)
class Mixed:
    """A recommendation whose parts stand differently: it is counted once, by its worst part."""

    recommendation: Recommendation
    parts: list[Part]


@dataclass(frozen=True)
class Review:
    exceptions: list[Exceptional]
    decisions: ForDecision
    children: list[ForChildren]
    totals: Line
    tables: list[Table]
    mixed: list[Mixed]


def review_for(user: User, today: date) -> Review:
    """The whole page from one read of how everything stands."""
    state = read_state(user, today)
    main = Prefetch("priority_links", RecommendationPriority.objects.select_related("priority"))
    prefetch_related_objects(state.recommendations, main)
    return Review(
        exceptions=exceptional(state, EXCEPTIONS),
        decisions=for_decision(state, user),
        children=_for_children(state),
        totals=by_status(state),
        tables=[by_owner(state), by_step(state), by_priority(state)],
        mixed=_mixed(state),
    )


def _for_children(state: State) -> list[ForChildren]:
    """Each recommendation once, by the latest outcome that stands on any of its parts (para 27)."""
    standing = Outcome.objects.filter(update__withdrawal=None).select_related("part")
    latest: dict[int, str] = {}
    for outcome in standing:
        latest.setdefault(outcome.part.recommendation_id, outcome.difference)
    answers: list[tuple[str | None, str]] = [*Difference.choices, (None, NOT_RECORDED)]
    return [
        ForChildren(label, [one for one in state.recommendations if latest.get(one.pk) == value])
        for value, label in answers
    ]


def _mixed(state: State) -> list[Mixed]:
    listed = [(one, list(one.parts.all())) for one in state.recommendations]
    return [Mixed(one, parts) for one, parts in listed if len({part.status for part in parts}) > 1]
