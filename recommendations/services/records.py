"""How what is said of a part is written: one winner for each version, and nothing into a review that is closed."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import F

from krscp.moments import hold
from recommendations.domain.workflow import PartStatus, WorkflowError, worst
from recommendations.models import Decision, Part, Recommendation, Review, Update
from subgroups.models import User
from subgroups.services.records import save, sent_before

NO_RETURNS = "This review takes no returns any more."


class Moved(WorkflowError):
    """Somebody else changed what was being edited first; nothing was saved. The message says what."""


class EditClash(Exception):
    """Somebody else changed the part first. Nothing was saved; `part` is as it stands, `latest` what made it so."""

    def __init__(self, part: Part) -> None:
        super().__init__(f"{part} was changed while you were writing.")
        self.part = part
        self.latest: Update | Decision | None = _latest(part)


def _latest(part: Part) -> Update | Decision | None:
    """The last update that stands or the last decision, whichever is later."""
    update, decision = part.updates.standing().first(), part.decisions.first()
    if update is None or decision is None:
        return update or decision
    return update if update.created_at > decision.created_at else decision


def hold_for_returns(review: Review) -> None:
    """Until this transaction ends the review is not frozen. Raises WorkflowError when it takes no returns any more.

    Reviews are held before returns, and those before parts, so that no two writers wait for each other.
    """
    hold(Review)
    if not Review.objects.get(pk=review.pk).takes_returns:
        raise WorkflowError(NO_RETURNS)


def claim(part: Part, version: int) -> Part:
    """Take the part at `version` for this transaction, as it stands. Raises EditClash if it has moved on.

    One statement compares and takes, so that of several simultaneous saves exactly one wins.
    """
    taken = Part.objects.filter(pk=part.pk, version=version).update(version=F("version") + 1)
    current = Part.objects.select_related("recommendation__report").prefetch_related("ownerships__body").get(pk=part.pk)
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


def nothing_proposed(part: Part) -> None:
    """No completion waits for sign-off any more; the caller saves the part."""
    part.proposer, part.proposer_agencies, part.proposal_owners = None, [], []


def sum_up(recommendation: Recommendation, by: User | None) -> None:
    """Store what its parts make of it, worst status and next date; a history row only when either changes.

    The row is locked before its parts are read, so that of two parts changed at once neither is missed.
    """
    current = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    parts = list(current.parts.all())
    status, due = worst(PartStatus(part.status, part.is_option) for part in parts), next_due(parts)
    if (status, due) == (current.status, current.next_due):
        return
    reason = "Its worst part changed" if status != current.status else "Its next date changed"
    current.status, current.next_due = status, due
    save(current, by, reason)


def next_due(parts: Iterable[Part]) -> date | None:
    """The earliest agreed date of the open parts."""
    return min((part.agreed_date for part in parts if part.agreed_date and not part.is_closed), default=None)
