"""What day and time it is: instants in UTC, days in Europe/London."""

from datetime import date

from django.utils import timezone


def today() -> date:
    """The calendar day in London now, which decides who holds a post and what is overdue."""
    return timezone.localdate()
