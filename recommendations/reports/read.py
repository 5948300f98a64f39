"""A report as it was printed: contents, paragraphs and recommendations in running order, and what cites them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from recommendations.domain.workflow import Status
from recommendations.models import Paragraph, Recommendation, Reference, Report, Section
from recommendations.state.references import Target, WordingPiece, section_anchor, source, with_ends, wording


@dataclass(frozen=True)
class Heading:
    """A section or subsection, with its subsections for the contents."""

    title: str
    anchor: str
    is_main: bool
    below: list["Heading"]


@dataclass(frozen=True)
class Back:
    """Something that cites this place, in its printed words."""

    source: Target
    words: str
    note: str


@dataclass(frozen=True)
class ReportBlock:
    """One place in running order: a heading, a paragraph or a recommendation."""

    position: int
    heading: Heading | None = None
    paragraph: Paragraph | None = None
    recommendation: Recommendation | None = None
    wording: tuple[WordingPiece, ...] = ()
    cited_by: tuple[Back, ...] = ()


@dataclass(frozen=True)
class ReportText:
    report: Report
    contents: list[Heading]
    blocks: list[ReportBlock]
    total: int


@dataclass(frozen=True)
class Shelved:
    """A report in the list, with the number of its recommendations in each status."""

    report: Report
    total: int
    counts: list[tuple[Status, int]]

    @property
    def published(self) -> str:
        """"2021-09" reads "September 2021"; anything else stays as the report states it."""
        try:
            return f"{datetime.strptime(self.report.published, '%Y-%m'):%B %Y}"
        except ValueError:
            return self.report.published


def read_report(report: Report) -> ReportText:
    """Read all of a report: five queries, however long it is."""
    backs = _backs(with_ends(report.references.all()))
    recommendations = list(report.recommendations.prefetch_related("parts"))
    sections = _headings(list(report.sections.all()))
    blocks = [
        *(ReportBlock(position, heading=heading) for position, heading in sections.items()),
        *(_paragraph(found, backs) for found in report.paragraphs.all()),
        *(_recommendation(found, backs) for found in recommendations),
    ]
    contents = [heading for heading in sections.values() if heading.is_main]
    return ReportText(report, contents, sorted(blocks, key=lambda block: block.position), len(recommendations))


def _headings(sections: Iterable[Section]) -> dict[int, Heading]:
    """Each heading by its place; a subsection also stands below its section."""
    by_pk: dict[int, Heading] = {}
    found = {}
    for section in sections:
        heading = Heading(section.title, section_anchor(section), section.parent_id is None, [])
        by_pk[section.pk] = found[section.position] = heading
        if section.parent_id in by_pk:
            by_pk[section.parent_id].below.append(heading)
    return found


Backs = dict[tuple[str, int], tuple[Back, ...]]


def _backs(references: Iterable[Reference]) -> Backs:
    """What cites each paragraph and each recommendation."""
    found: defaultdict[tuple[str, int], tuple[Back, ...]] = defaultdict(tuple)
    for reference in references:
        back = Back(source(reference), reference.words, reference.note)
        if reference.to_paragraph_id is not None:
            found["paragraph", reference.to_paragraph_id] += (back,)
        elif reference.to_recommendation_id is not None:
            found["recommendation", reference.to_recommendation_id] += (back,)
    return found


def _paragraph(paragraph: Paragraph, backs: Backs) -> ReportBlock:
    return ReportBlock(paragraph.position, paragraph=paragraph, cited_by=backs["paragraph", paragraph.pk])


def _recommendation(recommendation: Recommendation, backs: Backs) -> ReportBlock:
    return ReportBlock(
        recommendation.position,
        recommendation=recommendation,
        wording=tuple(wording(recommendation, recommendation.parts.all())),
        cited_by=backs["recommendation", recommendation.pk],
    )


def read_shelf(reports: QuerySet[Report]) -> list[Shelved]:
    """Every report with its counts: two queries."""
    counted = Recommendation.objects.order_by().values_list("report", "status").annotate(Count("pk"))
    counts: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for report, status, number in counted:
        counts[report][status] = number
    return [_shelved(report, counts[report.pk]) for report in reports]


def _shelved(report: Report, counts: dict[str, int]) -> Shelved:
    in_order = [(status, counts[status]) for status in Status if status in counts]
    return Shelved(report, sum(counts.values()), in_order)
