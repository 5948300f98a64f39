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


def for_decision(state: State, user: User) -> ForDecision:
    """The decisions open today, in the order of the report within each kind."""
    proposed = [part for part in state.parts if part.status == Status.AWAITING_SIGN_OFF]
    moving = [part for part in state.parts if part.requested_date is not None and part.status in OPEN]
    unowned = [part for part in state.parts if Flag.NO_OWNER in part.flags]
    signing = [_waiting(part, DecisionKind.SIGN_OFF, _proposed(state, part), user) for part in proposed]
    dates = [_waiting(part, DecisionKind.AGREE_DATE, _requested(part), user) for part in moving]
    owners = [_waiting(part, DecisionKind.AGREE_OWNER, _unowned(part), user) for part in unowned]
    kinds = [Kind("To sign off", signing), Kind("New dates asked for", dates), Kind("Owners to confirm", owners)]
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
