"""Owners ask the SLG for one decision (para 12); the other co-chair agrees to a proposed completion, or objects."""

from datetime import date
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction

from krscp import clock
from krscp.refusals import Moved
from recommendations.domain.workflow import OPEN, WorkflowError
from recommendations.models import Confirmation, Escalation, Part, Update, UpdateKind
from recommendations.services.claims import answered, claim, nothing_proposed, refresh_asks, settle
from subgroups.models import User
from subgroups.permissions import Permission, demand, leads
from subgroups.services.records import once, signature

NOTHING_YET = "Nothing yet"


def open_ask(part: Part) -> Escalation | None:
    """What waits for the SLG's answer about this part, if anything does."""
    return part.escalations.open().first()


class AskedMeanwhile(Moved):
    """Something waits that the writer has not seen; nothing was saved. `ask` is what waits now, if anything does."""

    def __init__(self, ask: Escalation | None) -> None:
        super().__init__("Something was asked meanwhile, or it is answered. Read it, then send yours if needed.")
        self.ask = ask


@transaction.atomic
def escalate(
    *, part: Part, ask: str, by_when: date | None, otherwise: str, token: UUID, by: User,
    update: Update | None = None, seen: int | None = None,
) -> Escalation:
    """Ask the SLG; a later ask about the same part takes the place of the open one. Sent twice, it is one ask.

    `seen` is the open ask that its writer saw (0: none). Raises AskedMeanwhile when another one waits now,
    WorkflowError for a part that is closed, or a day that is past, PermissionDenied for whom it does not belong to.
    """
    part = Part.objects.select_for_update(no_key=True).get(pk=part.pk)  # one ask after the other
    demand(by, Permission.ESCALATE, part)
    if part.status not in OPEN:
        raise WorkflowError(f"This is {part.state.label}, so nothing is asked about it. The SLG can reopen it.")
    if by_when is not None and by_when < clock.today():
        raise WorkflowError("The day by which you need it must be today or in the future.")

    def make() -> Escalation:
        before = open_ask(part)
        if seen is not None and seen != (before.pk if before is not None else 0):
            raise AskedMeanwhile(before)
        return Escalation.objects.create(
            part=part, update=update, ask=ask, by_when=by_when, otherwise=otherwise, token=token,
            follows=part.escalations.order_by("-pk").first() if before is not None else None, **signature(by),
        )  # fmt: skip

    made = once(Escalation, token, make)
    refresh_asks(part)
    return made


def asks_nothing(ask: str) -> bool:
    """Whether the box says that nothing is needed from the SLG yet."""
    return ask.strip(" .").lower() in ("", NOTHING_YET.lower())


def ask_with_update(update: Update, by: User) -> None:
    """What an update asks of the SLG, as an ask of its own; the same words again are no new ask."""
    ask = update.ask_of_slg.strip()
    before = open_ask(update.part)
    if asks_nothing(ask) or (before is not None and before.ask == ask):
        return
    token = uuid5(update.token, "ask")
    escalate(part=update.part, ask=ask, by_when=None, otherwise="", token=token, by=by, update=update)


def proposal_of(part: Part) -> Update | None:
    """The one proposal that waits for an answer, if the part awaits sign-off: the last that stands."""
    if part.proposer_id is None:
        return None
    return part.updates.filter(kind=UpdateKind.PROPOSAL, withdrawal=None).first()


def why_not_confirm(proposal: Update, by: User) -> str:
    """Why this person is not the one to confirm, or "": a lead of the owning body, other than the proposer."""
    if proposal_of(proposal.part) != proposal:
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
        part.status = proposal.status_before
        nothing_proposed(part)
        part.answered = answered(part)
        settle(part, by, "Co-chair objected to the completion")
    return answer
