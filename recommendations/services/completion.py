"""Owners propose that a part is complete, with evidence and the difference for children."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from krscp import clock
from recommendations.domain.workflow import Difference, Status, WorkflowError, transition
from recommendations.models import Evidence, Outcome, Part, Update, UpdateKind
from recommendations.services import updates
from recommendations.services.claims import claim_for, settle
from recommendations.services.ownership import owners_on
from subgroups.models import User
from subgroups.permissions import Permission, agencies_of, demand
from subgroups.services.records import once, signature


@dataclass(frozen=True)
class Proof:
    """A link and what it shows."""

    title: str
    shows: str
    link: str = ""


@dataclass(frozen=True)
class ForChildren:
    """The difference for children: what and how we know, or when to look again, or why there is none."""

    difference: str
    text: str
    look_again_on: date | None = None


@transaction.atomic
def propose_completion(
    *, part: Part, done: str, proof: Proof, for_children: ForChildren, version: int, token: UUID, by: User
) -> Update:
    """Ask the SLG to sign the part off. The proposer can never be the one who does.

    The same form sent twice makes one proposal. Raises EditClash, WorkflowError and PermissionDenied.
    """
    current = claim_for(Update, part, version, token, by)
    if isinstance(current, Update):
        return current
    demand(by, Permission.PROPOSE_COMPLETION, current)
    _check(current, done, proof, for_children)
    now = clock.now()
    said = updates.Said(status=Status.AWAITING_SIGN_OFF, kind=UpdateKind.PROPOSAL, what_happened=done)
    update = updates.write(current, said, token=token, by=by, now=now)
    add_evidence(part=current, proof=proof, by=by, update=update)
    record_difference(part=current, for_children=for_children, by=by, update=update)
    current.status, current.last_said_at, current.answered = Status.AWAITING_SIGN_OFF, now, ""
    current.proposer, current.proposer_agencies = by, sorted(agencies_of(by))
    current.proposal_owners = owners_on(current, clock.local_day(now))
    settle(current, by, "Completion proposed")
    return update


def _check(part: Part, done: str, proof: Proof, for_children: ForChildren) -> None:
    transition(part.status, Status.AWAITING_SIGN_OFF)
    if not done:
        raise WorkflowError("Enter what was done or decided.")
    if not (proof.title and proof.shows):
        raise WorkflowError("Add at least one piece of evidence and what it shows.")
    if not for_children.text:
        raise WorkflowError("Enter what is different, or select another answer.")
    if for_children.difference == Difference.TOO_EARLY and for_children.look_again_on is None:
        raise WorkflowError("Say when you will look again.")


def add_evidence(
    *, part: Part, proof: Proof, by: User, update: Update | None = None, token: UUID | None = None
) -> Evidence:
    """Keep a link with what it shows. Never case records. The same form sent twice keeps one."""

    def make() -> Evidence:
        return Evidence.objects.create(part=part, update=update, token=token, **vars(proof), **signature(by))

    return make() if token is None else once(Evidence, token, make)


def record_difference(*, part: Part, for_children: ForChildren, by: User, update: Update | None = None) -> Outcome:
    """Keep what is different for children (para 27); the latest stands."""
    return Outcome.objects.create(part=part, update=update, **vars(for_children), **signature(by))
