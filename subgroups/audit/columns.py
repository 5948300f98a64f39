"""The log of what was taken out, as a file."""

from django.db.models import QuerySet

from krscp.days import display
from krscp.files.columns import Column
from krscp.files.downloads import Listing
from subgroups.models import ExportRecord

EXPORTED = [
    Column("When", lambda record: display(record.created_at), width=4),
    Column("Who", lambda record: record.author_name, width=4),
    Column("Post", lambda record: record.author_post, width=5),
    Column("What", lambda record: record.what, width=5),
    Column("Filter", lambda record: record.filtered_by, wide=True),
    Column("Format", lambda record: record.in_words, width=2),
    Column("Rows", lambda record: record.rows, width=1.8),
]


def exported(records: QuerySet[ExportRecord]) -> Listing:
    """Who took which file out, the latest first; the file being made is the first row."""
    return Listing("Export log", EXPORTED, records.iterator(), records.count() + 1)
