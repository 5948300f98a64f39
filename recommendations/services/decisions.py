"""The SLG decides: signs off, sends back, agrees a date or an owner, and more. Each changes the part it is about.

What is decided while a review sits belongs to that review, whoever records it and on whichever page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from krscp import clock
from krscp.moments import hold
from krscp.tables import total
from krscp.text import beginning
from recommendations.domain.workflow import (
    WITHOUT_SIGN_OFF,
    AsksFor,
    DecisionKind,
    WorkflowError,
    decisions_open,
    named,
)
from recommendations.models import (
    Action,
    Decision,
    Escalation,
    Part,
    Priority,
    Recommendation,
    Review,
    ReviewKind,
)
from recommendations.services import actions, ownership, priorities
from recommendations.services.claims import answered, claim_for, nothing_proposed, refresh_asks, sum_up
from recommendations.services.escalations import open_ask, proposal_of
from subgroups.models import Body, User
from subgroups.permissions import Permission, can, why_not_decide, why_not_sign_off
from subgroups.services.records import save, signature


@dataclass(frozen=True)
class Ruling:
    """One decision: what kind, in which words, when, and what it sets."""

    kind: DecisionKind
    wording: str
    decided_on: date
    agreed_date: date | None = None
    recheck_on: date | None = None
    owner: Body | None = None
    priority: Priority | None = None
    replacement: Recommendation | None = None
    due: date | None = None
    asked: int | None = None  # the ask that was answered, as its writer saw it
    corrects: Decision | None = None


@transaction.atomic
def decide(
    *, part: Part, ruling: Ruling, version: int, token: UUID, by: User, within: Review | None = None
) -> Decision:
    """Record the decision and change the part; `within` is the review in whose meeting it is recorded.

    Nobody decides what they asked for themselves; sign-off follows `why_not_sign_off` (product, sections 2, 8).
    Raises PermissionDenied with the reason, EditClash when the part has moved on, WorkflowError when its
    status does not allow the decision, something is missing or the meeting is over.
    """
    hold(Review)  # before the part, as everywhere; who sits is read below, after a freeze that was waited for
    current = claim_for(Decision, part, version, token, by)
    if isinstance(current, Decision):
        return current
    if reason := why_not(current, ruling.kind, by):
        raise PermissionDenied(reason)
    if within is not None and Review.objects.sitting().first() != within:
        raise WorkflowError(f"The {within} is not in its meeting any more. Nothing was saved.")
    check(current, ruling)
    decision = _write(current, ruling, token=token, by=by)
    EFFECTS[ruling.kind](current, ruling, by)
    current.answered = answered(current)
    save(current, by, ruling.kind.label)
    sum_up(current.recommendation, by)
    refresh_asks(current)
    return decision


def open_to(part: Part) -> list[DecisionKind]:
    """The decisions that the part can take; an answer only where something is asked."""
    return [kind for kind in decisions_open(part.status) if kind != DecisionKind.ANSWER or part.asked]


def why_not(part: Part, kind: DecisionKind, by: User) -> str:
    """Why this person may not take this decision about this part, or ""."""
    if kind == DecisionKind.SIGN_OFF:
        return why_not_sign_off(by, part) or why_not_here(part, kind, by)
    asked = {
        DecisionKind.AGREE_DATE: [part.requested_by_id],
        DecisionKind.SEND_BACK: [part.proposer_id, part.requested_by_id],
        DecisionKind.NOT_ACCEPT: [part.proposer_id],
        DecisionKind.SUPERSEDE: [part.proposer_id],
        DecisionKind.ANSWER: [part.asked.by if part.asked is not None else None],
    }
    return why_not_decide(by, part, asked.get(kind, [])) or why_not_here(part, kind, by)


def why_not_here(part: Part, kind: DecisionKind, by: User) -> str:
    """A co-chairs' quarterly has no sign-off, so its recorder takes notes and actions only."""
    if kind in WITHOUT_SIGN_OFF or can(by, Permission.DECIDE) or part.sitting != ReviewKind.QUARTERLY:
        return ""
    return "A co-chairs’ quarterly agrees actions and takes notes."


def check(part: Part, ruling: Ruling) -> None:
    """Raises WorkflowError unless the part can take this decision and it says all it must."""
    if ruling.kind not in decisions_open(part.status):
        raise WorkflowError(f"This is {part.state.label}, so “{ruling.kind.label}” does not apply.")
    if ruling.decided_on > clock.today():
        raise WorkflowError("The day it was decided must be today or in the past.")
    if not ruling.wording:
        raise WorkflowError("Enter the wording.")
    keep_doing = part.recommendation.asks_for == AsksFor.KEEP_DOING
    if ruling.kind == DecisionKind.SIGN_OFF and keep_doing and ruling.recheck_on is None:
        raise WorkflowError("This asks to keep doing something, so enter a re-check date.")
    for name, message in REQUIRED[ruling.kind]:
        if getattr(ruling, name) is None:
            raise WorkflowError(message)
    if ruling.kind == DecisionKind.ANSWER:
        _check_asked(open_ask(part), ruling)
    if ruling.replacement is not None and ruling.replacement.pk == part.recommendation_id:
        raise WorkflowError("Select another recommendation than this one.")


def _check_asked(waits: Escalation | None, ruling: Ruling) -> None:
    """An answer is to the ask that waits, and to none that has taken its place unseen."""
    if waits is None:
        raise WorkflowError("Nothing is asked of the SLG here, or it is answered already.")
    if ruling.asked not in (None, waits.pk):
        raise WorkflowError(f"Somebody has asked anew: “{waits.ask}” Read it, then answer.")


REQUIRED: dict[DecisionKind, list[tuple[str, str]]] = total(DecisionKind, {
    DecisionKind.SIGN_OFF: [],
    DecisionKind.SEND_BACK: [("agreed_date", "Enter by when it is needed.")],
    DecisionKind.AGREE_DATE: [("agreed_date", "Enter the agreed date.")],
    DecisionKind.AGREE_OWNER: [("owner", "Select the owner.")],
    DecisionKind.SET_PRIORITY: [("priority", "Select the priority.")],
    DecisionKind.SUPERSEDE: [("replacement", "Select the recommendation that replaces it.")],
    DecisionKind.RECHECK: [("recheck_on", "Enter when it is checked next.")],
    DecisionKind.ACT: [("owner", "Select who will do it."), ("due", "Enter by when.")],
    DecisionKind.NOT_ACCEPT: [],
    DecisionKind.REOPEN: [],
    DecisionKind.ANSWER: [],
    DecisionKind.NOTE: [],
})  # fmt: skip


def _write(part: Part, ruling: Ruling, *, token: UUID, by: User) -> Decision:
    target = named(ruling.kind).target if ruling.kind.changes_status else part.status
    ruled = {name: value for name, value in vars(ruling).items() if name != "asked"}
    return Decision.objects.create(
        part=part,
        proposal=proposal_of(part),
        status_before=part.status,
        status=target,
        date_before=part.agreed_date,
        review=_review_of(ruling.kind),
        action=_action_of(part, ruling, token, by),
        answers=open_ask(part) if ruling.kind == DecisionKind.ANSWER else None,
        token=token,
        **ruled,
        **signature(by),
    )


def _review_of(kind: DecisionKind) -> Review | None:
    """The review that sits now, if this is its to decide."""
    sitting = Review.objects.sitting().first()
    return sitting if sitting is not None and (sitting.signs_off or kind in WITHOUT_SIGN_OFF) else None


def _action_of(part: Part, ruling: Ruling, token: UUID, by: User) -> Action | None:
    """The action that the decision agrees, kept with the part's others."""
    if ruling.kind != DecisionKind.ACT:
        return None
    who = cast(Body, ruling.owner).name
    what = beginning(ruling.wording, 300)
    return actions.add_action(part=part, what=what, who=who, due=ruling.due, token=token, by=by)


def _move(part: Part, ruling: Ruling, by: User) -> None:
    """Take the status that the decision leads to; nothing is proposed or asked for any more."""
    part.status = named(ruling.kind).target
    nothing_proposed(part)
    part.requested_date = part.requested_by = None


def _sign_off(part: Part, ruling: Ruling, by: User) -> None:
    _move(part, ruling, by)
    part.recheck_on = ruling.recheck_on


def _send_back(part: Part, ruling: Ruling, by: User) -> None:
    _move(part, ruling, by)
    _agree_date(part, ruling, by)


def _supersede(part: Part, ruling: Ruling, by: User) -> None:
    _move(part, ruling, by)
    part.superseded_by = ruling.replacement


def _recheck(part: Part, ruling: Ruling, by: User) -> None:
    part.recheck_on = ruling.recheck_on


def _nothing(part: Part, ruling: Ruling, by: User) -> None:
    """An answer, an action or a note leaves the part as it stands."""


def _reopen(part: Part, ruling: Ruling, by: User) -> None:
    _move(part, ruling, by)
    part.recheck_on = part.superseded_by = None


def _agree_date(part: Part, ruling: Ruling, by: User) -> None:
    """The first date agreed never disappears; each later change is counted."""
    if part.first_agreed_date is None:
        part.first_agreed_date = ruling.agreed_date
    elif part.agreed_date != ruling.agreed_date:
        part.date_moves += 1
    part.agreed_date = ruling.agreed_date
    part.requested_date = part.requested_by = None


# `check` refuses a ruling without what it must set, so the owner or priority below is never missing.
def _agree_owner(part: Part, ruling: Ruling, by: User) -> None:
    ownership.make_lead(part=part, body=cast(Body, ruling.owner), reason=ruling.wording, by=by)


def _set_priority(part: Part, ruling: Ruling, by: User) -> None:
    priorities.set_main(recommendation=part.recommendation, priority=cast(Priority, ruling.priority), by=by)


Effect = Callable[[Part, Ruling, User], None]
EFFECTS: dict[DecisionKind, Effect] = total(DecisionKind, {
    DecisionKind.SIGN_OFF: _sign_off,
    DecisionKind.SEND_BACK: _send_back,
    DecisionKind.NOT_ACCEPT: _move,
    DecisionKind.SUPERSEDE: _supersede,
    DecisionKind.REOPEN: _reopen,
    DecisionKind.AGREE_DATE: _agree_date,
    DecisionKind.AGREE_OWNER: _agree_owner,
    DecisionKind.SET_PRIORITY: _set_priority,
    DecisionKind.RECHECK: _recheck,
    DecisionKind.ANSWER: _nothing,
    DecisionKind.ACT: _nothing,
    DecisionKind.NOTE: _nothing,
})  # fmt: skip
