"""Reads a period: how everything stood at its end, how it stood at its beginning, and what was recorded between."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from krscp.clock import beginning_of, end_of, local_day
from recommendations.annual.seats import SeatAtReviews, seats_between
from recommendations.domain.workflow import Status
from recommendations.models import Decision, Evidence, Outcome, Part, Priority, PrioritySet, Recommendation
from recommendations.state.drawing import Board
from recommendations.state.picture import Named, Picture, Row, Statuses, Whole
from recommendations.state.reading import board_of, draw
from recommendations.state.source import Source, first_day, rows_at, statuses_then
from subgroups.models import Body


@dataclass(frozen=True)
class PlanPriorities:
    """The priorities that a report is headed by: those of the plan in force when the period ends, in their order."""

    title: str
    in_force: bool
    priorities: list[Named]


@dataclass(frozen=True)
class Period:
    """Everything read of a period. It is read as it stood at the end of `last`, whatever was recorded since."""

    first: date
    last: date
    picture: Picture
    board: Board
    parts_before: dict[int, Status]
    evidence: list[Evidence]
    seats: list[SeatAtReviews]
    plan: PlanPriorities
    bodies: dict[int, str]
    priorities: dict[int, str]
    records_begin: date | None

    @property
    def begins(self) -> datetime:
        return beginning_of(self.first)

    @property
    def placed(self) -> list[tuple[Whole, Row]]:
        """Each part with its recommendation, under the plan's priorities in their order, then in the report's."""
        order = {priority.slug: place for place, priority in enumerate(self.plan.priorities)}
        wholes = sorted(self.picture.recommendations, key=lambda one: order.get(slug_of(one), len(order)))
        return [(whole, row) for whole in wholes for row in whole.rows]

    @cached_property
    def parts(self) -> dict[int, Part]:
        return {part.pk: part for part in self.board.state.parts}

    @property
    def decisions(self) -> list[Decision]:
        """Those recorded in the period, the earliest first."""
        taken = (one for one in self.board.state.decisions if one.created_at >= self.begins)
        return sorted(taken, key=lambda one: (one.created_at, one.pk))

    @cached_property
    def titles(self) -> dict[int, str]:
        """What each recommendation was called then."""
        return {one.pk: one.title for one in self.board.state.recommendations}

    def is_within(self, day: date) -> bool:
        return self.first <= day <= self.last


def slug_of(whole: Whole) -> str:
    return whole.priority.slug if whole.priority is not None else ""


def read_period(first: date, last: date) -> Period:
    """Two dozen queries, however many rows there are."""
    moment = end_of(last)
    board = replace(board_of(Source.at(last)), before=_recommendations_before(first, moment))
    picture = draw(board, "", moment)
    return Period(
        first=first,
        last=last,
        picture=picture,
        board=board,
        parts_before=_parts_before(first, moment),
        evidence=_evidence(first, moment),
        seats=seats_between(first, last),
        plan=_plan(last, picture),
        bodies={row.id: row.name for row in rows_at(Body, moment)},
        priorities={row.id: row.name for row in rows_at(Priority, moment)},
        records_begin=first_day(),
    )


def _recommendations_before(first: date, moment: datetime) -> Statuses:
    """How each stood the evening before the period; where nothing was recorded yet, as it was first recorded."""
    loaded = Recommendation.history.filter(history_type="+", history_date__lte=moment)
    found = {key: Status(status) for key, status in loaded.values_list("id", "status")}
    return found | statuses_then(end_of(first - timedelta(days=1)))


def _parts_before(first: date, moment: datetime) -> dict[int, Status]:
    loaded = Part.history.filter(history_type="+", history_date__lte=moment).values_list("id", "status")
    before = rows_at(Part, end_of(first - timedelta(days=1))).values_list("id", "status")
    return {pk: Status(status) for pk, status in [*loaded, *before]}


def _evidence(first: date, moment: datetime) -> list[Evidence]:
    """What was kept in the period, the earliest first; what was taken back by its end counts nowhere."""
    kept = Evidence.objects.filter(created_at__gte=beginning_of(first), created_at__lte=moment)
    return list(kept.exclude(update__withdrawal__created_at__lte=moment).order_by("created_at", "pk"))


def _plan(last: date, picture: Picture) -> PlanPriorities:
    """The set whose years the last day falls in, else the last one before it; priorities in use stand in any case."""
    moment = end_of(last)
    begun = [row for row in rows_at(PrioritySet, moment) if row.from_year <= last.year]
    plan = max(begun, key=lambda row: (row.to_year >= last.year, row.from_year), default=None)
    listed = rows_at(Priority, moment).order_by("position", "id")
    own = [Named(row.slug, row.name) for row in listed if plan is not None and row.priority_set_id == plan.id]
    used = {one.priority for one in picture.recommendations if one.priority is not None}
    others = sorted(used - set(own), key=lambda named: named.name.lower())
    return PlanPriorities(plan.title if plan else "", plan is not None and plan.to_year >= last.year, [*own, *others])


def evidence_of(period: Period, parts: Iterable[int]) -> dict[int, list[Evidence]]:
    """What was kept in the period about each of these parts."""
    found: dict[int, list[Evidence]] = {part: [] for part in parts}
    for one in period.evidence:
        found.setdefault(one.part_id, []).append(one)
    return found


def recorded_on(outcome: Outcome) -> date:
    return local_day(outcome.created_at)
