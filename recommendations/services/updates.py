"""Owners say how a part is going; the author may take it back for 24 hours."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from krscp import clock
from krscp.days import display_date
from krscp.moments import hold
from recommendations.domain.sayings import SAYINGS
from recommendations.domain.workflow import IN_HAND, SLIP, Need, Status, WorkflowError, transition
from recommendations.models import Part, Review, Snapshot, Update, UpdateKind, Withdrawal
from recommendations.models.update import UNDO_FOR
from recommendations.services.claims import answered, claim, claim_for, hold_for_returns, nothing_proposed, settle
from recommendations.services.escalations import ask_with_update
from recommendations.services.said_before import speaks_for
from subgroups.models import User
from subgroups.permissions import Permission, can, demand, leads
from subgroups.services.records import signature


@dataclass(frozen=True)
class Said:
    """What an owner says in one update. A requested date changes nothing until the SLG agrees it."""

    status: str
    kind: str = UpdateKind.UPDATE
    what_happened: str = ""
    what_next: str = ""
    next_date: date | None = None
    why_slipped: str = ""
    brings_back: str = ""
    requested_date: date | None = None
    ask_of_slg: str = ""


@transaction.atomic
def give_update(
    *, part: Part, said: Said, version: int, token: UUID, by: User, review: Review | None = None
) -> Update:
    """Record an update and move the part to its status; `review` is the one whose return it came with.

    The same form sent twice makes one row. Raises EditClash when the part has moved on since `version`,
    WorkflowError when the status cannot follow or something it needs is missing, or the review is over,
    PermissionDenied for whom it does not belong to.
    """
    if review is not None:
        hold_for_returns(review)
    current = claim_for(Update, part, version, token, by)
    if isinstance(current, Update):
        return current
    demand(by, Permission.UPDATE, current)
    check(current, said, clock.today())
    now = clock.now()
    update = write(current, said, token=token, by=by, now=now, review=review)
    current.status = said.status
    current.last_said_at, current.answered = now, ""
    if said.requested_date is not None:
        current.requested_date, current.requested_by = said.requested_date, by
    settle(current, by, "Updated")
    ask_with_update(update, by)
    return update


def check(part: Part, said: Said, today: date) -> None:
    """Raises WorkflowError unless the status may follow and all that it needs is supplied, with days to come."""
    if part.status not in IN_HAND:
        raise WorkflowError(f"This is {part.state.label}, so it takes no updates.")
    for need in needed(part, said):
        if not all(getattr(said, one.name) for one in SAYINGS if one.need == need):
            raise WorkflowError(f"To save this as {Status(said.status).label}, say {need}.")
    if problem := why_not_next(said.next_date, today) or why_not_asked(part, said.requested_date, today):
        raise WorkflowError(f"{problem}.")


def why_not_next(day: date | None, today: date) -> str:
    """Why the next step does not happen on this day, or ""."""
    past = day is not None and day < today
    return "When that will happen must be today or in the future" if past else ""


def why_not_asked(part: Part, day: date | None, today: date) -> str:
    """Why the SLG is not asked for this day, or "": it is to come, and later than the agreed one."""
    earliest = max(part.agreed_date or today, today)
    return "" if day is None or day > earliest else f"New target date must be after {display_date(earliest)}"


def needed(part: Part, said: Said) -> tuple[Need, ...]:
    """What must come with it: as the change asks, and with a later date always why and what brings it back."""
    if said.status != part.status:
        return transition(part.status, said.status).needs
    return SLIP if said.requested_date is not None else ()


def write(
    part: Part, said: Said, *, token: UUID, by: User, now: datetime, review: Review | None = None
) -> Update:
    """The signed row itself, with what it replaces, so that it can be withdrawn."""
    speaks, leading = speaks_for(part, by), set(leads(by))
    for_owner = not leading & set(speaks)
    return Update.objects.create(
        part=part,
        status_before=part.status,
        requested_date_before=part.requested_date,
        requested_by_before=part.requested_by,
        last_said_before=part.last_said_at,
        for_owner=for_owner,
        on_behalf_of=part.leads[0].body if for_owner and speaks else None,
        review=review,
        token=token,
        created_at=now,
        **vars(said),
        **signature(by),
    )


def why_not_withdraw(update: Update, by: User, now: datetime, *, relied_on: bool | None = None) -> str:
    """Why the update must stand, or "" (product, section 9: author, 24 hours, unless since relied on or frozen).

    A page that has read all that was said since passes `relied_on`; otherwise the database is asked.
    """
    if update.author_id != by.pk:
        return "Only the person who wrote this update can undo it."
    if update.is_withdrawn:
        return "This update has been undone already."
    if now > update.created_at + UNDO_FOR:
        return "An update can be undone for 24 hours. Add a new update that corrects it."
    if is_relied_on(update) if relied_on is None else relied_on:
        return "A later update, decision or frozen review relies on this one. Add a new update that corrects it."
    if not can(by, Permission.UPDATE, update):
        return "You do not hold the post from which you wrote it any more."
    return ""


def is_relied_on(update: Update) -> bool:
    """Whether a later update that stands, a decision or a freeze came after it."""
    since = {"created_at__gte": update.created_at}
    later = update.part.updates.filter(**since, withdrawal=None).exclude(pk=update.pk)
    if later.exists() or update.part.decisions.filter(**since).exists():
        return True
    return Snapshot.objects.filter(**since).exists()


@transaction.atomic
def withdraw(*, update: Update, by: User) -> Withdrawal:
    """Take an update back: the part is as it was before; the update stays in the record as withdrawn.

    Raises PermissionDenied with the reason when it must stand.
    """
    hold(Review)  # before the part, as everywhere: whether a frozen review shows it is judged after a freeze
    part = claim(update.part, Part.objects.values_list("version", flat=True).get(pk=update.part_id))
    if reason := why_not_withdraw(update, by, clock.now()):
        raise PermissionDenied(reason)
    withdrawal = Withdrawal.objects.create(update=update, **signature(by))
    part.status = update.status_before
    part.requested_date, part.requested_by = update.requested_date_before, update.requested_by_before
    part.last_said_at = update.last_said_before
    nothing_proposed(part)
    part.answered = answered(part)
    settle(part, by, "Update withdrawn")
    return withdrawal
