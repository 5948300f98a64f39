"""What a reader may do with a part now: buttons for what is open to the status and the person, reasons for the rest."""

from dataclasses import dataclass

from recommendations.domain.flags import Flag
from recommendations.domain.kinds import DecisionKind, decisions_open
from recommendations.domain.workflow import IN_HAND, OPEN
from recommendations.models import Part
from recommendations.services.decisions import why_not
from subgroups.models import User
from subgroups.permissions import Permission, can


@dataclass(frozen=True)
class Choice:
    """A decision that the part can take: its page, or why this reader may not take it."""

    label: str
    url: str
    reason: str


@dataclass(frozen=True)
class Offers:
    """Addresses that are "" where the reader may not, and the decisions that are open."""

    update_url: str
    complete_url: str
    ask_url: str
    may_work: bool
    waiting: list[Choice]
    other: list[Choice]


def offers_for(part: Part, user: User, *, sets_priority: bool) -> Offers:
    """What this reader may do with the part. Nothing is read: the part came with owners, proposer and asker.

    The priority is the recommendation's, so only one of its parts offers to set it.
    """
    in_hand = part.status in IN_HAND
    may_update = can(user, Permission.UPDATE, part)
    may_complete = can(user, Permission.PROPOSE_COMPLETION, part)
    waiting = waiting_for_slg(part)
    kinds = decisions_open(part.status) if can(user, Permission.DECIDE, part) else []
    choices = {
        kind: Choice(kind.label, part.decide_url(kind), why_not(part, kind, user))
        for kind in kinds
        if (sets_priority or kind != DecisionKind.SET_PRIORITY) and (part.asked or kind != DecisionKind.ANSWER)
    }
    return Offers(
        update_url=part.update_url if in_hand and may_update else "",
        complete_url=part.complete_url if in_hand and may_complete else "",
        ask_url=part.ask_url if part.status in OPEN and can(user, Permission.ESCALATE, part) else "",
        may_work=may_update,
        waiting=[choice for kind, choice in choices.items() if kind in waiting],
        other=[choice for kind, choice in choices.items() if kind not in waiting and not choice.reason],
    )


def waiting_for_slg(part: Part) -> set[DecisionKind]:
    """The decisions that somebody waits for: an answer, sign-off, a requested date, an owner, a check that is due."""
    waiting = set()
    if part.asked:
        waiting.add(DecisionKind.ANSWER)
    if Flag.RECHECK_DUE in part.flags:
        waiting.add(DecisionKind.RECHECK)
    if part.proposer_id is not None:
        waiting |= {DecisionKind.SIGN_OFF, DecisionKind.SEND_BACK}
    if part.requested_date is not None:
        waiting.add(DecisionKind.AGREE_DATE)
    if not part.leads:
        waiting.add(DecisionKind.AGREE_OWNER)
    return waiting

