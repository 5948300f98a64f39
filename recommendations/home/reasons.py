"""Why a part needs its owner now, in words. Which reason it is, `state/lists.py` says."""

from collections.abc import Callable
from datetime import date

from django.urls import reverse

from krscp.days import display_date
from krscp.tables import total
from recommendations.domain.flags import Flag, words_of
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from recommendations.models import Decision, Part
from recommendations.state.items import Item, own_item
from recommendations.state.lists import Urgency, reason_of
from recommendations.state.today import State
from subgroups.models import User


def needing(part: Part, user: User, state: State) -> Item:
    """One row of what needs this person."""
    urgency = reason_of(part, state.today)
    words, said = WHY[urgency](part, state), state.latest(part)
    if urgency == Urgency.TO_CONFIRM and said is not None:
        return Item(part, [words], reverse("confirm", args=[said.pk]), "Confirm")
    return own_item(part, user, words)


def waits(part: Part) -> str:
    """What the owner waits for the SLG to answer, in words, or ""."""
    if part.requested_date is not None:
        return f"Waits for the SLG: {display_date(part.requested_date)} asked for"
    return "Waits for the SLG’s answer" if part.asked is not None else ""


def _to_confirm(part: Part, state: State) -> str:
    said = state.latest(part)
    return f"{said.author_post or said.author_name if said else ''} proposed this as complete: do you agree?"


def _standing(part: Part, state: State) -> str:
    """What to say of a part that is not doing well when nothing has come due."""
    due = f"due {display_date(part.agreed_date)}" if part.agreed_date else ""
    if part.status == Status.NOT_STARTED:
        return f"{part.state.definition}, {due}" if due else part.state.definition
    return due[:1].upper() + due[1:] or part.state.definition


def _flag(flag: Flag) -> Callable[[Part, State], str]:
    return lambda part, state: words_of(part, flag, state.today)


def _sent_back(part: Part, state: State) -> str:
    returned = [one for one in _answers(part, state) if DecisionKind(one.kind).row.hands_back]
    if not returned:
        return "Completion was proposed and objected to"
    did = DecisionKind(returned[0].kind).row.said.capitalize()
    return f"{did} by the SLG on {display_date(returned[0].decided_on)}"


def _answered(part: Part, state: State) -> str:
    agreed = (one.agreed_date for one in _answers(part, state) if one.kind == DecisionKind.AGREE_DATE)
    return f"The SLG answered: {display_date(next(agreed, part.agreed_date))} is agreed"


def _answers(part: Part, state: State) -> list[Decision]:
    """What the SLG answered since the owner last spoke, latest first."""
    latest = state.latest(part)
    return [one for one in state.decisions_of(part.pk) if latest is None or one.created_at > latest.created_at]


def _due_soon(part: Part, state: State) -> str:
    return due_in(part.agreed_date or state.today, state.today)


def due_in(day: date, today: date) -> str:
    """“Due in 6 days”."""
    near = {0: "Due today", 1: "Due tomorrow"}
    days = (day - today).days
    return near.get(days, f"Due in {days} days")


WHY: dict[Urgency, Callable[[Part, State], str]] = total(Urgency, {
    Urgency.TO_CONFIRM: _to_confirm,
    Urgency.OFF_TRACK: _standing,
    Urgency.OVERDUE: _flag(Flag.OVERDUE),
    Urgency.AT_RISK: _standing,
    Urgency.SENT_BACK: _sent_back,
    Urgency.DUE_SOON: _due_soon,
    Urgency.ANSWERED: _answered,
    Urgency.RECHECK: _flag(Flag.RECHECK_DUE),
    Urgency.QUIET: _flag(Flag.QUIET),
    Urgency.NOT_STARTED: _standing,
})  # fmt: skip
