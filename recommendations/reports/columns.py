"""The reports as a file."""

from collections.abc import Sequence

from krscp.files.columns import Column
from krscp.files.downloads import Listing
from recommendations.reports.read import Shelved


def shelf(shelved: Sequence[Shelved]) -> Listing:
    """The reports, with how many of their recommendations stand where."""
    return Listing("Reports", REPORTS, shelved, len(shelved))


def standing(shelved: Shelved) -> str:
    """“3 On track”, a line for each status."""
    return "\n".join(f"{number} {status.label}" for status, number in shelved.counts)


REPORTS = [
    Column("Report", lambda shelved: shelved.report.title, wide=True),
    Column("Published", lambda shelved: shelved.published, width=4),
    Column("Recommendations", lambda shelved: shelved.total, width=4),
    Column("Where they stand", standing, width=6),
]
