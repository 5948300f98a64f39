"""Why a part needs its owner now: one reason in words, and how urgent it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from krscp.templatetags.ui import display_date
from recommendations.domain.flags import Flag, in_words
from recommendations.domain.workflow import IN_HAND, DecisionKind, Status
from recommendations.models import Part, UpdateKind
from recommendations.state.today import State

SOON = timedelta(days=14)


class Urgency(IntEnum):
    """Worst first."""

    OFF_TRACK = 1
    OVERDUE = 2
    AT_RISK = 3
    SENT_BACK = 4
    DUE_SOON = 5
    ANSWERED = 6
    RECHECK = 7
    QUIET = 8
    NOT_STARTED = 9


@dataclass(frozen=True)
class Reason:
    urgency: Urgency
    words: str


BY_STATUS = {
    Status.OFF_TRACK: Urgency.OFF_TRACK,
    Status.AT_RISK: Urgency.AT_RISK,
    Status.NOT_STARTED: Urgency.NOT_STARTED,
}
RETURNED = {DecisionKind.SEND_BACK: "Sent back", DecisionKind.REOPEN: "Reopened"}
BY_FLAG = {Flag.OVERDUE: Urgency.OVERDUE, Flag.QUIET: Urgency.QUIET, Flag.RECHECK_DUE: Urgency.RECHECK}


def why_now(part: Part, state: State) -> Reason | None:
    """The reason to show, with the urgency of the worst one; None when the part can wait.

    What dates, decisions or silence say comes before the status, which its badge says already.
    """
    dated = sorted(_dated(part, state), key=lambda reason: reason.urgency)
    by_status = [Reason(BY_STATUS[part.state], _standing(part))] if _speaks(part) else []
    reasons = [*dated, *by_status]
    if not reasons:
        return None
    return Reason(min(reason.urgency for reason in reasons), reasons[0].words)


def _speaks(part: Part) -> bool:
    """Whether the status alone needs its owner: not while the SLG has yet to answer what the owner asked."""
    return part.state in BY_STATUS and not waits(part)


def waits(part: Part) -> str:
    """What the owner waits for the SLG to answer, in words, or ""."""
    if part.requested_date is not None:
        return f"Waits for the SLG: {display_date(part.requested_date)} asked for"
    return "Waits for the SLG’s answer" if part.asked is not None else ""


def _standing(part: Part) -> str:
    """What to say of a part that is not doing well when nothing has come due."""
    due = f"due {display_date(part.agreed_date)}" if part.agreed_date else ""
    if part.status == Status.NOT_STARTED:
        return f"{part.state.definition}, {due}" if due else part.state.definition
    return due[:1].upper() + due[1:] or part.state.definition


def _dated(part: Part, state: State) -> Iterator[Reason]:
    for flag, words in zip(part.flags, in_words(part, state.today), strict=True):
        if flag in BY_FLAG:
            yield Reason(BY_FLAG[flag], words)
    if part.status not in IN_HAND:
        return
    if part.agreed_date is not None and state.today <= part.agreed_date <= state.today + SOON:
        yield Reason(Urgency.DUE_SOON, due_in(part.agreed_date, state.today))
    yield from _answers(part, state)


def _answers(part: Part, state: State) -> Iterator[Reason]:
    """What the SLG, or the other co-chair, answered since the owner last spoke."""
    latest = state.latest(part)
    decided = [one for one in state.decisions_of(part.pk) if latest is None or one.created_at > latest.created_at]
    for decision in decided:
        if decision.kind in RETURNED:
            words = f"{RETURNED[DecisionKind(decision.kind)]} by the SLG on {display_date(decision.decided_on)}"
            yield Reason(Urgency.SENT_BACK, words)
        if decision.kind == DecisionKind.AGREE_DATE and latest is not None and latest.requested_date is not None:
            yield Reason(Urgency.ANSWERED, f"The SLG answered: {display_date(decision.agreed_date)} is agreed")
    proposed = latest is not None and latest.kind == UpdateKind.PROPOSAL
    if proposed and not any(decision.kind in RETURNED for decision in decided):
        yield Reason(Urgency.SENT_BACK, "Completion was proposed and objected to")


def due_in(day: date, today: date) -> str:
    """“Due in 6 days”."""
    near = {0: "Due today", 1: "Due tomorrow"}
    days = (day - today).days
    return near.get(days, f"Due in {days} days")
