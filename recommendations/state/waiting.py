"""What waits for the SLG: sign-offs, dates and owners, each with what this person may do about it."""

from dataclasses import dataclass

from krscp.templatetags.ui import display_date
from recommendations.domain.flags import Flag
from recommendations.domain.workflow import OPEN, DecisionKind, Status
from recommendations.models import Part
from recommendations.models.asked import Asked
from recommendations.services.decisions import why_not
from recommendations.state.today import State
from subgroups.models import User
from subgroups.permissions import Permission, can


@dataclass(frozen=True)
class Waiting:
    """One decision to take: `url` when this person may take it, else `why_not` if they could take others."""

    part: Part
    asked: str
    label: str
    url: str
    why_not: str


@dataclass(frozen=True)
class Kind:
    """The decisions of one kind that wait."""

    title: str
    rows: list[Waiting]


@dataclass(frozen=True)
class ForDecision:
    kinds: list[Kind]
    may_decide: bool

    @property
    def total(self) -> int:
        return sum(len(kind.rows) for kind in self.kinds)


Rows = list[tuple[Part, str]]
TITLES = {
    DecisionKind.ANSWER: "Asked of the SLG",
    DecisionKind.SIGN_OFF: "To sign off",
    DecisionKind.AGREE_DATE: "New dates asked for",
    DecisionKind.AGREE_OWNER: "Owners to confirm",
}


def what_waits(state: State) -> list[tuple[str, DecisionKind, Rows]]:
    """What waits for the SLG: each kind with its parts, in the order of the report, and what is asked."""
    proposed = [part for part in state.parts if part.status == Status.AWAITING_SIGN_OFF]
    moving = [part for part in state.parts if part.requested_date is not None and part.status in OPEN]
    unowned = [part for part in state.parts if Flag.NO_OWNER in part.flags and part.status != Status.AWAITING_SIGN_OFF]
    asks = [(part, _ask(part.asked)) for part in state.parts if part.asked is not None and part.status in OPEN]
    return [
        (TITLES[DecisionKind.ANSWER], DecisionKind.ANSWER, asks),
        (TITLES[DecisionKind.SIGN_OFF], DecisionKind.SIGN_OFF, [(part, _proposed(state, part)) for part in proposed]),
        (TITLES[DecisionKind.AGREE_DATE], DecisionKind.AGREE_DATE, [(part, _requested(part)) for part in moving]),
        (TITLES[DecisionKind.AGREE_OWNER], DecisionKind.AGREE_OWNER, [(part, _unowned(part)) for part in unowned]),
    ]


def for_decision(state: State, user: User) -> ForDecision:
    """The decisions open today, each with what this person may do about it."""
    kinds = [
        Kind(title, [_waiting(part, kind, asked, user) for part, asked in rows])
        for title, kind, rows in what_waits(state)
    ]
    return ForDecision(kinds, may_decide=can(user, Permission.DECIDE))


def _waiting(part: Part, kind: DecisionKind, asked: str, user: User) -> Waiting:
    """Nobody reads why they may not decide unless deciding is theirs at all."""
    reason = why_not(part, kind, user)
    blocked = reason if can(user, Permission.DECIDE) else ""
    return Waiting(part, asked, kind.label, "" if reason else part.decide_url(kind), blocked)


def _unowned(part: Part) -> str:
    return part.recommendation.no_lead_reason or "Nobody is confirmed as its owner."


def _proposed(state: State, part: Part) -> str:
    proposal = state.latest(part)
    if proposal is None:
        return "Proposed as complete"
    return f"Proposed by {proposal.author_post or proposal.author_name} on {display_date(proposal.created_at)}"


def _requested(part: Part) -> str:
    asked = f"Asks for {display_date(part.requested_date)}"
    return f"{asked} instead of {display_date(part.agreed_date)}" if part.agreed_date else f"{asked}; no date is agreed"


def _ask(ask: Asked) -> str:
    asked = f"{ask.words} ({ask.who}, {display_date(ask.on)})"
    return f"{asked} Needed by {display_date(ask.by_when)}." if ask.by_when else asked
