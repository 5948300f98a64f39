"""The lists of this room as files: each with the columns of its page, declared once, in their order."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from django.db.models import QuerySet

from krscp.columns import Column, in_words
from krscp.downloads import Listing
from recommendations.briefing.changes import Change
from recommendations.briefing.record import Difference
from recommendations.briefing.report import Shelved
from recommendations.exports import registers, word
from recommendations.models import ExportRecord, Recommendation, Review
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


def shelf(shelved: Sequence[Shelved]) -> Listing:
    """The reports, with how many of their recommendations stand where."""
    return Listing("Reports", REPORTS, shelved, len(shelved))


def standing(shelved: Shelved) -> str:
    """“3 On track”, a line for each status."""
    return "\n".join(f"{number} {status.label}" for status, number in shelved.counts)


def reviews(listed: Sequence[Review]) -> Listing:
    """The reviews there are, as they stand on their page: those to come, then the frozen ones."""
    return Listing("Reviews", REVIEWS, listed, len(listed))


def history(recommendation: Recommendation, changes: Sequence[Change]) -> Listing:
    """Every change to one recommendation, its parts, owners and priorities, the latest first."""
    return Listing(f"{recommendation}: history", CHANGES, changes, len(changes))


def exported(records: QuerySet[ExportRecord]) -> Listing:
    """Who took which file out, the latest first; the file being made is the first row."""
    return Listing("Export log", EXPORTED, records.iterator(), records.count() + 1)


def difference(found: Difference) -> str:
    """“Status: Not started → On track”."""
    if not found.before or not found.after:
        return f"{found.label}: {found.after or 'removed'}"
    return f"{found.label}: {found.before} → {found.after}"


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
REPORTS = [
    Column("Report", lambda shelved: shelved.report.title, wide=True),
    Column("Published", lambda shelved: shelved.published, width=4),
    Column("Recommendations", lambda shelved: shelved.total, width=4),
    Column("Where they stand", standing, width=6),
]
REVIEWS = [
    Column("Review", lambda review: review.title, wide=True),
    Column("Stage", lambda review: review.get_state_display(), width=4),
    Column("Returns due", lambda review: review.returns_due, width=3.6),
    Column("Period from", lambda review: review.period_from, width=3.6),
    Column("Day", lambda review: review.held_on, width=3.6),
    Column("Frozen on", lambda review: review.frozen_on, width=3.6),
]
CHANGES = [
    Column("When", lambda change: in_words(change.at), width=4),
    Column("Who", lambda change: change.actor_name, width=3.6),
    Column("Post", lambda change: change.actor_post, width=3.8),
    Column("What", lambda change: f"{change.kind}: {change.what}", width=4.4),
    Column("Reason", lambda change: change.reason, width=3.8),
    Column("From and to", lambda change: "\n".join(map(difference, change.differences)), wide=True),
]
EXPORTED = [
    Column("When", lambda record: in_words(record.created_at), width=4),
    Column("Who", lambda record: record.author_name, width=4),
    Column("Post", lambda record: record.author_post, width=5),
    Column("What", lambda record: record.what, width=5),
    Column("Filter", lambda record: record.filtered_by, wide=True),
    Column("Format", lambda record: record.in_words, width=2),
    Column("Rows", lambda record: record.rows, width=1.8),
]
