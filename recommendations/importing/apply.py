"""Stores a parsed report verbatim: text, recommendations, cross-references. Nothing that it does not say."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain, count
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils.text import slugify

from krscp.refusals import Refusal
from krscp.text import beginning
from recommendations.importing.parsed import (
    ParsedParagraph,
    ParsedRecommendation,
    ParsedReference,
    ParsedReport,
    ParsedSection,
)
from recommendations.models import Origin, Paragraph, Part, Recommendation, Reference, Report, Section
from subgroups.models import User
from subgroups.services.records import Row, link_all, save, save_all

RESERVED = {
    "accessibility", "accounts-are-by-invitation", "account-closed", "actions", "annual-report", "as-at", "attendance",
    "audit", "bodies", "chase", "decisions", "exceptions", "export-log", "import", "kept", "password", "people",
    "privacy", "proposals", "recommendations", "reports", "reviews", "sign-in", "sign-out", "static", "updates",
    "yours",
}  # fmt: skip
LONGEST_SLUG = 20
LONGEST_SHORT_NAME = 80
MOST_BEFORE = 50  # paragraphs kept as those that a recommendation answers: the last before it


class CodeRefused(Refusal):
    """The report's code cannot begin an address; the message says why."""


@transaction.atomic
def apply_report(
    parsed: ParsedReport, *, code: str, title: str = "", short_title: str = "", published: str, by: User | None,
    token: UUID | None = None,
) -> Report:
    """Store all of it or nothing. A report that is already there is left as it is.

    Raises CodeRefused for a reserved or malformed code.
    """
    if code in RESERVED or slugify(code) != code:
        raise CodeRefused(f"“{code}” cannot be a report's code. Use small letters, numbers and hyphens.")
    if existing := Report.objects.filter(code=code).first():
        return existing
    title = title or parsed.title
    report = Report(
        code=code, title=title, short_title=_short_name(short_title or title, code), published=published, token=token,
        beside_others=Report.objects.exists(),
    )  # fmt: skip
    save(report, by, "Report imported")
    for alone in Report.objects.filter(beside_others=False).exclude(pk=report.pk):
        alone.beside_others = True
        save(alone, by, "Another report stands beside it")
    return Loader(report, by).load(parsed)


def _short_name(title: str, code: str) -> str:
    """A short name that no other report has."""
    name = beginning(title, LONGEST_SHORT_NAME)
    taken = Report.objects.filter(short_title__iexact=name).exists()
    return f"{beginning(title, LONGEST_SHORT_NAME - len(code) - 2)}, {code}" if taken else name


def add_to_report(report: Report, more: Sequence[ParsedRecommendation], by: User) -> None:
    """Recommendations of a list behind those that its report has already."""
    loader = Loader(report, by)
    loader.slugs.update(report.recommendations.values_list("slug", flat=True))
    loader.keep_recommendations(more)


class Loader:
    """One import: remembers what each key and number became, so that references find it."""

    def __init__(self, report: Report, by: User | None) -> None:
        self.report = report
        self.by = by
        self.sections: dict[int, Section] = {}
        self.paragraphs: dict[str, Paragraph] = {}
        self.continued: dict[str, list[Paragraph]] = {}
        self.recommendations: dict[str, Recommendation] = {}
        self.slugs: set[str] = set()

    def load(self, parsed: ParsedReport) -> Report:
        self._sections(parsed)
        self._paragraphs(parsed)
        self.keep_recommendations(parsed.recommendations)
        self._keep_all(list(filter(None, map(self._reference, parsed.references))))
        return self.report

    def _sections(self, parsed: ParsedReport) -> None:
        """Keep them level by level, each after the one that it stands in."""
        depths: dict[int | None, int] = {None: 0}
        levels: defaultdict[int, list[ParsedSection]] = defaultdict(list)
        for found in parsed.sections:
            depths[found.key] = depths[found.parent] + 1
            levels[depths[found.parent]].append(found)
        for _, level in sorted(levels.items()):
            made = [self._of_section(found) for found in level]
            self._keep_all(made)
            self.sections |= {found.key: kept for found, kept in zip(level, made, strict=True)}

    def _of_section(self, found: ParsedSection) -> Section:
        parent, title = self._section(found.parent), beginning(found.title, 300)
        return Section(report=self.report, parent=parent, title=title, position=found.position)

    def _section(self, key: int | None) -> Section | None:
        return self.sections[key] if key is not None else None

    def _keep_all(self, made: Sequence[Row]) -> None:
        save_all(made, self.by, "Report imported")

    def _paragraphs(self, parsed: ParsedReport) -> None:
        """Keep them, and know which unnumbered ones go on from a numbered one without a break."""
        made = [self._paragraph(found) for found in parsed.paragraphs]
        self._keep_all(made)
        breaks = {found.position for found in parsed.sections} | {found.position for found in parsed.recommendations}
        number, last = "", 0
        for kept in made:
            if not breaks.isdisjoint(range(last, kept.position)):
                number = ""
            number, last = kept.number or number, kept.position
            if number:
                self.continued.setdefault(number, []).append(kept)
            if kept.number:
                self.paragraphs[kept.number] = kept

    def _paragraph(self, found: ParsedParagraph) -> Paragraph:
        return Paragraph(
            report=self.report,
            section=self._section(found.section),
            number=found.number,
            text=found.text,
            position=found.position,
        )

    def keep_recommendations(self, found: Sequence[ParsedRecommendation]) -> None:
        made = [self._recommendation(one) for one in found]
        self._keep_all(made)
        both = list(zip(made, found, strict=True))
        self.recommendations |= {one.label: kept for kept, one in both}
        link_all(Recommendation.paragraphs, [(kept, before) for kept, one in both for before in self._before(one)])
        self._keep_all([part for kept, one in both for part in _parts(kept, one)])

    def _recommendation(self, found: ParsedRecommendation) -> Recommendation:
        return Recommendation(
            report=self.report,
            section=self._section(found.section),
            number=found.label,
            slug=_free(slugify(found.label.replace(".", "-").replace("/", "-")) or str(found.position), self.slugs),
            position=found.position,
            text=found.text,
            opening=found.opening,
            import_notes=list(found.warnings),
        )

    def _before(self, found: ParsedRecommendation) -> list[Paragraph]:
        """The paragraphs that it answers, with what goes on from them: the last of them, as many as one can answer."""
        last: list[Paragraph] = []
        for number in reversed(found.paragraphs):
            last += reversed(self.continued.get(number, [])[-MOST_BEFORE:])
            if len(last) >= MOST_BEFORE:
                break
        return last[:MOST_BEFORE]

    def _reference(self, found: ParsedReference) -> Reference | None:
        """None for a reference to something that is not in the report: it stays in its text only."""
        known: dict[str, Mapping[Any, Model]] = {
            "recommendation": self.recommendations,
            "paragraph": self.paragraphs,
            "section": self.sections,
        }
        ends = {
            f"from_{found.source_kind}": known[found.source_kind].get(found.source),
            f"to_{found.target_kind}": known[found.target_kind].get(found.target),
        }
        if None in ends.values():
            return None
        return Reference(report=self.report, words=beginning(found.words, 300), **ends)


def _parts(recommendation: Recommendation, found: ParsedRecommendation) -> list[Part]:
    """One part for a plain recommendation, else one for each sub-point as printed."""
    if not found.sub_points:
        return [Part(recommendation=recommendation, slug="whole", origin=Origin.WHOLE, position=0)]
    taken: set[str] = set()
    return [
        Part(
            recommendation=recommendation,
            slug=_free(slugify(point.label) or str(place), taken),
            label=point.label,
            text=point.text,
            origin=Origin.REPORT,
            position=place,
        )
        for place, point in enumerate(found.sub_points, start=1)
    ]


def _free(slug: str, taken: set[str]) -> str:
    """The end of an address, with "-2" behind it where "1.2" and "1/2", or two points, would share one."""
    ends = chain([slug], (f"{slug[: LONGEST_SLUG - 4]}-{place}" for place in count(2)))
    free = next(end for end in ends if end not in taken)
    taken.add(free)
    return free
