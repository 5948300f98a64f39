"""What changed lately: updates that stand and decisions, in one time order, in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from krscp.tables import total
from krscp.templatetags.ui import display_date
from recommendations.domain.workflow import DecisionKind, Status
from recommendations.models import Decision, Part, Update, UpdateKind
from recommendations.state.today import State
from subgroups.models import User

SHOWN = 15
Words = Callable[[Decision], str]
DECIDED: dict[DecisionKind, Words] = total(DecisionKind, {
    DecisionKind.SIGN_OFF: lambda one: "signed off",
    DecisionKind.SEND_BACK: lambda one: "sent back",
    DecisionKind.NOT_ACCEPT: lambda one: "decided against",
    DecisionKind.SUPERSEDE: lambda one: "superseded",
    DecisionKind.REOPEN: lambda one: "reopened",
    DecisionKind.AGREE_DATE: lambda one: f"agreed {display_date(one.agreed_date)} for",
    DecisionKind.AGREE_OWNER: lambda one: f"agreed {one.owner} as owner of",
    DecisionKind.SET_PRIORITY: lambda one: f"set {one.priority} as the priority of",
    DecisionKind.RECHECK: lambda one: "checked again",
    DecisionKind.ANSWER: lambda one: "answered what was asked about",
    DecisionKind.ACT: lambda one: "agreed an action for",
    DecisionKind.NOTE: lambda one: "minuted a note on",
})  # fmt: skip


@dataclass(frozen=True)
class Change:
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
    shown: list[Change]
    more: int


def recent_changes(state: State, *, among: Iterable[Part], but_not_by: User | None = None) -> Changes:
    """What changed in the last 30 days on these parts, latest first, leaving out a person's own doing."""
    wanted = {part.pk for part in among}
    own = but_not_by.pk if but_not_by is not None else None
    everything: list[Update | Decision] = [*state.updates, *state.decisions]
    rows = [
        row
        for row in everything
        if row.part_id in wanted and row.created_at >= state.since and row.author_id != own
    ]
    rows.sort(key=lambda row: row.created_at, reverse=True)
    heading = "In the last 30 days" if but_not_by is None else "In the last 30 days, by others, on what is yours"
    return Changes(heading, [_change(row) for row in rows[:SHOWN]], max(0, len(rows) - SHOWN))


def _change(row: Update | Decision) -> Change:
    did = _said(row) if isinstance(row, Update) else DECIDED[DecisionKind(row.kind)](row)
    moved = row.status_before != row.status
    before, after = (Status(row.status_before), row.state) if moved else (None, None)
    return Change(row.created_at, _who(row), did, row.part, before, after)


def _who(row: Update | Decision) -> str:
    who = row.author_post or row.author_name
    if isinstance(row, Update) and row.on_behalf_of is not None:
        return f"{who}, on behalf of {row.on_behalf_of.short_name},"
    return who


def _said(update: Update) -> str:
    if update.kind == UpdateKind.PROPOSAL:
        return "proposed completion of"
    if update.status != update.status_before:
        return "moved"
    return "reported no change to" if update.kind == UpdateKind.NO_CHANGE else "updated"
