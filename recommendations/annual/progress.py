"""Progress by priority (recommendation 6): each priority of the plan, then what cuts across or has none."""

from krscp.days import display_date
from recommendations.annual.period import Period, slug_of
from recommendations.annual.tables import CellTable, Chapter, Head, Link, PlainCell
from recommendations.domain.workflow import Status
from recommendations.models import AnnualSection
from recommendations.state.picture import Named, Row, Whole

REST = Named("", "Cross-cutting, or no priority recorded")
NOT_CONFIRMED, NO_CHANGE = "Not confirmed", "No change"
COUNTS = [
    Head("Priority"),
    *(Head(status.label, 2.2, status=status) for status in Status),
    Head("All", 1.5),
]
PROGRESS = [
    Head("Recommendation", 5.2),
    Head("Owner", 2.7),
    Head("Status at the beginning", 2.9),
    Head("Status at the end", 2.9),
    Head("Agreed date", 2.6),
    Head("Latest words", wide=True),
]
ONCE = "Each recommendation stands once, under its main priority, and counts as its worst part does."
OURS = "Short titles are our reading: the report gives none."


def progress(period: Period) -> Chapter:
    """How many stand where, then a table for each priority."""
    groups = grouped(period)
    tables = [_counts(groups), *(_table(period, place, *group) for place, group in enumerate(groups))]
    section = AnnualSection.PRIORITIES
    return Chapter(section.value, section.label, [*plan_words(period), ONCE, OURS], tables)


def plan_words(period: Period) -> list[str]:
    """Which plan's priorities are the headings, said where none is in force."""
    plan = period.plan
    if not plan.title:
        return ["No set of priorities is recorded."]
    if plan.in_force:
        return [f"Priorities: {plan.title}."]
    return [f"No set of priorities is in force on {display_date(period.last)}. These are the last: {plan.title}."]


def grouped(period: Period) -> list[tuple[Named, list[Whole]]]:
    """The recommendations under each priority of the plan, and the rest last, even where there are none."""
    return [
        (named, [one for one in period.picture.recommendations if slug_of(one) == named.slug])
        for named in [*period.plan.priorities, REST]
    ]


def _counts(groups: list[tuple[Named, list[Whole]]]) -> CellTable:
    rows = [_counted(named.name, wholes) for named, wholes in groups]
    rows.append(_counted("All", [one for _, wholes in groups for one in wholes]))
    caption = "Recommendations in each status, by priority"
    return CellTable("progress-counts", caption, "Counts by priority", COUNTS, rows)


def _counted(name: str, wholes: list[Whole]) -> list[PlainCell]:
    statuses = [one.status for one in wholes]
    figures = [PlainCell(number=statuses.count(status)) for status in Status]
    return [PlainCell(name), *figures, PlainCell(number=len(wholes))]


def _table(period: Period, place: int, named: Named, wholes: list[Whole]) -> CellTable:
    return CellTable(
        slug=f"progress-{place + 1}",
        caption=f"Progress: {named.name[:1].lower()}{named.name[1:]}",
        sheet="Progress by priority",
        heads=PROGRESS,
        rows=[_row(period, one) for one in wholes],
        group=named.name,
        heading=named.name,
        note=_in_words(wholes),
    )


def _in_words(wholes: list[Whole]) -> str:
    """"3 recommendations: 1 on track, 2 complete"."""
    if not wholes:
        return "No recommendation stands under this heading."
    statuses = [one.status for one in wholes]
    said = ", ".join(f"{statuses.count(one)} {one.label.lower()}" for one in Status if one in statuses)
    noun = "recommendation" if len(wholes) == 1 else "recommendations"
    return f"{len(wholes)} {noun}: {said.replace('slg', 'SLG')}."


def _row(period: Period, whole: Whole) -> list[PlainCell]:
    due = min((row.due for row in whole.rows if row.due is not None), default=None)
    return [
        title_of(whole),
        PlainCell(owners_of(whole.rows)),
        PlainCell(status=whole.before),
        PlainCell(status=whole.status),
        PlainCell(day=due) if due else PlainCell("No date agreed" if whole.status.is_open else ""),
        PlainCell(latest_words(whole.rows)),
    ]


def title_of(whole: Whole, row: Row | None = None) -> PlainCell:
    """What it is called, or its part where there is one."""
    title, url = (row.title, row.url) if row is not None else (whole.title, whole.url)
    return PlainCell(title, url=url)


def owners_of(rows: list[Row]) -> str:
    return ", ".join(dict.fromkeys(owner for row in rows for owner in row.owners)) or NOT_CONFIRMED


def latest_words(rows: list[Row]) -> str:
    """What was last said to have happened, part by part, each with its day; nothing where nothing was said."""
    several = len(rows) > 1
    return "\n".join(
        f"{f'{row.reference}: ' if several else ''}{row.said.what_happened or NO_CHANGE} ({display_date(row.said.on)})"
        for row in rows
        if row.said is not None
    )


def numbers(wholes: list[Whole]) -> PlainCell:
    """The numbers of some recommendations, each leading to its page."""
    return PlainCell(links=[Link(one.label, one.url) for one in wholes])
