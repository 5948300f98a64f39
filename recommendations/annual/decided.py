"""What the SLG decided in the period, what it did not accept and why, and who was represented when it met."""

from krscp.days import display_date
from recommendations.annual.period import Period
from recommendations.annual.progress import title_of
from recommendations.annual.tables import CellTable, Chapter, Head, PlainCell
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import SET_ASIDE, Status
from recommendations.models import AnnualSection, Decision
from recommendations.state.picture import Row, Whole

RULINGS = {Status.NOT_ACCEPTED: DecisionKind.NOT_ACCEPT, Status.SUPERSEDED: DecisionKind.SUPERSEDE}
DECISIONS = [
    Head("Decided", 2.8),
    Head("Recommendation", 5.2),
    Head("Decision", 3.6),
    Head("Wording", wide=True),
    Head("Owner", 3.2),
    Head("By", 2.8),
]
REFUSED = [
    Head("Recommendation", 6),
    Head("Status", 3),
    Head("Reason, as decided", wide=True),
    Head("Decided", 3),
    Head("Replaced by", 4.5),
]
WHEN = (
    "Decisions recorded in the period, in the order they were recorded. One that was recorded after it ended "
    "is in the next report, with the day on which it was decided."
)


def refused(period: Period) -> Chapter:
    """Everything that stood as not accepted or superseded at the end, with the decision's own words."""
    section = AnnualSection.REFUSED
    rows = [_refused(period, whole, row) for whole, row in period.placed if row.status in SET_ASIDE]
    note = "All that stood so at the end of the period, whenever it was decided; superseded ones too."
    found = CellTable("refused", "Not accepted or superseded, with reasons", "Not accepted", REFUSED, rows, note=note)
    return Chapter(section.value, section.label, [], [found])


def _refused(period: Period, whole: Whole, row: Row) -> list[PlainCell]:
    ruling = _ruling(period, row)
    heir = period.parts[row.part].superseded_by_id
    return [
        title_of(whole, row),
        PlainCell(status=row.status),
        PlainCell(ruling.wording if ruling is not None else "No reason recorded"),
        PlainCell(day=ruling.decided_on if ruling is not None else None),
        PlainCell(period.titles.get(heir, "") if heir else ""),
    ]


def _ruling(period: Period, row: Row) -> Decision | None:
    """The last decision that set the part aside."""
    own = period.board.state.decisions_of(row.part)
    return max((one for one in own if one.kind == RULINGS[row.status]), key=_in_turn, default=None)


def _in_turn(decision: Decision) -> tuple:
    return decision.created_at, decision.pk


def decisions(period: Period) -> Chapter:
    """The decision log of the period."""
    section = AnnualSection.DECISIONS
    places = {row.part: (whole, row) for whole, row in period.placed}
    rows = [_decided(period, one, *places[one.part_id]) for one in period.decisions]
    caption = "Decisions, in the order they were recorded"
    found = CellTable("decisions", caption, "Decisions", DECISIONS, rows, note=WHEN)
    return Chapter(section.value, section.label, [], [found])


def _decided(period: Period, one: Decision, whole: Whole, row: Row) -> list[PlainCell]:
    return [
        PlainCell(day=one.decided_on),
        title_of(whole, row),
        PlainCell(_label(period, one)),
        PlainCell(one.wording),
        PlainCell(period.bodies.get(one.owner_id, "") if one.owner_id else ""),
        PlainCell(day=one.due or one.agreed_date or one.recheck_on),
    ]


def _label(period: Period, one: Decision) -> str:
    """The kind in words, with what it set where no column says it."""
    label = DecisionKind(one.kind).label
    if one.corrects_id:
        return "Addendum"
    if one.priority_id:
        return f"{label}: {period.priorities.get(one.priority_id, '')}"
    return f"{label}: replaced by {period.titles.get(one.replacement_id, '')}" if one.replacement_id else label


def attendance(period: Period) -> Chapter:
    """Posts down, reviews across; a line of words where none is recorded."""
    section = AnnualSection.ATTENDANCE
    days = sorted({day for seat in period.seats for day in seat.how})
    if not days:
        return Chapter(section.value, section.label, [], [], "No attendance is recorded in this period.")
    heads = [Head("Post"), Head("Body", 6), *(Head(display_date(day), 3.2) for day in days)]
    told = [[seat.post, seat.body, *(seat.how.get(day, "") for day in days)] for seat in period.seats]
    rows = [[PlainCell(words) for words in row] for row in told]
    table = CellTable("attendance", "Posts represented at reviews", "Attendance", heads, rows)
    return Chapter(section.value, section.label, ["Posts, not people."], [table])
