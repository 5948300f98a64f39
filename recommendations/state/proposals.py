"""What the SLG looks at before it signs off: the proposal, its evidence, the difference for children."""

from dataclasses import dataclass

from recommendations.models import Confirmation, Evidence, Outcome, Part, Update
from recommendations.services.escalations import proposal_of


@dataclass(frozen=True)
class Proposal:
    update: Update
    evidence: list[Evidence]
    outcome: Outcome | None
    confirmations: list[Confirmation]


def request_for(part: Part) -> Update | None:
    """The update that asked for the date which waits for an answer, if one does."""
    if part.requested_date is None:
        return None
    return part.updates.standing().filter(requested_date=part.requested_date).first()


def proposal_for(part: Part) -> Proposal | None:
    """The proposal that waits for an answer, if there is one: four queries."""
    update = proposal_of(part)
    return proposal_of_update(update) if update is not None else None


def proposal_of_update(update: Update) -> Proposal:
    """What was proposed, with its evidence, the difference for children and what the other co-chair says."""
    return Proposal(update, list(update.evidence.all()), update.outcomes.first(), list(update.confirmations.all()))
