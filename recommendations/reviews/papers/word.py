"""The papers of a review in Word, made from its picture alone: the pack before the meeting, the minutes after it."""

from collections.abc import Iterable

from krscp.days import display_date
from krscp.files.columns import Column, Stamp, Value
from krscp.files.documents import add_heading, add_paragraph, add_table, new_document, save_bytes
from krscp.files.paper import LongDocument
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from recommendations.state import movement
from recommendations.state.counts import CountRow, Table
from recommendations.state.drawing import exceptions
from recommendations.state.front import Front, front_of, tables
from recommendations.state.picture import Minute, Picture, Row, Whole

AGENDA = (
    "Welcome, attendance and apologies",
    "Minutes and actions of the last review",
    "For decision: sign-off, dates, owners, what is asked of the SLG",
    "Exceptions: off track, overdue, dates that moved",
    "What changed since the last review",
    "Difference for children",
    "Disproportionality: the standing item (recommendation 18)",
    "Learning from audits, deep dives and scrutiny (recommendation 7)",
    "Any other business, and the date of the next review",
)
COUNT_WIDTH = 2.3


def badge(status: Status) -> str:
    """Shape and word together, so that it reads in grey."""
    return f"{status.shape} {status.label}"


def pack(shown: Picture, stamp: Stamp) -> bytes:
    """Cover and agenda, exceptions one a page, then tables."""
    document = new_document(f"Pack: {shown.title}", stamp)
    front, listed = front_of(shown, None), exceptions(shown)
    _cover(document, shown, front)
    _agenda(document)
    wholes = shown.wholes
    for row in listed:
        document.add_page_break()
        _exception(document, wholes[row.part], row)
    document.add_page_break()
    _tables(document, front, listed)
    return save_bytes(document)


def _cover(document: LongDocument, shown: Picture, front: Front) -> None:
    lines = [shown.partnership, shown.returns_words, *shown.missing_returns]
    if shown.compared is not None:
        lines.append(f"Compared with: {shown.compared.label}")
        lines.append(f"Since then: {movement.in_words(front.ways)}")
    else:
        lines.append("Nothing to compare with yet.")
    off = [row.label for row in shown.rows if row.status == Status.OFF_TRACK]
    lines.append(f"Off track ({len(off)}): {', '.join(off) or 'none'}.")
    lines.append(f"For decision: {front.total_waiting}. Exceptions: {front.exceptions.count}.")
    add_paragraph(document, "\n".join(filter(None, lines)))


def _agenda(document: LongDocument) -> None:
    add_heading(document, "Agenda")
    add_paragraph(document, "\n".join(f"{number}. {item}" for number, item in enumerate(AGENDA, 1)))


def _exception(document: LongDocument, whole: Whole, row: Row) -> None:
    """One part on a page: wording, status, what its owner says, the difference for children, how it stood before."""
    add_heading(document, row.title)
    add_paragraph(document, f"{badge(row.status)}   {' · '.join(row.flags)}")
    add_paragraph(document, f"The report recommends: “{whole.text}”")
    facts = [(about, told) for about, told in _facts(whole, row) if told]
    add_table(document, FACTS, facts, f"{row.label}: where it stands")


def _facts(whole: Whole, row: Row) -> Iterable[tuple[str, str]]:
    yield "Owner", row.owner_words
    yield "Agreed date", _due(row)
    if row.requested is not None:
        yield "Date asked for", f"{display_date(row.requested)}; waits for the SLG"
    if row.said is not None:
        yield f"What was said last ({display_date(row.said.on)}, {row.said.by})", row.said.what_happened or "No change"
        yield "Why it has slipped", row.said.why_slipped
        yield "What brings it back", row.said.brings_back
        yield "Next step", _next(row)
    yield "Decided since", "\n".join(row.decided)
    yield "Asked of the SLG", row.ask
    yield "Difference for children", _difference(row)
    yield "At earlier reviews", _trend(whole)


def _due(row: Row) -> str:
    if row.due is None:
        return "No date agreed"
    first = row.first_due != row.due and row.first_due
    return f"{display_date(row.due)} (first agreed: {display_date(first)})" if first else display_date(row.due)


def _next(row: Row) -> str:
    if row.said is None or not row.said.what_next:
        return ""
    return f"{row.said.what_next} ({display_date(row.said.next_date)})" if row.said.next_date else row.said.what_next


def _difference(row: Row) -> str:
    if row.difference is None:
        return "Not recorded"
    again = row.difference.look_again_on
    return f"{row.difference.label}{f' (look again on {display_date(again)})' if again else ''}: {row.difference.text}"


def _trend(whole: Whole) -> str:
    return ", then ".join(badge(status) for status in whole.trend) or "None yet"


def _tables(document: LongDocument, front: Front, listed: list[Row]) -> None:
    """What the review page shows, in its order."""
    shown = front.picture
    add_heading(document, f"For decision ({front.total_waiting})")
    for kind in front.waiting:
        if kind.first:
            add_table(document, ASKED, kind.first, kind.title)
    add_heading(document, "Exceptions")
    add_table(document, ROWS, listed, "Off track, overdue, or the date has moved")
    _moved(document, front)
    add_heading(document, "Difference for children")
    add_table(document, CHILDREN, front.children, "Difference for children, by recommendation")
    for table in tables(front):
        add_heading(document, table.caption)
        add_paragraph(document, table.note)
        add_table(document, _count_columns(table), table.lines, f"{table.caption}: recommendations in each status")
    add_heading(document, "Learning considered")
    add_table(document, LEARNING, shown.learning, "Audits, deep dives and scrutiny (recommendation 7)")
    add_heading(document, "Returns")
    add_table(document, RETURNS, shown.returns, "Returns asked for")


def _moved(document: LongDocument, front: Front) -> None:
    if front.picture.compared is None:
        return
    add_heading(document, f"Changed since {front.picture.compared.label}")
    for group in front.movement:
        if group.way == "same":
            add_paragraph(document, f"The same: {group.count}")
        elif group.first:
            add_table(document, MOVED, group.first, group.label)


def _count_columns(table: Table) -> list[Column]:
    first = Column(table.heading, lambda line: line.label)
    counted = [Column(badge(status), Counter(place), width=COUNT_WIDTH) for place, status in enumerate(table.statuses)]
    return [first, *counted, Column("All", lambda line: line.total.count, width=1.5)]


class Counter:
    """The figure at one place of a line; nothing for nought, which reads faster."""

    def __init__(self, place: int) -> None:
        self.place = place

    def __call__(self, line: CountRow) -> Value:
        return line.cells[self.place].count or ""


def minutes(shown: Picture, stamp: Stamp) -> bytes:
    """Attendance, the standing item, decisions in order, actions with owner and date."""
    document = new_document(f"Minutes: {shown.title}", stamp)
    add_paragraph(document, shown.partnership)
    add_heading(document, "Attendance")
    add_table(document, ATTENDANCE, shown.attendance, "Posts represented")
    add_heading(document, "Disproportionality (recommendation 18)")
    add_paragraph(document, shown.disproportionality or "The item is not recorded as taken.")
    add_heading(document, f"Decisions ({len(shown.decisions)})")
    add_table(document, DECISIONS, shown.decisions, "Decisions, in the order they were taken")
    actions = [minute for minute in shown.decisions if minute.kind == DecisionKind.ACT]
    add_heading(document, f"Actions ({len(actions)})")
    add_table(document, ACTIONS, actions, "Actions, with owner and date")
    add_heading(document, "Learning considered (recommendation 7)")
    add_table(document, LEARNING, shown.learning, "Audits, deep dives and scrutiny")
    return save_bytes(document)


def _decided(minute: Minute) -> str:
    return f"{minute.label} to {minute.corrects}" if minute.corrects else minute.label


FACTS = [Column("About", lambda fact: fact[0], width=6), Column("As reported", lambda fact: fact[1])]
ASKED: list[Column] = [
    Column("Recommendation", lambda one: one.title, width=7),
    Column("Status", lambda one: badge(one.status), width=4),
    Column("What is asked", lambda one: one.asked),
]
ROWS: list[Column] = [
    Column("Recommendation", lambda row: row.title, width=5.5),
    Column("Status", lambda row: badge(row.status), width=3),
    Column("Flags", lambda row: "\n".join(row.flags), width=3.2),
    Column("Owner", lambda row: row.owner_words, width=3.2),
    Column("Due", lambda row: row.due, width=2.8),
    Column("What the owner says", lambda row: row.why),
]
MOVED: list[Column] = [
    Column("Recommendation", lambda place: place.title),
    Column("From", lambda place: badge(place.before) if place.before else "", width=6),
    Column("To", lambda place: badge(place.status), width=6),
]
CHILDREN: list[Column] = [
    Column("Answer", lambda answer: answer.label, width=4),
    Column("How many", lambda answer: answer.count, width=2.5),
    Column("Recommendations", lambda answer: ", ".join(answer.first)),
]
LEARNING: list[Column] = [
    Column("Kind", lambda one: one.kind, width=3.2),
    Column("Title", lambda one: one.title, width=6),
    Column("Date", lambda one: one.held_on, width=2.8),
    Column("Priorities", lambda one: "\n".join(one.priorities), width=4.5),
    Column("What it changes", lambda one: one.changes),
]
RETURNS: list[Column] = [
    Column("Body", lambda one: one.name),
    Column("Sent", lambda one: one.sent_on or "Not sent", width=4),
    Column("By", lambda one: one.sent_by, width=6),
    Column("Late", lambda one: "Late" if one.is_late else "", width=2),
]
ATTENDANCE: list[Column] = [
    Column("Body", lambda one: one.body, width=5),
    Column("Post", lambda one: one.post),
    Column("Represented", lambda one: one.how, width=4),
]
DECISIONS: list[Column] = [
    Column("No.", lambda one: one.number, width=1.2),
    Column("Recommendation", lambda one: one.title, width=5),
    Column("Decision", _decided, width=3.4),
    Column("Wording", lambda one: one.wording),
    Column("Owner", lambda one: one.owner, width=3.4),
    Column("By", lambda one: one.by, width=2.8),
    Column("Decided", lambda one: one.decided_on, width=2.8),
]
ACTIONS: list[Column] = [
    Column("No.", lambda one: one.number, width=1.2),
    Column("Action", lambda one: one.wording),
    Column("Recommendation", lambda one: one.title, width=6),
    Column("Owner", lambda one: one.owner, width=5),
    Column("By", lambda one: one.by, width=3),
]
