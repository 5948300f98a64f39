"""Reviews, their decisions and the recommendations behind a figure, as files."""

from collections.abc import Sequence

from krscp.files.columns import Column
from krscp.files.downloads import Listing
from recommendations.models import Review
from recommendations.reviews.papers.word import DECISIONS, badge
from recommendations.state.behind import Behind
from recommendations.state.picture import Picture, Whole

NOT_CONFIRMED = "Not confirmed"


def behind_a_figure(found: Behind) -> Listing:
    """The recommendations that a figure of a review counts, as that review shows them."""
    return Listing(f"Recommendations: {found.shown.title}", WHOLES, found.rows, len(found.keys))


def decision_log(shown: Picture) -> Listing:
    """A review's decisions, in the order they were taken."""
    return Listing(f"Decisions: {shown.title}", DECISIONS, shown.decisions, len(shown.decisions))


def reviews(listed: Sequence[Review]) -> Listing:
    """The reviews there are, as they stand on their page: those to come, then the frozen ones."""
    return Listing("Reviews", REVIEWS, listed, len(listed))


def owners(whole: Whole) -> str:
    return ", ".join(body.name for body in whole.owners) or NOT_CONFIRMED


def flags(whole: Whole) -> str:
    """The flags of each part, named where there are several parts."""
    several = len(whole.rows) > 1
    return "\n".join(f"{row.reference} {words}" if several else words for row in whole.rows for words in row.flags)


def trend(whole: Whole) -> str:
    return ", then ".join(status.label for status in whole.trend) or "None yet"


WHOLES = [
    Column("Recommendation", lambda whole: whole.title, width=6),
    Column("Status", lambda whole: badge(whole.status), width=3),
    Column("Owner", owners, width=5),
    Column("Flags", flags),
    Column("Last 4 reviews", trend, width=3.4),
    Column("Difference for children", lambda whole: whole.difference_words, width=3.4),
]
REVIEWS = [
    Column("Review", lambda review: review.title, wide=True),
    Column("Stage", lambda review: review.get_state_display(), width=4),
    Column("Returns due", lambda review: review.returns_due, width=3.6),
    Column("Period from", lambda review: review.period_from, width=3.6),
    Column("Day", lambda review: review.held_on, width=3.6),
    Column("Frozen on", lambda review: review.frozen_on, width=3.6),
]
