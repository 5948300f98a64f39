"""Little or no progress, with the reasons that owners give."""

from collections.abc import Iterator

from krscp.days import display_date
from recommendations.annual.period import Period
from recommendations.annual.progress import NO_CHANGE, REST, owners_of, title_of
from recommendations.annual.tables import CellTable, Chapter, Head, PlainCell
from recommendations.domain.flags import Flag, words_of
from recommendations.domain.workflow import SET_ASIDE, WORST_FIRST, Status
from recommendations.models import AnnualSection
from recommendations.state.picture import Row

RULE = (
    "A part is listed when it is open at the end of the period and is not started, or stands no better than at "
    "the beginning, or has been quiet. Reasons are the owner’s own words."
)
NOTHING_SAID = "Nothing said"
STALLED = [
    Head("Recommendation", 5.2),
    Head("Priority", 2.8),
    Head("Owner", 2.6),
    Head("Status at the beginning", 2.7),
    Head("Status at the end", 2.7),
    Head("Why it is listed", 3),
    Head("Reason", wide=True),
]


def stalled(period: Period) -> Chapter:
    """Every part that the rule lists; the rule stands beneath its table."""
    rows = [
        [
            title_of(whole, row),
            PlainCell(whole.priority.name if whole.priority else REST.name),
            PlainCell(owners_of([row])),
            PlainCell(status=period.parts_before.get(row.part)),
            PlainCell(status=row.status),
            PlainCell("\n".join(why_listed(period, row))),
            PlainCell(reason(period, row)),
        ]
        for whole, row in period.placed
        if row.status.is_open and why_listed(period, row)
    ]
    section = AnnualSection.STALLED
    caption = "Little or no progress, with reasons"
    found = CellTable("stalled", caption, "Little or no progress", STALLED, rows, note=RULE)
    return Chapter(section.value, section.label, [], [found])


def why_listed(period: Period, row: Row) -> list[str]:
    """Why an open part counts as little or no progress; empty when it does not.

    Open at the period's end, and not started, or its status not better than at the period's beginning (or when it was
    first recorded), or quiet: nothing said for as long as the flag asks.
    """
    return list(_reasons_to_list(period, row))


def _reasons_to_list(period: Period, row: Row) -> Iterator[str]:
    before = period.parts_before.get(row.part)
    if row.status == Status.NOT_STARTED:
        yield "Not started"
    elif before is not None and not is_better(before, row.status):
        yield "Status no better"
    part = period.parts[row.part]
    if Flag.QUIET in part.flags:
        yield words_of(part, Flag.QUIET, period.last)


def is_better(before: Status, now: Status) -> bool:
    """Whether an open status is a step up; what was reopened after it had been set aside is not."""
    return before not in SET_ASIDE and WORST_FIRST.index(now) > WORST_FIRST.index(before)


def reason(period: Period, row: Row) -> str:
    """Why it slipped, else what the owner last said; that nothing was said in the period, if so; what the SLG is asked.

    The owner's words are never made better: where there are none, that is said.
    """
    words = NOTHING_SAID
    if row.said is not None:
        said = f"{row.why or NO_CHANGE} ({display_date(row.said.on)})"
        words = said if period.is_within(row.said.on) else f"{NOTHING_SAID} in the period. Before it: {said}"
    return f"{words}\nAsked of the SLG: {row.ask}" if row.ask else words
