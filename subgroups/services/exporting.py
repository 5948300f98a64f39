"""The log of exports: who took what out, when, filtered how."""

from krscp.text import beginning
from subgroups.models import ExportRecord, User
from subgroups.services.records import signature


def log_export(*, what: str, file_format: str, filtered_by: str, rows: int, by: User) -> ExportRecord:
    """Write down that a file was made."""
    return ExportRecord.objects.create(
        what=beginning(what, 80), filtered_by=beginning(filtered_by, 500),
        file_format=file_format, rows=rows, **signature(by),
    )
