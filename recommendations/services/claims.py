"""How what is said of a part is written: one winner for each version, and nothing into a review that is closed."""

from typing import Any
from uuid import UUID

from django.db import models

from krscp.moments import hold
from krscp.refusals import Moved
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import IN_HAND, PartStatus, WorkflowError, worst
from recommendations.models import Answered, Decision, Part, Recommendation, Review, Update, UpdateKind
from subgroups.models import User
from subgroups.services.records import save, sent_before, take

NO_RETURNS = "This review takes no returns any more."


class EditClash(Moved):
    """Somebody else changed the part first. Nothing was saved; `part` is as it stands, `latest` what made it so."""

    def __init__(self, part: Part) -> None:
        super().__init__(f"{part} was changed while you were writing. Check it, then save again.")
        self.part = part
        self.latest: Update | Decision | None = _latest(part)


def _latest(part: Part) -> Update | Decision | None:
    """The last update that stands or the last decision, whichever is later."""
    update, decision = part.updates.standing().first(), part.decisions.first()
    if update is None or decision is None:
        return update or decision
    return update if update.created_at > decision.created_at else decision


def as_it_stands(part: Part) -> Part:
    """The part read anew, with all that its forms ask of it."""
    return Part.objects.select_related("recommendation__report").prefetch_related("ownerships__body").get(pk=part.pk)


def hold_for_returns(review: Review) -> None:
    """Until this transaction ends the review is not frozen. Raises WorkflowError when it takes no returns any more.

    Reviews are held before returns, and those before parts, so that no two writers wait for each other.
    """
    hold(Review)
    if not Review.objects.get(pk=review.pk).takes_returns:
        raise WorkflowError(NO_RETURNS)


def claim(part: Part, version: int) -> Part:
    """Take the part at `version` for this transaction, as it stands. Raises EditClash if it has moved on."""
    taken = take(Part.objects.filter(pk=part.pk, version=version))
    current = as_it_stands(part)
    if not taken:
        raise EditClash(current)
    return current


def claim_for(model: type[models.Model], part: Part, version: int, token: UUID, by: User) -> Any:
    """The part, taken at `version`; or what this very form made before. Raises EditClash for a stale form."""
    if sent := sent_before(model, token, by):
        return sent
    try:
        return claim(part, version)
    except EditClash:
        # The twin of this form may have won while we waited for the row.
        if sent := sent_before(model, token, by):
            return sent
        raise


def answered(part: Part) -> str:
    """What the SLG, or the other co-chair, answered since the owner last spoke; the caller keeps it with the part.

    What is in its owner's hands after a proposal was sent back or objected to, or reopened.
    """
    if part.status not in IN_HAND:
        return ""
    last = part.updates.standing().first()
    since = part.decisions.filter(created_at__gt=last.created_at) if last is not None else part.decisions.all()
    kinds = {DecisionKind(kind) for kind in since.values_list("kind", flat=True)}
    if any(kind.row.hands_back for kind in kinds) or (last is not None and last.kind == UpdateKind.PROPOSAL):
        return Answered.RETURNED
    asked = last is not None and last.requested_date is not None
    return Answered.AGREED if asked and DecisionKind.AGREE_DATE in kinds else ""


def refresh_asks(part: Part) -> None:
    """Store whether something waits for the SLG's answer, for lists to go by; the asks have a history of their own."""
    asks = part.escalations.open().exists()
    if asks != part.asks:
        part.asks = asks
        part.save_without_historical_record(update_fields=["asks"])  # type: ignore[attr-defined]


def settle(part: Part, by: User, reason: str) -> None:
    """Save a part of which something was said or decided, and what its recommendation and lists make of it."""
    save(part, by, reason)
    sum_up(part.recommendation, by)
    refresh_asks(part)


def nothing_proposed(part: Part) -> None:
    """No completion waits for sign-off any more; the caller saves the part."""
    part.proposer, part.proposer_agencies, part.proposal_owners = None, [], []


def sum_up(recommendation: Recommendation, by: User | None) -> None:
    """Store what its parts make of it, worst status and next date; a history row only when either changes.

    The row is locked before its parts are read, so that of two parts changed at once neither is missed.
    """
    current = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    parts = list(current.parts.all())
    status = worst(PartStatus(part.status, part.is_option) for part in parts)
    due = min((part.agreed_date for part in parts if part.agreed_date and not part.is_closed), default=None)
    if (status, due) == (current.status, current.next_due):
        return
    reason = "Its worst part changed" if status != current.status else "Its next date changed"
    current.status, current.next_due = status, due
    save(current, by, reason)
