"""The log of exports: who took what out, when, filtered how."""

from recommendations.models import ExportRecord
from recommendations.services.records import signature
from subgroups.models import User


def log_export(*, what: str, file_format: str, filtered_by: str, rows: int, by: User) -> ExportRecord:
    """Write down that a file was made."""
    return ExportRecord.objects.create(
        what=what[:80], file_format=file_format, filtered_by=filtered_by[:500], rows=rows, **signature(by)
    )
