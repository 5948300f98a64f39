"""The SLG decides: signs off, sends back, agrees a date or an owner, and more. Each changes the part it is about.

What is decided while a review sits belongs to that review, whoever records it and on whichever page.
"""

from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from krscp import clock
from krscp.moments import hold
from krscp.text import beginning
from recommendations.domain.kinds import DecisionKind, decisions_open
from recommendations.domain.workflow import WorkflowError, named
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
from recommendations.services.claims import answered, claim_for, nothing_proposed, settle
from recommendations.services.escalations import open_ask, proposal_of
from subgroups.models import Body, User
from subgroups.permissions import Permission, can, why_not_decide, why_not_sign_off
from subgroups.services.records import signature


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
    _take_effect(current, ruling, by)
    current.answered = answered(current)
    settle(current, by, ruling.kind.label)
    return decision


def open_to(part: Part) -> list[DecisionKind]:
    """The decisions that the part can take; an answer only where something is asked."""
    return [kind for kind in decisions_open(part.status) if kind != DecisionKind.ANSWER or part.asked]


def why_not(part: Part, kind: DecisionKind, by: User) -> str:
    """Why this person may not take this decision about this part, or ""."""
    if kind == DecisionKind.SIGN_OFF:
        return why_not_sign_off(by, part) or why_not_here(part, kind, by)
    asked = [getattr(part, name) for name in kind.row.not_by]
    return why_not_decide(by, part, asked) or why_not_here(part, kind, by)


def why_not_here(part: Part, kind: DecisionKind, by: User) -> str:
    """A co-chairs' quarterly has no sign-off, so its recorder takes notes and actions only."""
    if kind.row.in_a_quarterly or can(by, Permission.DECIDE) or part.sitting != ReviewKind.QUARTERLY:
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
    for supply in ruling.kind.supplies(part.recommendation.asks_for):
        if getattr(ruling, supply.name) is None:
            raise WorkflowError(f"{supply.missing}.")
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
    """The review that sits now, if this is its to decide; a co-chairs' quarterly has no sign-off."""
    sitting = Review.objects.sitting().first()
    if sitting is not None and sitting.kind == ReviewKind.QUARTERLY and not kind.row.in_a_quarterly:
        return None
    return sitting


def _action_of(part: Part, ruling: Ruling, token: UUID, by: User) -> Action | None:
    """The action that the decision agrees, kept with the part's others."""
    if ruling.kind != DecisionKind.ACT:
        return None
    who = cast(Body, ruling.owner).name
    what = beginning(ruling.wording, 300)
    return actions.add_action(part=part, what=what, who=who, due=ruling.due, token=token, by=by)


def _take_effect(part: Part, ruling: Ruling, by: User) -> None:
    """What the row of its kind says; an answer, an action or a note leaves the part as it stands."""
    if ruling.kind.changes_status:
        _move(part, ruling)
    for name in ruling.kind.row.clears:
        setattr(part, name, None)
    for supply in ruling.kind.row.supplies:
        if supply.settles:
            _take_over(supply.name, part, ruling, by)


def _move(part: Part, ruling: Ruling) -> None:
    """Take the status that the decision leads to; nothing is proposed or asked for any more."""
    part.status = named(ruling.kind).target
    nothing_proposed(part)
    part.requested_date = part.requested_by = None


def _take_over(name: str, part: Part, ruling: Ruling, by: User) -> None:
    """What a ruling settles. `check` refuses one that lacks what it must set, so none is missing here."""
    match name:
        case "agreed_date":
            _agree_date(part, ruling)
        case "owner":
            ownership.make_lead(part=part, body=cast(Body, ruling.owner), reason=ruling.wording, by=by)
        case "priority":
            whole = part.recommendation
            priorities.set_main(recommendation=whole, priority=cast(Priority, ruling.priority), by=by)
        case _:
            setattr(part, SET[name], getattr(ruling, name))


# What becomes a part's as it is.
SET = {"recheck_on": "recheck_on", "replacement": "superseded_by"}


def _agree_date(part: Part, ruling: Ruling) -> None:
    """The first date agreed never disappears; each later change is counted."""
    if part.first_agreed_date is None:
        part.first_agreed_date = ruling.agreed_date
    elif part.agreed_date != ruling.agreed_date:
        part.date_moves += 1
    part.agreed_date = ruling.agreed_date
    part.requested_date = part.requested_by = None
