"""How every service writes: signed, with history, one winner for each version."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.db.models.fields.related_descriptors import ManyToManyDescriptor
from simple_history.utils import bulk_create_with_history

from krscp import clock
from krscp.constraints import breaks
from krscp.moments import hold
from recommendations.models import Decision, Part, Recommendation, Review, Update
from recommendations.workflow import PartStatus, WorkflowError, worst
from subgroups.models import User
from subgroups.models.history import actor_of

AT_ONCE = 500  # rows in one statement
NO_RETURNS = "This review takes no returns any more."
Row = TypeVar("Row", bound=models.Model)


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


def signature(by: User) -> dict[str, Any]:
    """The author of a statement, with name and posts copied so that they stand when people move on."""
    return {"author": by, "author_name": by.name, "author_post": by.post_titles}


def save(obj: models.Model, by: User | None, reason: str) -> None:
    """Save with a history row that says who and why."""
    obj._history_user = by  # type: ignore[attr-defined]
    obj._change_reason = reason  # type: ignore[attr-defined]
    obj.save()


def save_all(made: Sequence[Row], by: User | None, reason: str) -> None:
    """Save new rows of one model in few statements, each with the history row that `save` gives it."""
    for obj in made:
        obj._history_user = by  # type: ignore[attr-defined]
    if made:
        bulk_create_with_history(
            made, type(made[0]), batch_size=AT_ONCE, default_change_reason=reason, default_date=clock.now(),
            custom_historical_attrs=actor_of(by),
        )  # fmt: skip


def link_all(field: "ManyToManyDescriptor[Any, Any]", pairs: Iterable[tuple[models.Model, models.Model]]) -> None:
    """Tie new rows to others in few statements; these ties have no history of their own."""
    source, target = field.field.m2m_field_name(), field.field.m2m_reverse_field_name()
    ties = [field.through(**{source: one, target: other}) for one, other in pairs]
    field.through._default_manager.bulk_create(ties, batch_size=AT_ONCE)


def sent_before(model: type[models.Model], token: Any, by: User) -> Any | None:
    """What the form with this token made when it was first sent, or None; anything but a token is None."""
    try:
        return model._default_manager.filter(token=UUID(str(token)), author=by).first()
    except ValueError:
        return None


def once(model: type[Row], token: UUID, make: Callable[[], Row]) -> Row:
    """What `make` saves under this token, or what the same form saved before, even at the same moment.

    Raises IntegrityError for every other rule that the row breaks.
    """
    if sent := model._default_manager.filter(token=token).first():
        return sent
    try:
        with transaction.atomic():
            return make()
    except IntegrityError as error:
        if not breaks(error, model, "token"):
            raise
        return model._default_manager.get(token=token)


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


def refresh_status(recommendation: Recommendation, by: User | None) -> None:
    """Store the worst status of its parts; a history row only when it changes.

    The row is locked before its parts are read, so that of two parts changed at once neither is missed.
    """
    current = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    parts = current.parts.values_list("status", "is_option")
    status = worst(PartStatus(status, is_option) for status, is_option in parts)
    if status != current.status:
        current.status = status
        save(current, by, "Its worst part changed")
