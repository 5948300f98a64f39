"""Builds an annual report from its choices: what it rests on, what is missing, and the sections asked for."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from krscp.days import display_date
from krscp.tables import total
from recommendations.annual.children import children, impact
from recommendations.annual.decided import attendance, decisions, refused
from recommendations.annual.period import Period, read_period
from recommendations.annual.progress import progress
from recommendations.annual.stalled import stalled
from recommendations.annual.tables import Built, Chapter, Link
from recommendations.models import AnnualReport, AnnualSection
from recommendations.state.chosen import chosen
from recommendations.state.counts import NONE
from subgroups.models import Partnership

MAKERS: dict[AnnualSection, Callable[[Period], Chapter]] = total(AnnualSection, {
    AnnualSection.PRIORITIES: progress,
    AnnualSection.CHILDREN: children,
    AnnualSection.STALLED: stalled,
    AnnualSection.REFUSED: refused,
    AnnualSection.DECISIONS: decisions,
    AnnualSection.ATTENDANCE: attendance,
    AnnualSection.IMPACT: impact,
})  # fmt: skip
MARCH, APRIL = 3, 4


def last_year(today: date) -> tuple[date, date]:
    """The last complete year from April to March, which is what annual reports are about."""
    ends = today.year if today > date(today.year, MARCH, 31) else today.year - 1
    return date(ends - 1, APRIL, 1), date(ends, MARCH, 31)


def build(report: AnnualReport, today: date, now: datetime) -> Built:
    """The report as its period ended; before its end a draft of how things stand now.

    Of a finished period nothing that is recorded later changes it: it is rebuilt from history.
    """
    over = report.is_over(today)
    period = read_period(report.period_from, report.period_to if over else today)
    partnership = Partnership.objects.first()
    return Built(
        title=report.title,
        partnership=partnership.name if partnership is not None else "",
        period_from=report.period_from,
        period_to=report.period_to,
        as_at=period.picture.as_at if over else now,
        marking=settings.MARKING,
        demonstration=partnership is not None and partnership.is_demonstration,
        draft="" if over else f"Draft: the period ends on {display_date(report.period_to)}.",
        notes=list(_notes(period, over)),
        warnings=list(_warnings(period)),
        sections=[make(period) for name, make in MAKERS.items() if name in report.sections],
    )


def _notes(period: Period, over: bool) -> Iterator[str]:
    """What the figures rest on: which two moments, and from when there are records."""
    begins = period.records_begin
    if begins is None or begins > period.last:
        yield f"Nothing is recorded by {display_date(period.last)}."
        return
    last = display_date(period.last)
    if over:
        yield f"The end is the end of {last}, rebuilt from history. Nothing recorded later changes it."
    else:
        yield f"The end is {last}, as things stand; it moves on until the period is over."
    if begins >= period.first:
        yield (
            f"Records begin on {display_date(begins)}, and not before the period. "
            "The beginning is how each stood when it was first recorded."
        )
    else:
        before = period.first - timedelta(days=1)
        yield f"The beginning is the end of {display_date(before)}; for what was loaded later, when it was loaded."


def _warnings(period: Period) -> Iterator[Link]:
    """What is missing, in the words of a Manager's list, each leading to what it counts where a list shows it."""
    yield from _missing(period, "priority", NONE, "{} {have} no priority")
    yield from _missing(period, "owner", NONE, "{} {have} no confirmed owner")
    yield from _missing(period, "children", NONE, "{} {have} no difference for children recorded")
    rows = [row for row in period.picture.rows if row.status.is_open]
    undated = sum(row.due is None for row in rows)
    silent = sum(row.said is None or not period.is_within(row.said.on) for row in rows)
    if undated:
        yield Link(_counted(undated, "{} open {parts} {have} no agreed date"), "")
    if silent:
        yield Link(f"Nothing was said in the period about {_counted(silent, '{} open {parts}')}", "")
    if not period.seats:
        yield Link("No attendance at a review is recorded in the period", "")


def _missing(period: Period, name: str, value: str, words: str) -> Iterator[Link]:
    asked = {name: value}
    found = len(chosen(period.picture, asked))
    if found:
        place = reverse("as_at_list", args=[period.last.isoformat()])
        yield Link(_counted(found, words), f"{place}?{urlencode(asked)}")


def _counted(number: int, words: str) -> str:
    have, parts = ("has", "part") if number == 1 else ("have", "parts")
    return words.format(number, have=have, parts=parts)
