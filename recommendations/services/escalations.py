"""Owners ask the SLG for one decision (para 12); the other co-chair agrees to a proposed completion, or objects."""

from datetime import date
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction

from krscp import clock
from recommendations.models import Confirmation, Escalation, Part, Update, UpdateKind
from recommendations.services.records import claim, once, refresh_status, save, signature
from recommendations.workflow import OPEN, WorkflowError
from subgroups.models import User
from subgroups.permissions import leads

NOTHING_ASKED = {"", "nothing yet"}


def open_ask(part: Part) -> Escalation | None:
    """What waits for the SLG's answer about this part, if anything does."""
    return part.escalations.open().first()


@transaction.atomic
def escalate(
    *, part: Part, ask: str, by_when: date | None, otherwise: str, token: UUID, by: User, update: Update | None = None
) -> Escalation:
    """Ask the SLG; a later ask about the same part takes the place of the open one. Sent twice, it is one ask.

    Raises WorkflowError for a part that is closed, or a day that is past.
    """
    if part.status not in OPEN:
        raise WorkflowError(f"This is {part.state.label}, so nothing is asked about it. The SLG can reopen it.")
    if by_when is not None and by_when < clock.today():
        raise WorkflowError("The day by which you need it must be today or in the future.")

    def make() -> Escalation:
        return Escalation.objects.create(
            part=part, update=update, ask=ask, by_when=by_when, otherwise=otherwise, follows=_last_of(open_ask(part)),
            token=token, **signature(by),
        )  # fmt: skip

    return once(Escalation, token, make)


def _last_of(ask: Escalation | None) -> Escalation | None:
    """The end of what followed an ask: later ones that were taken back stay in the record."""
    while ask is not None and (later := Escalation.objects.filter(follows=ask).first()) is not None:
        ask = later
    return ask


def asks_nothing(ask: str) -> bool:
    """Whether the box says that nothing is needed from the SLG yet."""
    return ask.strip(" .").lower() in NOTHING_ASKED


def ask_with_update(update: Update, by: User) -> None:
    """What an update asks of the SLG, as an ask of its own; the same words again are no new ask."""
    ask = update.ask_of_slg.strip()
    before = open_ask(update.part)
    if asks_nothing(ask) or (before is not None and before.ask == ask):
        return
    token = uuid5(update.token, "ask")
    escalate(part=update.part, ask=ask, by_when=None, otherwise="", token=token, by=by, update=update)


def why_not_confirm(proposal: Update, by: User) -> str:
    """Why this person is not the one to confirm, or "": a lead of the owning body, other than the proposer."""
    if proposal.kind != UpdateKind.PROPOSAL or proposal.is_withdrawn or proposal.part.proposer_id is None:
        return "This does not wait for the SLG's sign-off any more."
    if proposal.author_id == by.pk:
        return "You proposed this as complete, so your co-chair confirms it."
    if not proposal.owning_body_ids() & set(leads(by)):
        return "Only a co-chair of the body that owns this confirms it."
    if proposal.confirmations.filter(author=by).exists():
        return "You have answered this already."
    return ""


@transaction.atomic
def confirm(*, proposal: Update, agrees: bool, reason: str, by: User) -> Confirmation:
    """The other co-chair agrees; or objects with a reason, which returns the part to where it was.

    Raises PermissionDenied with why this person does not confirm, WorkflowError for an objection without a reason.
    """
    part = claim(proposal.part, Part.objects.values_list("version", flat=True).get(pk=proposal.part_id))
    proposal.part = part
    if refusal := why_not_confirm(proposal, by):
        raise PermissionDenied(refusal)
    if not agrees and not reason:
        raise WorkflowError("Enter why you object.")
    answer = Confirmation.objects.create(proposal=proposal, agrees=agrees, reason=reason, **signature(by))
    if not agrees:
        part.status, part.proposer, part.proposer_agencies = proposal.status_before, None, []
        save(part, by, "Co-chair objected to the completion")
        refresh_status(part.recommendation, by)
    return answer
