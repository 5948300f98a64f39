"""What the log of exports shows, on its page and as a file."""

from django.db.models import QuerySet

from subgroups.models import ExportRecord


def taken_out() -> QuerySet[ExportRecord]:
    """Every file that was made, the latest first."""
    return ExportRecord.objects.all()
