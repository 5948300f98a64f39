"""The history of a recommendation as a file."""

from collections.abc import Sequence

from krscp.days import display
from krscp.files.columns import Column
from krscp.files.downloads import Listing
from recommendations.models import Recommendation
from recommendations.tracking.history.changes import HistoryChange
from recommendations.tracking.history.rows import FieldChange


def listing(recommendation: Recommendation, changes: Sequence[HistoryChange]) -> Listing:
    """Every change to one recommendation, its parts, owners and priorities, the latest first."""
    return Listing(f"{recommendation}: history", CHANGES, changes, len(changes))


def difference(found: FieldChange) -> str:
    """“Status: Not started → On track”."""
    if not found.before or not found.after:
        return f"{found.label}: {found.after or 'removed'}"
    return f"{found.label}: {found.before} → {found.after}"


CHANGES = [
    Column("When", lambda change: display(change.at), width=4),
    Column("Who", lambda change: change.actor_name, width=3.6),
    Column("Post", lambda change: change.actor_post, width=3.8),
    Column("What", lambda change: f"{change.kind}: {change.what}", width=4.4),
    Column("Reason", lambda change: change.reason, width=3.8),
    Column("From and to", lambda change: "\n".join(map(difference, change.differences)), wide=True),
]
