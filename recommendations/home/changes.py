"""What changed lately: updates that stand and decisions, in one time order, in words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from krscp.clock import beginning_of
from krscp.days import display_date
from krscp.tables import total
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from recommendations.models import Decision, Part, Update, UpdateKind
from recommendations.state.lists import led_by
from recommendations.state.slices import Slice
from recommendations.state.today import RECENT, State
from subgroups.models import User

SHOWN = 15


@dataclass(frozen=True)
class RecentChange:
    """One line: who did what to which part, and the move of status if there was one."""

    at: datetime
    who: str
    did: str
    part: Part
    before: Status | None
    after: Status | None


@dataclass(frozen=True)
class Changes:
    """The latest changes, and how many more there are in the last 30 days."""

    heading: str
    shown: list[RecentChange]
    more: int


def lately(today: date, *, among: Collection[int] | None = None, but_not_by: User | None = None) -> dict[str, QuerySet]:
    """What was said and decided in the last 30 days, latest first: of all, or of what these bodies lead, by others."""
    found: dict[str, QuerySet] = {"updates": Update.objects.standing(), "decisions": Decision.objects.all()}
    for name, rows in found.items():
        rows = rows.filter(created_at__gte=beginning_of(today - RECENT)).order_by("-created_at", "-pk")
        if among is not None:
            rows = rows.filter(part__in=led_by(Part.objects.all(), among).values("id"))
        found[name] = rows.exclude(author=but_not_by) if but_not_by is not None else rows
    return found


def recent_changes(state: State, shown: Mapping[str, Slice], *, by_others: bool) -> Changes:
    """These updates and decisions in one time order, of which the state holds all rows."""
    updates, decisions = shown["updates"], shown["decisions"]
    rows: list[Update | Decision] = [row for row in state.updates if row.pk in updates.keys]
    rows += [row for row in state.decisions if row.pk in decisions.keys]
    rows.sort(key=lambda row: row.created_at, reverse=True)
    heading = "In the last 30 days, by others, on what is yours" if by_others else "In the last 30 days"
    more = updates.total + decisions.total - SHOWN
    return Changes(heading, [_change(row) for row in rows[:SHOWN]], max(0, more))


def _change(row: Update | Decision) -> RecentChange:
    did = _said(row) if isinstance(row, Update) else _decided(row)
    moved = row.status_before != row.status
    before, after = (Status(row.status_before), row.state) if moved else (None, None)
    return RecentChange(row.created_at, _who(row), did, row.part, before, after)


def _decided(row: Decision) -> str:
    told = {"date": display_date(row.agreed_date), "owner": row.owner, "priority": row.priority}
    return DecisionKind(row.kind).row.said.format(**told)


def _who(row: Update | Decision) -> str:
    who = row.author_post or row.author_name
    if isinstance(row, Update) and row.on_behalf_of is not None:
        return f"{who}, on behalf of {row.on_behalf_of.short_name},"
    return who


SAID = total(UpdateKind, {
    UpdateKind.UPDATE: "updated",
    UpdateKind.NO_CHANGE: "reported no change to",
    UpdateKind.PROPOSAL: "proposed completion of",
})  # fmt: skip


def _said(update: Update) -> str:
    is_move = update.status != update.status_before and update.kind != UpdateKind.PROPOSAL
    return "moved" if is_move else SAID[UpdateKind(update.kind)]
