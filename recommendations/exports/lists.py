"""The lists of this room as files: each with the columns of its page, declared once, in their order."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from django.db.models import QuerySet

from krscp.columns import Column
from krscp.downloads import Listing
from recommendations.exports import registers, word
from recommendations.reviews.papers import DECISIONS, badge
from recommendations.reviews.picture import Picture, Whole

NOT_CONFIRMED = "Not confirmed"


def register(parts: QuerySet, today: date) -> Listing:
    """One row for each part of these recommendations; as a paper, under priorities and leads."""
    paper = partial(word.as_word, parts, today=today)
    return Listing("Recommendations", registers.DATA, registers.lines(parts, today), parts.count(), paper)


def behind_a_figure(shown: Picture, found: Sequence[Whole]) -> Listing:
    """The recommendations that a figure of a review counts, as that review shows them."""
    return Listing(f"Recommendations: {shown.title}", WHOLES, found, len(found))


def decision_log(shown: Picture) -> Listing:
    """A review's decisions, in the order they were taken."""
    return Listing(f"Decisions: {shown.title}", DECISIONS, shown.decisions, len(shown.decisions))


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
    Column("Difference for children", lambda whole: whole.difference, width=3.4),
]
