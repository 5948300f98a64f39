"""Lays our reading over an imported report: owners, parts of our own, short titles, steps. Adds, never overwrites."""

from typing import Any

from django.db import transaction

from recommendations.models import (
    Origin,
    Part,
    Priority,
    PrioritySet,
    Recommendation,
    Reference,
    Report,
)
from recommendations.services.ownership import name_owner
from subgroups.models import Body
from subgroups.services.records import remove, save

REASON = "Our reading of the report loaded"


@transaction.atomic
def load_reading(report: Report, data: dict[str, Any], steps: list[dict[str, Any]]) -> None:
    """Apply a reading once: a report that carries one already is left as people have edited it since."""
    if report.steps:
        return
    report.steps = steps
    save(report, None, REASON)
    _load_steps(report, data["steps_by_section"])
    bodies = {body.slug: body for body in Body.objects.all()}
    recommendations = {found.number: found for found in report.recommendations.all()}
    for reading in data["recommendations"]:
        _load_one(recommendations[reading["number"]], reading, bodies)
    for note in data.get("reference_notes", []):
        _load_note(report, note)


def _load_steps(report: Report, by_section: dict[str, list[int]]) -> None:
    for section in report.sections.filter(parent=None):
        for start, steps in by_section.items():
            if _fold(section.title).startswith(_fold(start)):
                section.steps = steps
                save(section, None, REASON)


def _fold(text: str) -> str:
    """Curly and straight quotes are equal when comparing."""
    return text.replace("’", "'").replace("‘", "'").upper()


def _load_one(recommendation: Recommendation, reading: dict[str, Any], bodies: dict[str, Body]) -> None:
    for name in ("short_title", "asks_for", "asks_for_reason", "second_step"):
        setattr(recommendation, name, reading[name])
    recommendation.no_lead_reason = reading.get("no_lead_reason", "")
    save(recommendation, None, REASON)
    by_slug = {part.slug: part for part in recommendation.parts.all()}
    for place, found in enumerate(reading["parts"]):
        part = by_slug.pop(found["slug"], None) or Part(recommendation=recommendation, slug=found["slug"])
        part.position, part.origin, part.title = place, found["origin"], found.get("title", "")
        part.is_option = bool(reading["options"]) and found["origin"] == Origin.REPORT
        save(part, None, REASON)
        for order, owner in enumerate(found.get("owners", reading["owners"])):
            name_owner(
                part=part, body=bodies[owner["body"]], kind=owner["kind"], basis=owner["basis"], place=order,
                words=owner.get("words", ""), reason=owner.get("reason", ""), by=None, why=REASON,
            )  # fmt: skip
    for left in by_slug.values():  # the importer's "whole" part, where our reading has one for each body (3, 18)
        remove(left, None, REASON)


def _load_note(report: Report, note: dict[str, str]) -> None:
    number = note["source"].removeprefix("paragraph ")
    noted = Reference.objects.filter(report=report, from_paragraph__number=number, words__icontains=note["words"])
    for reference in noted:
        reference.note = note["note"]
        save(reference, None, REASON)


@transaction.atomic
def load_priorities(data: dict[str, Any]) -> None:
    """Add the partnership's current priorities; the report maps no recommendation to them, so neither do we."""
    if PrioritySet.objects.filter(title=data["title"]).exists():
        return
    found = PrioritySet(
        title=data["title"], from_year=data["from"], to_year=data["to"], source=data["source"]
    )
    save(found, None, REASON)
    for place, name in enumerate(data["items"]):
        priority = Priority(priority_set=found, slug=name.lower().replace(" ", "-"), name=name, position=place)
        save(priority, None, REASON)
