"""What was sent to whom, so that nobody is reminded twice on one day."""

from datetime import date

from django.db import transaction

from recommendations.models import Reminder, Review
from recommendations.services.claims import hold_for_returns
from subgroups.models import User
from subgroups.services.records import signature


def reminded_on(day: date) -> set[int]:
    """The people who have had a reminder on this day."""
    return set(Reminder.objects.filter(sent_on=day).values_list("person_id", flat=True))


def reminded_at(review: Review, mark: int) -> set[int]:
    """The people who have had this mark's reminder for this review."""
    return set(review.reminders.filter(days_before=mark).values_list("person_id", flat=True))


@transaction.atomic
def record_reminder(*, review: Review, person: User, on: date, days_before: int, items: int, by: User) -> Reminder:
    """Write down that a mail goes out, in the transaction that sends it: nobody can be reminded twice on one day.

    Raises WorkflowError when the review takes no returns any more.
    """
    hold_for_returns(review)
    return Reminder.objects.create(
        review=review, person=person, sent_on=on, days_before=days_before, items=items, **signature(by)
    )
