"""Acts on each form once: sent again, even at the same moment, it does nothing more and answers as it did."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from krscp import clock
from krscp.constraints import breaks
from subgroups.models import SentForm

KEPT_FOR = timedelta(days=2)
NOT_YET = ""  # the answer of a form that is being acted on


@dataclass(frozen=True)
class FormAnswer:
    """What a form answers: words for the banner (none, where the page says it), and where it leads.

    `undo` is where it can be taken back, `after` what follows once it is stored, the first time; neither is kept.
    """

    words: str
    address: str
    kind: str = "success"
    undo: str = ""
    after: "Callable[[], FormAnswer | None] | None" = None


def answered(token: UUID) -> FormAnswer | None:
    """What the form with this token answered before, or None."""
    row = SentForm.objects.filter(token=token).exclude(address=NOT_YET).first()
    return FormAnswer(row.words, row.address, row.kind) if row is not None else None


def act_once(token: UUID, act: Callable[[], FormAnswer]) -> tuple[FormAnswer, bool]:
    """What `act` answers, and True; or what it answered under this token before, and False.

    The token is stored in the transaction of what `act` does: its twin waits there, and where `act` raises
    nothing of either is left.
    """
    if before := answered(token):
        return before, False
    try:
        with transaction.atomic():
            row = SentForm.objects.create(token=token)
            answer = act()
            _keep(row, answer)
    except IntegrityError as error:
        before = answered(token)
        if before is None or not breaks(error, SentForm, "token"):
            raise
        return before, False
    return answer, True


def remember(token: UUID, answer: FormAnswer) -> None:
    """Keep the answer of something that cannot be done in one transaction with it: mails, the freeze."""
    with transaction.atomic():
        row, _ = SentForm.objects.get_or_create(token=token)
        _keep(row, answer)


def _keep(row: SentForm, answer: FormAnswer) -> None:
    row.words, row.kind, row.address = answer.words, answer.kind, answer.address
    row.save()
    old = SentForm.objects.filter(sent_at__lt=clock.now() - KEPT_FOR).select_for_update(skip_locked=True)
    SentForm.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
