"""Recommendations as data for other programs: what the report says, who owns each, where it stands."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from krscp.days import in_london
from krscp.files.columns import Stamp
from recommendations.models import Origin, Ownership, OwnershipBasis, OwnershipKind, Recommendation, Reference
from recommendations.register.read import bodies, with_parts

CHUNK = 500
NAMED, OUR_READING = "named", "our reading"


def described(recommendations: QuerySet, today: date) -> Iterator[dict[str, Any]]:
    """One plain dictionary for each recommendation, in the order given."""
    references = Reference.objects.select_related("to_recommendation")
    found = with_parts(recommendations, today).select_related("section__parent")
    found = found.prefetch_related("paragraphs", Prefetch("references_out", references))
    return (_describe(recommendation) for recommendation in found.iterator(chunk_size=CHUNK))


def as_json(recommendations: QuerySet, stamp: Stamp, today: date) -> Iterator[bytes]:
    """One JSON list, written an item at a time, each with the marking that every row of a file has."""
    before = "[\n"
    marked = {label.lower().replace(" ", "_"): value for label, value in stamp.told.items()}
    marked["as_at"] = in_london(stamp.as_at).isoformat()
    for item in described(recommendations, today):
        written = json.dumps(item | marked, ensure_ascii=False, indent=2).replace("\n", "\n  ")
        yield f"{before}  {written}".encode()
        before = ",\n"
    yield b"[]\n" if before == "[\n" else b"\n]\n"


def _describe(recommendation: Recommendation) -> dict[str, Any]:
    parts = list(recommendation.parts.all())
    owned = dict.fromkeys([*bodies(parts, OwnershipKind.LEAD), *bodies(parts, OwnershipKind.SUPPORTING)])
    day = recommendation.next_due
    section, subsection = _headings(recommendation)
    return {
        "number": recommendation.number,
        "title": recommendation.called,
        "report": recommendation.report.short_title,
        "text": _one_line(recommendation.text),
        "sub_points": [
            {"label": part.label, "text": _one_line(part.text)} for part in parts if part.origin == Origin.REPORT
        ],
        "section": section,
        "subsection": subsection,
        "step": recommendation.steps,
        "paragraphs": [found.number for found in recommendation.paragraphs.all() if found.number],
        "owners": [body.name for body in owned],
        "owner_basis": _basis(owned for part in parts for owned in part.leads),
        "cross_refs": _referred_to(recommendation),
        "status": recommendation.state.label,
        "due": day.isoformat() if day else None,
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _headings(recommendation: Recommendation) -> tuple[str, str]:
    """The printed section, and the subsection if it stands under one."""
    section = recommendation.section
    if section is None:
        return "", ""
    return (section.parent.title, section.title) if section.parent else (section.title, "")


def _basis(leads: Iterable[Ownership]) -> str:
    """"named" when the report or the SLG names every lead; else our reading, also where nobody leads."""
    bases = {owned.basis for owned in leads}
    return NAMED if bases and OwnershipBasis.OUR_READING not in bases else OUR_READING


def _referred_to(recommendation: Recommendation) -> list[int | str]:
    """Numbers of the recommendations that its own words refer to, each once."""
    targets = (reference.to_recommendation for reference in recommendation.references_out.all())
    found = dict.fromkeys(target.number for target in targets if target is not None)
    return [int(number) if number.isdecimal() else number for number in found]
