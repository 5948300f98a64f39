"""One recommendation as its page shows it: wording, owners, what this reader may do, and all that was said."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse

from recommendations.domain.flags import in_words, worst_in_words
from recommendations.domain.workflow import AsksFor, Status
from recommendations.models import Follows, Paragraph, Part, Recommendation, Reference
from recommendations.models.recommendation import called
from recommendations.state.references import Citation, WordingPiece, cited_by, cites, read_references, wording
from recommendations.tracking.attached import Attached, Attachment, read_kept
from recommendations.tracking.offers import Offers, offers_for
from recommendations.tracking.timeline import TimelineEntry, TimelineReader, read_timeline
from subgroups.models import User


@dataclass(frozen=True)
class PartLine:
    """One part: its flags in words, what is kept with it and what the reader may do with it."""

    part: Part
    flags: list[str]
    offers: Offers
    difference: Attachment | None


@dataclass(frozen=True)
class KeptLine:
    """Evidence or an action with the part it is for, and whether the reader may work on that."""

    kept: Attachment
    part: Part
    may_work: bool


@dataclass(frozen=True)
class Neighbour:
    url: str
    title: str


@dataclass(frozen=True)
class Briefing:
    """Everything on the page of a recommendation."""

    recommendation: Recommendation
    lines: list[PartLine]
    flags: list[str]
    paragraphs: list[Paragraph]
    references: list[Reference]
    kept: Attached
    timeline: list[TimelineEntry]

    @property
    def is_plain(self) -> bool:
        """Whether it has one part, so that nothing needs to say which."""
        return len(self.lines) == 1

    @property
    def progress(self) -> str:
        """"2 of 4 complete", for several parts."""
        done = sum(line.part.status == Status.COMPLETE for line in self.lines)
        return "" if self.is_plain else f"{done} of {len(self.lines)} complete"

    @property
    def asks_for(self) -> str:
        asked = self.recommendation.asks_for
        return AsksFor(asked).label if asked else ""

    @property
    def steps(self) -> str:
        """"5 and 6"; a second step that is our reading stands apart."""
        return " and ".join(str(step) for step in self.recommendation.steps)

    @property
    def trail(self) -> list[str]:
        """The titles of the section and subsection it stands in."""
        section = self.recommendation.section
        if section is None:
            return []
        return [found.title for found in (section.parent, section) if found is not None]

    @cached_property
    def wording(self) -> list[WordingPiece]:
        return wording(self.recommendation, [line.part for line in self.lines])

    @property
    def why(self) -> list[Paragraph]:
        """The first and the last of the numbered paragraphs that lead to it."""
        numbered = [paragraph for paragraph in self.paragraphs if paragraph.number]
        return list(dict.fromkeys([numbered[0], numbered[-1]])) if numbered else []

    @property
    def cites(self) -> list[Citation]:
        return cites(self.recommendation, self.references)

    @property
    def cited_by(self) -> list[Citation]:
        return cited_by(self.recommendation, self.references)

    @property
    def lacks_lead(self) -> bool:
        return any(not line.part.leads for line in self.lines)

    @property
    def follows(self) -> list[tuple[str, Neighbour]]:
        """The earlier recommendation that it continues or replaces, and the later one that does so to it."""
        found, earlier, later = [], self.recommendation.follows, self.recommendation.follower
        if earlier is not None:
            words = Follows(self.recommendation.follows_how).label
            found.append((words, Neighbour(earlier.get_absolute_url(), earlier.title)))
        if later is not None and (follower := _neighbour(later, report=True)) is not None:
            words = "Continued by" if later["how"] == Follows.CONTINUES else "Replaced by"
            found.append((words, follower))
        return found

    @property
    def is_asked(self) -> bool:
        """Whether something is asked of the SLG about it and waits for an answer."""
        return any(line.part.asked is not None for line in self.lines)

    @property
    def has_options(self) -> bool:
        """Whether one of its lettered parts is enough (28)."""
        return any(line.part.is_option for line in self.lines)

    @property
    def has_difference(self) -> bool:
        return any(line.difference for line in self.lines)

    @property
    def latest(self) -> TimelineEntry | None:
        """The last update or decision that stands, whether or not it changed the status."""
        return next((entry for entry in self.timeline if entry.is_statement and entry.withdrawal is None), None)

    @property
    def update_url(self) -> str:
        """Where the reader updates it: its one part, or the page that offers the parts; "" if none is theirs."""
        if not any(line.offers.update_url for line in self.lines):
            return ""
        return reverse("update", args=[self.recommendation.report.code, self.recommendation.slug])

    @property
    def complete_url(self) -> str:
        """Where the reader proposes completion of a plain recommendation; parts have their own."""
        return self.lines[0].offers.complete_url if self.is_plain else ""

    @property
    def ask_url(self) -> str:
        """Where the reader asks the SLG about a plain recommendation; parts have their own."""
        return self.lines[0].offers.ask_url if self.is_plain else ""

    @property
    def to_confirm(self) -> list[TimelineEntry]:
        """What another lead proposed as complete and the reader has still to confirm."""
        return [entry for entry in self.timeline if entry.confirm_url]

    @property
    def evidence(self) -> list[KeptLine]:
        return self._with_parts(self.kept.evidence)

    @property
    def actions(self) -> list[KeptLine]:
        return self._with_parts(self.kept.actions)

    def _with_parts(self, items: list[Attachment]) -> list[KeptLine]:
        lines = {line.part.pk: line for line in self.lines}
        return [KeptLine(item, lines[item.part_id].part, lines[item.part_id].offers.may_work) for item in items]

    @property
    def workable(self) -> list[PartLine]:
        """The parts to which the reader may add evidence and actions."""
        return [line for line in self.lines if line.offers.may_work]

    @property
    def waiting(self) -> list[PartLine]:
        """The parts that wait for a decision which the reader may see to."""
        return [line for line in self.lines if line.offers.waiting]

    @property
    def other_decisions(self) -> list[PartLine]:
        return [line for line in self.lines if line.offers.other]

    @property
    def previous(self) -> Neighbour | None:
        return _neighbour(self.recommendation.previous)

    @property
    def next(self) -> Neighbour | None:
        return _neighbour(self.recommendation.next)


def _neighbour(named: dict[str, str] | None, *, report: bool = False) -> Neighbour | None:
    """One read as NAMED: its address and what it is called; with its report, where that is another one."""
    if named is None:
        return None
    name = f"{named['number']} {called(named['title'], named['text'])}"
    address = reverse("recommendation", args=[named["code"], named["slug"]])
    return Neighbour(address, f"{name} ({named['report']})" if report else name)


def read_briefing(recommendation: Recommendation, reader: TimelineReader, today: date) -> Briefing:
    """Read the page of a recommendation that was loaded by its address: seven queries, however much there is."""
    parts = read_parts(recommendation, today)
    paragraphs = read_paragraphs(recommendation)
    kept = read_kept(parts)
    return Briefing(
        recommendation=recommendation,
        lines=[_line(part, parts[0], kept, reader.user, today) for part in parts],
        flags=list(worst_in_words(parts, today).values()),
        paragraphs=paragraphs,
        references=read_references(recommendation, paragraphs),
        kept=kept,
        timeline=read_timeline(parts, kept, reader),
    )


def read_paragraphs(recommendation: Recommendation) -> list[Paragraph]:
    """The paragraphs that lead to it, each knowing its report: one query."""
    paragraphs = list(recommendation.paragraphs.all())
    for paragraph in paragraphs:
        paragraph.report = recommendation.report
    return paragraphs


def read_parts(recommendation: Recommendation, today: date) -> list[Part]:
    """Its parts with flags and owners: two queries."""
    people = ("proposer", "requested_by", "superseded_by__report")
    parts = recommendation.parts.flagged(today).select_related(*people).with_owners()
    return list(parts)


def _line(part: Part, first: Part, kept: Attached, user: User, today: date) -> PartLine:
    return PartLine(
        part=part,
        flags=in_words(part, today),
        offers=offers_for(part, user, sets_priority=part is first),
        difference=kept.difference_of(part),
    )
