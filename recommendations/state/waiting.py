"""What waits for the SLG: sign-offs, dates and owners, each with what this person may do about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from krscp.days import display_date
from recommendations.domain.kinds import DecisionKind
from recommendations.models import Part
from recommendations.services.decisions import why_not
from recommendations.state.lists import WAITING
from recommendations.state.slices import Slice
from recommendations.state.today import State
from subgroups.models import User
from subgroups.permissions import Permission, can


@dataclass(frozen=True)
class OpenDecision:
    """One decision to take: `url` when this person may take it, else `why_not` if they could take others."""

    part: Part
    asked: str
    label: str
    url: str
    why_not: str


@dataclass(frozen=True)
class OpenDecisions:
    """The decisions of one kind that wait: the rows that are shown, and how many there are."""

    title: str
    rows: list[OpenDecision]
    total: int


@dataclass(frozen=True)
class ForDecision:
    kinds: list[OpenDecisions]
    may_decide: bool

    @property
    def total(self) -> int:
        return sum(kind.total for kind in self.kinds)

    @property
    def is_cut(self) -> bool:
        """Whether more wait than are shown."""
        return any(len(kind.rows) < kind.total for kind in self.kinds)


def what_waits(state: State) -> list[tuple[str, DecisionKind, list[tuple[Part, str]]]]:
    """What waits for the SLG: each kind with its parts, in the order of the report, and what is asked."""
    return [
        (kind.row.waits, kind, [(part, ASKED[kind](state, part)) for part in state.parts if where.holds(part)])
        for kind, where in WAITING.items()
    ]


def for_decision(state: State, user: User, shown: Mapping[str, Slice]) -> ForDecision:
    """The decisions open today, each with what this person may do about it: those rows of each kind."""
    kinds = []
    for kind in WAITING:
        rows = [_waiting(part, kind, ASKED[kind](state, part), user) for part in state.named(shown[kind].keys)]
        kinds.append(OpenDecisions(kind.row.waits, rows, shown[kind].total))
    return ForDecision(kinds, may_decide=can(user, Permission.DECIDE))


def _waiting(part: Part, kind: DecisionKind, asked: str, user: User) -> OpenDecision:
    """Nobody reads why they may not decide unless deciding is theirs at all."""
    reason = why_not(part, kind, user)
    blocked = reason if can(user, Permission.DECIDE) else ""
    return OpenDecision(part, asked, kind.label, "" if reason else part.decide_url(kind), blocked)


def _unowned(state: State, part: Part) -> str:
    return part.recommendation.no_lead_reason or "Nobody is confirmed as its owner."


def _proposed(state: State, part: Part) -> str:
    proposal = state.latest(part)
    if proposal is None:
        return "Proposed as complete"
    return f"Proposed by {proposal.author_post or proposal.author_name} on {display_date(proposal.created_at)}"


def _requested(state: State, part: Part) -> str:
    asked = f"Asks for {display_date(part.requested_date)}"
    return f"{asked} instead of {display_date(part.agreed_date)}" if part.agreed_date else f"{asked}; no date is agreed"


def _ask(state: State, part: Part) -> str:
    ask = part.asked
    if ask is None:
        return ""
    asked = f"{ask.words} ({ask.who}, {display_date(ask.on)})"
    return f"{asked} Needed by {display_date(ask.by_when)}." if ask.by_when else asked


ASKED: dict[DecisionKind, Callable[[State, Part], str]] = {
    DecisionKind.ANSWER: _ask,
    DecisionKind.SIGN_OFF: _proposed,
    DecisionKind.AGREE_DATE: _requested,
    DecisionKind.AGREE_OWNER: _unowned,
}
