"""The register as a Word paper: under each priority, then under who leads, with columns that fit the page."""

from collections.abc import Iterable
from datetime import date
from functools import partial

from django.db.models import QuerySet

from krscp.files.columns import Stamp
from krscp.files.documents import add_heading, add_paragraph, add_table, new_document, save_bytes
from krscp.files.downloads import JSON, Listing
from krscp.files.paper import LongDocument
from recommendations.models import Priority
from recommendations.register.as_json import as_json
from recommendations.register.columns import DATA, NO_OWNER, NO_PRIORITY, WORD, ExportRow, exported, lines
from subgroups.models import Body

WHAT, TITLE = "Recommendations", "Recommendations: progress register"
HOW_TO_READ = (
    "Each part of a recommendation has a row of its own. A row stands once, under its first lead. "
    "Short titles are our reading: the report gives none."
)


def listing(recommendations: QuerySet, today: date, file_format: str) -> Listing:
    """One row for each part of these recommendations; as a paper, under priorities and leads.

    For other programs there is one item for each recommendation.
    """
    if file_format == JSON:
        items = partial(as_json, recommendations, today=today)
        return Listing(WHAT, (), (), recommendations.count(), as_json=items)
    parts = exported(recommendations, today)
    return Listing(WHAT, DATA, lines(parts, today), parts.count(), partial(as_word, parts, today=today))


def as_word(parts: QuerySet, stamped: Stamp, today: date) -> bytes:
    """A heading for each priority, "No priority recorded" last; below it one table for each lead."""
    document = new_document(TITLE, stamped)
    listed = list(lines(parts, today))
    add_paragraph(document, f"{_counted(listed)}. {HOW_TO_READ}")
    for priority, under in _by_priority(listed).items():
        # With a filter on, a priority without rows says nothing: they may be filtered out.
        if under or not stamped.filtered:
            _write(document, priority, under)
    return save_bytes(document)


def _counted(listed: list[ExportRow]) -> str:
    recommendations = len({line.part.recommendation_id for line in listed})
    return f"{_plural(recommendations, 'recommendation')}, {_plural(len(listed), 'row')}"


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _by_priority(listed: Iterable[ExportRow]) -> dict[str, list[ExportRow]]:
    """Priorities in their own order: the main one counts, so that nothing stands twice."""
    found: dict[str, list[ExportRow]] = {name: [] for name in Priority.objects.values_list("name", flat=True)}
    found[NO_PRIORITY] = []
    for line in listed:
        found[line.part.main_priority or NO_PRIORITY].append(line)
    return found


def _write(document: LongDocument, priority: str, listed: list[ExportRow]) -> None:
    add_heading(document, priority)
    if not listed:
        add_paragraph(document, "No recommendation is recorded under this priority.")
    for owner, led in _by_first_lead(listed):
        add_heading(document, owner, 3)
        add_table(document, WORD, led, f"{owner}, {priority[:1].lower()}{priority[1:]}")


def _by_first_lead(listed: Iterable[ExportRow]) -> list[tuple[str, list[ExportRow]]]:
    """In the order of the bodies; "Owner not confirmed" comes last."""
    found: dict[Body | None, list[ExportRow]] = {}
    for line in listed:
        found.setdefault(line.part.leads[0].body if line.part.leads else None, []).append(line)
    ordered = sorted(found.items(), key=lambda item: (item[0] is None, item[0].position if item[0] else 0))
    return [(body.name if body else NO_OWNER, led) for body, led in ordered]
