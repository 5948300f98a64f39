"""The register of recommendations as rows of a file: its columns, declared once, and one row for each part."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from krscp.days import display_date, in_london
from krscp.files.columns import Column
from recommendations.domain import flags
from recommendations.domain.workflow import CLOSED, Difference, Status
from recommendations.models import (
    Outcome,
    Ownership,
    OwnershipBasis,
    Part,
    RecommendationPriority,
    Update,
    UpdateKind,
)

CHUNK = 500
NO_OWNER = flags.Flag.NO_OWNER.label
NO_PRIORITY = "No priority recorded"
NOT_RECORDED = "Not recorded"


@dataclass(frozen=True)
class ExportRow:
    """One part, with what `exported` adds to it, on the day of the export."""

    part: Any
    today: date

    @property
    def flags(self) -> list[str]:
        return flags.in_words(self.part, self.today)


def exported(recommendations: QuerySet, today: date) -> QuerySet:
    """Every part of these recommendations in the report's order, with what was last said of each."""
    parts = Part.objects.flagged(today).filter(recommendation__in=recommendations.order_by().values("pk"))
    parts = parts.select_related("recommendation__report").with_owners()
    return _with_last_words(parts).order_by("recommendation__report_id", "recommendation__position", "position")


def _with_last_words(parts: QuerySet) -> QuerySet:
    """What was withdrawn counts nowhere."""
    updates = Update.objects.standing().filter(part=OuterRef("pk"))
    outcomes = Outcome.objects.filter(Q(update=None) | Q(update__withdrawal=None), part=OuterRef("pk"))
    main = RecommendationPriority.objects.filter(recommendation=OuterRef("recommendation"), is_main=True)
    return parts.annotate(
        said_kind=Subquery(updates.values("kind")[:1]),
        said=Subquery(updates.values("what_happened")[:1]),
        said_next=Subquery(updates.exclude(what_next="").values("what_next")[:1]),
        said_next_date=Subquery(updates.exclude(what_next="").values("next_date")[:1]),
        difference=Subquery(outcomes.values("difference")[:1]),
        difference_text=Subquery(outcomes.values("text")[:1]),
        look_again_on=Subquery(outcomes.values("look_again_on")[:1]),
        main_priority=Subquery(main.values("priority__name")[:1]),
    )


def lines(parts: QuerySet, today: date) -> Iterator[ExportRow]:
    """One part in memory at a time (a chunk of them while owners are fetched)."""
    return (ExportRow(part, today) for part in parts.iterator(chunk_size=CHUNK))


def part_words(line: ExportRow) -> str:
    """The words of a sub-point as printed, or what our own part is about."""
    return "" if line.part.is_whole else line.part.text or line.part.title


def title_and_part(line: ExportRow) -> str:
    """Its name, with the report where there are several, and below it what the part is about."""
    part, whole = line.part, line.part.recommendation
    return whole.report.told_apart(whole.called) + ("" if part.is_whole else f"\n{part.title or part.text}")


def status_badge(line: ExportRow) -> str:
    """Shape and word always together."""
    return f"{line.part.state.shape} {line.part.state.label}"


def leads(line: ExportRow) -> str:
    return _names(line.part.leads) or NO_OWNER


def supporters(line: ExportRow) -> str:
    return _names(line.part.supporters)


def _names(ownerships: Iterable[Ownership]) -> str:
    return "; ".join(owned.body.name for owned in ownerships)


def short_owners(line: ExportRow) -> str:
    """Who leads and, below, who supports, by the names that people use."""
    own = ", ".join(owned.body.short_name for owned in line.part.leads) or NO_OWNER
    others = ", ".join(owned.body.short_name for owned in line.part.supporters)
    return f"{own}\nwith {others}" if others else own


def owner_basis(line: ExportRow) -> str:
    """Where the lead comes from; for each body where they differ; why there is none."""
    bases = {owned.body.short_name: OwnershipBasis(owned.basis).label for owned in line.part.leads}
    if len(set(bases.values())) > 1:
        return "; ".join(f"{name}: {basis}" for name, basis in bases.items())
    return next(iter(bases.values()), line.part.recommendation.no_lead_reason)


def due_and_flags(line: ExportRow) -> str:
    """The agreed date, the first one where it moved, the one asked for, and what dates and silence say.

    A missing owner is said where owners stand.
    """
    part = line.part
    said = [display_date(part.agreed_date)]
    if part.first_agreed_date != part.agreed_date and part.first_agreed_date:
        said.append(f"First agreed: {display_date(part.first_agreed_date)}")
    if part.requested_date:
        said.append(f"{display_date(part.requested_date)} asked for; waits for the SLG")
    said += [flags.words_of(part, flag, line.today) for flag in part.flags if flag is not flags.Flag.NO_OWNER]
    return "\n".join(filter(None, said))


def what_happened(line: ExportRow) -> str:
    """What the last update says; an update without a word says that nothing changed."""
    if line.part.said_kind == UpdateKind.NO_CHANGE:
        return ": ".join(filter(None, [UpdateKind.NO_CHANGE.label, line.part.said]))
    return line.part.said or ""


def next_step(line: ExportRow) -> str:
    """The last next step given and its day; nothing is next once the owner has finished."""
    part = line.part
    if part.status in (*CLOSED, Status.AWAITING_SIGN_OFF) or not part.said_next:
        return ""
    return f"{part.said_next} ({display_date(part.said_next_date)})" if part.said_next_date else part.said_next


def difference_for_children(line: ExportRow) -> str:
    """Kept apart from process (para 27)."""
    part = line.part
    if not part.difference:
        return NOT_RECORDED
    again = f" (look again on {display_date(part.look_again_on)})" if part.look_again_on else ""
    return f"{Difference(part.difference).label}{again}: {part.difference_text}"


def last_update(line: ExportRow) -> date | None:
    return in_london(line.part.last_said_at).date() if line.part.last_said_at else None


def last_said(line: ExportRow) -> str:
    """What happened last and on which day."""
    day = last_update(line)
    return f"{display_date(day)}: {what_happened(line)}" if day else ""


# For CSV and Excel: everything, one fact in a cell.
DATA = [
    Column("No.", lambda line: line.part.recommendation.number),
    Column("Short title", lambda line: line.part.recommendation.called),
    Column("Recommendation", lambda line: line.part.recommendation.text, wide=True),
    Column("Part", lambda line: "" if line.part.is_whole else line.part.name),
    Column("Part wording", part_words, wide=True),
    Column("Status", lambda line: line.part.state.label),
    Column("Lead owners", leads),
    Column("Supporting owners", supporters),
    Column("Owner basis", owner_basis),
    Column("Due (agreed)", lambda line: line.part.agreed_date),
    Column("First agreed", lambda line: line.part.first_agreed_date),
    Column("Requested", lambda line: line.part.requested_date),
    Column("Flags", lambda line: "; ".join(line.flags)),
    Column("What happened last", what_happened, wide=True),
    Column("Next step", next_step),
    Column("Difference for children", difference_for_children, wide=True),
    Column("Last update", last_update),
    Column("Priority", lambda line: line.part.main_priority or NO_PRIORITY),
    Column("Report", lambda line: line.part.recommendation.report.short_title),
]

# Landscape A4 leaves 25.7 cm. The wording stands in the other files and on screen.
WORD = [
    Column("No.", lambda line: line.part.reference, width=1.8),
    Column("Short title and part", title_and_part, width=3.8),
    Column("Status", status_badge, width=2.5),
    Column("Owners", short_owners, width=2.7),
    Column("Due and flags", due_and_flags, width=3.1),
    Column("What happened last", last_said),
    Column("Next step", next_step, width=3.4),
    Column("Difference for children", difference_for_children, width=3.4),
]
