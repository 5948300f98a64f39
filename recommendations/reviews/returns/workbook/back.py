"""A filled-in workbook read back: which rows say something new, and what is wrong with the rest."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from krscp.days import display
from krscp.files.columns import Value
from krscp.text import beginning, lower_first
from recommendations.domain.sayings import DAYS
from recommendations.importing.ask_child import tables_in
from recommendations.importing.days import UnclearDay, day_parts
from recommendations.importing.guard import check_size
from recommendations.importing.problems import ImportProblem
from recommendations.importing.sheets import Cell, SheetTable
from recommendations.models import Part, Return
from recommendations.reviews.returns.forms import Typed
from recommendations.reviews.returns.read import Rows
from recommendations.reviews.returns.workbook.layout import (
    ASKED,
    HINTS,
    KEY,
    LABELS,
    TOLD,
    WORDS,
    YES,
    Key,
    NotOurs,
    digest,
)

LOOK_FOR_HEAD = 20
LONGEST_KEPT = 5000
AGAIN = "Download the workbook again and copy your answers into it"
NOT_A_RETURN = "This is not a return's workbook. Upload the workbook that you downloaded from this page"


@dataclass(frozen=True)
class Given:
    """A row that says something new: where it stands, its part, what was typed over which version."""

    row: int
    part: int
    typed: Typed
    seen: int
    part_version: int


@dataclass(frozen=True)
class SentRow:
    """A row as it was uploaded, for the copy that is handed back."""

    row: int
    title: str
    cells: dict[str, Value]
    key: str


@dataclass(frozen=True)
class Fault:
    """What is wrong in a row, and what the row is about, where that is known."""

    row: int
    what: str
    about: str = ""

    @property
    def line(self) -> str:
        return f"Row {self.row}{self.about and f', {self.about}'}: {self.what}"


@dataclass
class Reading:
    """All that was read; `faults` by row of the sheet."""

    given: list[Given] = field(default_factory=list)
    sent: list[SentRow] = field(default_factory=list)
    faults: dict[int, list[Fault]] = field(default_factory=dict)
    untouched: int = 0

    def fault(self, row: int, what: str, about: str = "") -> None:
        self.faults.setdefault(row, []).append(Fault(row, what, about))

    @property
    def fault_lines(self) -> list[str]:
        return [fault.line for row in sorted(self.faults) for fault in self.faults[row]]


def read_back(rows: Rows, data: bytes) -> Reading:
    """Read an uploaded workbook against the return as it stands. Raises ImportProblem for faults of the file."""
    check_size(len(data))
    table, head = _find(tables_in(data))
    places = _places(table.rows[head])
    sent = _sent(table.rows[head + 1 :], head + 2, places)
    keys = _keys(sent)
    _refuse_foreign(rows.wanted, keys)
    reading, parts = Reading(sent=sent), {part.pk: part for part in rows.parts}
    twice = {part for part, times in Counter(key.part for key in keys.values()).items() if times > 1}
    for one in sent:
        key = keys.get(one.row)
        _take(rows, reading, one, key, parts.get(key.part) if key else None, twice)
    return reading


def _find(tables: list[SheetTable]) -> tuple[SheetTable, int]:
    for table in tables:
        for place, row in enumerate(table.rows[:LOOK_FOR_HEAD]):
            if KEY in row:
                return table, place
    raise ImportProblem(NOT_A_RETURN)


def _places(head: list[Cell]) -> dict[str, int]:
    wanted = {"title": TOLD[0].label, "key": KEY} | LABELS
    labels = [cell if isinstance(cell, str) else "" for cell in head]
    for label in wanted.values():
        if label not in labels:
            raise ImportProblem(f"The column “{label}” is missing. {AGAIN}")
        if labels.count(label) > 1:
            raise ImportProblem(f"The column “{label}” stands twice. {AGAIN}")
    return {name: labels.index(label) for name, label in wanted.items()}


def _sent(lines: list[list[Cell]], first: int, places: dict[str, int]) -> list[SentRow]:
    found = []
    for number, line in enumerate(lines, first):
        cells = {name: line[place] if place < len(line) else "" for name, place in places.items()}
        key, title = str(cells.pop("key")), str(cells.pop("title"))
        given: dict[str, Value] = {name: _short(cell) for name, cell in cells.items() if cell}
        if key != HINTS and (key or given):
            found.append(SentRow(number, title, given, key))
    return found


def _short(cell: Cell) -> Cell:
    return cell[:LONGEST_KEPT] if isinstance(cell, str) else cell


def _keys(sent: list[SentRow]) -> dict[int, Key]:
    """The keys that are ours, by row. Raises ImportProblem when there are rows and none is."""
    keys = {}
    for one in sent:
        try:
            keys[one.row] = Key.read(one.key)
        except NotOurs:
            continue
    if not keys:
        raise ImportProblem(
            "None of its rows was made by this tracker, or their hidden keys were changed. "
            f"The workbook may be of another installation. {AGAIN}"
        )
    return keys


def _refuse_foreign(wanted: Return, keys: dict[int, Key]) -> None:
    for key in keys.values():
        if key.body != wanted.body.slug:
            raise ImportProblem(
                f"This workbook is the return of another body ({key.body.upper()}), "
                f"not of {wanted.body.short_name}. Nothing was taken from it"
            )
        if key.review != wanted.review.slug:
            raise ImportProblem(
                f"This workbook is for another review ({key.review}), not for {wanted.review.slug}. "
                f"Nothing was taken from it. {AGAIN}"
            )


def _take(rows: Rows, reading: Reading, sent: SentRow, key: Key | None, part: Part | None, twice: set[int]) -> None:
    """One row: untouched, given, or refused with the reason."""
    if key is not None and (not sent.cells or digest(sent.cells) == key.held):
        reading.untouched += 1
    elif key is None:
        words = "this row was added by hand, or its hidden key was changed. A return has one row for each part."
        reading.fault(sent.row, f"{words} {AGAIN}")
    elif key.part in twice:
        reading.fault(sent.row, f"{key.title} stands in more than one row. Keep one of them")
    elif sent.title != key.title:
        words = f"it says “{beginning(sent.title, 60)}” where it was downloaded for {key.title}. {AGAIN}"
        reading.fault(sent.row, words)
    elif part is None:
        reading.fault(sent.row, f"{key.title} is no longer asked of {rows.wanted.body.short_name}. Empty this row")
    else:
        _judge(rows, reading, sent, key, part)


def _judge(rows: Rows, reading: Reading, sent: SentRow, key: Key, part: Part) -> None:
    """The cells as an answer, under the rules of the return's own form."""
    typed, faults = typed_of(sent.cells)
    if part.agreed_date is None and "later_date" in typed:
        faults.append(f"no date is agreed yet, so leave “{LABELS['later_date']}” empty")
    if not faults:
        faults = [*_form_faults(rows, part, typed)]
    for what in faults:
        reading.fault(sent.row, what, f"recommendation {part.reference}")
    if not faults:
        reading.given.append(Given(sent.row, part.pk, typed, key.seen, key.part_version))


def _form_faults(rows: Rows, part: Part, typed: Typed) -> list[str]:
    form = rows.form(part, typed, checked=True)
    form.full_clean()
    return [lower_first(what) for what in form.faults]


def typed_of(cells: dict[str, Value]) -> tuple[Typed, list[str]]:
    """The cells as a browser would send them from the return's form, and what cannot be read."""
    typed: Typed = {}
    faults: list[str] = []
    for asked in ASKED:
        cell = cells.get(asked.name) or ""
        try:
            typed |= _typed(asked.name, cell if isinstance(cell, date) else str(cell))
        except UnclearDay as problem:
            faults.append(f"{asked.label.rstrip('?')}: {problem}")
        except LookupError as problem:
            faults.append(str(problem.args[0]))
    return typed, faults


def _typed(name: str, cell: Cell) -> Typed:
    if name in DAYS:
        parts = day_parts(cell)
        return {f"{name}_{box}": value for box, value in parts._asdict().items() if value}
    text = display(cell) if isinstance(cell, date) else cell
    if name == "status":
        return _status(text)
    if name == "later_date":
        return _later(text)
    return {name: text} if text else {}


def _status(text: str) -> Typed:
    known = {label.casefold(): value for value, label in WORDS.items()}
    said = text.strip("○●▲■◐✔ ").casefold()
    if not said:
        return {}
    if said not in known:
        listed = ", ".join(list(WORDS.values())[:-1])
        last = list(WORDS.values())[-1]
        raise LookupError(f"“{beginning(text, 40)}” is not one of the answers. Choose {listed} or {last}")
    return {"status": known[said]}


def _later(text: str) -> Typed:
    if text.casefold() in ("", "no"):
        return {}
    if text.casefold() != YES.casefold():
        asked = LABELS["later_date"]
        raise LookupError(f"“{beginning(text, 40)}” is not an answer to “{asked}”. Choose Yes, or leave it empty")
    return {"later_date": "on"}
