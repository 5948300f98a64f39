"""What waits for the SLG: sign-offs, dates and owners, each with what this person may do about it."""

from dataclasses import dataclass

from krscp.templatetags.ui import display_date
from recommendations.dashboards.state import State
from recommendations.flags import Flag
from recommendations.models import Part
from recommendations.services.decisions import why_not
from recommendations.workflow import OPEN, DecisionKind, Status
from subgroups.models import User
from subgroups.permissions import Permission, can

NOTHING_ASKED = {"", "nothing yet"}


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


@dataclass(frozen=True)
class Ask:
    """What an owner who is off track needs from the SLG."""

    part: Part
    words: str
    who: str


Asked = list[tuple[Part, str]]


def what_waits(state: State) -> list[tuple[str, DecisionKind, Asked]]:
    """What waits for the SLG: each kind with its parts, in the order of the report, and what is asked."""
    proposed = [part for part in state.parts if part.status == Status.AWAITING_SIGN_OFF]
    moving = [part for part in state.parts if part.requested_date is not None and part.status in OPEN]
    unowned = [part for part in state.parts if Flag.NO_OWNER in part.flags]
    return [
        ("To sign off", DecisionKind.SIGN_OFF, [(part, _proposed(state, part)) for part in proposed]),
        ("New dates asked for", DecisionKind.AGREE_DATE, [(part, _requested(part)) for part in moving]),
        ("Owners to confirm", DecisionKind.AGREE_OWNER, [(part, _unowned(part)) for part in unowned]),
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


def asks_of_slg(state: State) -> list[Ask]:
    """What owners of parts that are off track ask of the SLG in the update that stands."""
    off_track = [(part, state.latest(part)) for part in state.parts if part.status == Status.OFF_TRACK]
    return [
        Ask(part, said.ask_of_slg, said.author_post or said.author_name)
        for part, said in off_track
        if said is not None and said.ask_of_slg.strip(" .").lower() not in NOTHING_ASKED
    ]
