"""Sends reminders: at the marks by the daily command, or at once by the Manager's button."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from smtplib import SMTPException

from django.db import IntegrityError, transaction

from krscp.constraints import breaks
from recommendations.domain.workflow import WorkflowError
from recommendations.models import Reminder, Review
from recommendations.reviews.reminders.notices import Notice, collecting, mail_of, mark_on, notices
from recommendations.services.reminders import record_reminder, reminded_at, reminded_on
from subgroups.models import User


@dataclass
class SentReminders:
    """What went out, and whom it did not reach."""

    notices: list[Notice] = field(default_factory=list)
    failed: list[tuple[User, str]] = field(default_factory=list)


def due_on(day: date) -> list[tuple[Notice, int]]:
    """What the daily run sends on a day: each mark once for a person and review, one mail a person."""
    told, today = [], reminded_on(day)
    for review in collecting():
        mark = mark_on(review, day)
        if mark is None:
            continue
        had = reminded_at(review, mark) | today
        fresh = [notice for notice in notices(review, day) if notice.person.pk not in had]
        told += [(notice, mark) for notice in fresh]
        today |= {notice.person.pk for notice in fresh}
    return told


def at_once(review: Review, day: date) -> list[tuple[Notice, int]]:
    """What the Manager's button sends: everybody with something missing who has had no mail today."""
    today = reminded_on(day)
    left = max((review.returns_due - day).days, 0)
    return [(notice, left) for notice in notices(review, day) if notice.person.pk not in today]


def send(told: Iterable[tuple[Notice, int]], day: date, by: User) -> SentReminders:
    """One mail each; one that fails stops no other and is tried again next time."""
    sent = SentReminders()
    for notice, days_before in told:
        try:
            _send_one(notice, days_before, day, by)
        except IntegrityError as error:
            if not breaks(error, Reminder, "one_reminder_a_day"):
                raise
            continue  # somebody else's run has just reminded this person
        except (OSError, SMTPException, WorkflowError) as error:
            sent.failed.append((notice.person, str(error)))
        else:
            sent.notices.append(notice)
    return sent


@transaction.atomic
def _send_one(notice: Notice, days_before: int, day: date, by: User) -> None:
    """Written down first, which two runs cannot both do on one day; a mail that fails leaves nothing written."""
    record_reminder(
        review=notice.review, person=notice.person, on=day, days_before=days_before, items=len(notice.missing), by=by
    )
    mail_of(notice).send()
