"""What refers to what, in the report's own words, and the wording of a recommendation with its sub-points in place."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q, QuerySet

from recommendations.models import Origin, Paragraph, Part, Recommendation, Reference, Section

Place = Recommendation | Paragraph


@dataclass(frozen=True)
class Target:
    """A place in the report and its address."""

    label: str
    url: str


@dataclass(frozen=True)
class Citation:
    """A cross-reference as printed: where it stands, what it names, and our note where it is doubtful."""

    words: str
    note: str
    where: str
    targets: list[Target]


@dataclass(frozen=True)
class WordingPiece:
    """A stretch of the verbatim wording; `part` is what it is about, `listed` where the report prints a list."""

    text: str
    part: Part | None = None
    listed: bool = False


def read_references(recommendation: Recommendation, paragraphs: list[Paragraph]) -> list[Reference]:
    """All references from or to a recommendation, its sub-heading and its paragraphs: one query."""
    sections = [recommendation.section_id, recommendation.section and recommendation.section.parent_id]
    touching = (
        Q(from_recommendation=recommendation)
        | Q(to_recommendation=recommendation)
        | Q(from_section__in=[pk for pk in sections if pk is not None])
        | Q(to_paragraph__in=paragraphs)
    )
    return list(with_ends(recommendation.report.references.filter(touching)))


def with_ends(references: QuerySet) -> QuerySet:
    """References with what they stand in and what they name."""
    return references.select_related(
        "from_recommendation", "from_paragraph", "from_section", "to_recommendation", "to_paragraph"
    )


def cites(recommendation: Recommendation, references: Iterable[Reference]) -> list[Citation]:
    """What the recommendation and the heading above it refer to; a range such as "para 43-46" is one line."""
    own = [found for found in references if is_from(found, recommendation)]
    groups = groupby(own, lambda found: (found.words, found.note, found.from_section))
    return [
        Citation(words, note, f"in the {kind_of_place(section, words)}" if section else "", _each(map(target, group)))
        for (words, note, section), group in groups
    ]


def cited_by(recommendation: Recommendation, references: Iterable[Reference]) -> list[Citation]:
    """What refers to the recommendation or to the paragraphs that lead to it."""
    others = [found for found in references if not is_from(found, recommendation)]
    groups = groupby(others, lambda found: (found.words, found.note, source(found)))
    return [Citation(words, note, _about(group), [place]) for (words, note, place), group in groups]


def _about(references: Iterable[Reference]) -> str:
    """Which of its paragraphs they name: "about paragraphs 43, 44"."""
    numbers = [found.to_paragraph.number for found in references if found.to_paragraph is not None]
    if not numbers:
        return ""
    return f"about paragraph{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}"


def _each(targets: Iterable[Target]) -> list[Target]:
    return list(dict.fromkeys(targets))


def is_from(reference: Reference, recommendation: Recommendation) -> bool:
    """Whether the reference stands in the recommendation or in the heading above it."""
    if reference.from_recommendation_id is not None:
        return reference.from_recommendation_id == recommendation.pk
    section = recommendation.section
    above = {section.pk, section.parent_id} if section is not None else set()
    return reference.from_section_id is not None and reference.from_section_id in above


def source(reference: Reference) -> Target:
    """Where a reference stands."""
    if reference.from_section is not None:
        url = f"{reference.report.get_absolute_url()}#{section_anchor(reference.from_section)}"
        place = kind_of_place(reference.from_section, reference.words)
        return Target(f"the {place} “{reference.from_section.title}”", url)
    return _target(reference, reference.from_recommendation or reference.from_paragraph)


def target(reference: Reference) -> Target:
    """What a reference names."""
    return _target(reference, reference.to_recommendation or reference.to_paragraph)


def section_anchor(section: Section) -> str:
    """A section's place on the report's page."""
    return f"s{section.position}"


def _target(reference: Reference, place: Place | None) -> Target:
    if place is None:
        raise LookupError(f"Reference {reference.pk} has no such end.")
    place.report = reference.report
    label = f"recommendation {place.title}" if isinstance(place, Recommendation) else str(place)
    return Target(label, place.get_absolute_url())


def kind_of_place(section: Section, words: str) -> str:
    """Whether a section's heading prints the words, or its text that bears no number."""
    return "heading" if words in section.title else "section"


def wording(recommendation: Recommendation, parts: Iterable[Part]) -> list[WordingPiece]:
    """The verbatim wording, cut where a sub-point ends, so that each can carry its status."""
    points = [part for part in parts if part.origin == Origin.REPORT and part.text]
    return _run_on(recommendation.opening, points) or [
        WordingPiece(recommendation.opening), *(WordingPiece(part.text, part, listed=True) for part in points)
    ]  # fmt: skip


def _run_on(text: str, points: list[Part]) -> list[WordingPiece]:
    """The pieces of a sentence that its sub-points run on in (12, 20); none where they are a list (11, 28)."""
    pieces = []
    for part in points:
        before, found, text = text.partition(part.text)
        if not found:
            return []
        pieces.append(WordingPiece(before + found, part))
    return [*pieces, WordingPiece(text)] if pieces else []
