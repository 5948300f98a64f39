"""Recommendations in rows of a spreadsheet: columns matched, faults by row, then read as any other report is."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from krscp.text import beginning
from recommendations.importing.checks import as_many_as_are_read, label_warnings
from recommendations.importing.parsed import ParsedRecommendation, ParsedReport
from recommendations.importing.problems import ImportProblem
from recommendations.importing.sheets import Cell, SheetTable
from recommendations.importing.suggest import Names
from subgroups.models import Body

NO_COLUMN = -1
# What each column is, the words that a header may name it by, and whether rows need it.
COLUMNS = {
    "number": ("Number", ("number", "no", "no.", "#", "ref", "reference", "rec", "recommendation no", "id")),
    "text": ("Wording", ("wording", "text", "recommendation", "recommendations", "description", "detail")),
    "title": ("Short title", ("short title", "title", "name", "summary", "heading")),
    "owner": ("Owner", ("owner", "lead", "responsible", "lead body", "owned by", "lead agency")),
}
NEEDED = ("number", "text")
LONGEST_NUMBER, LONGEST_TITLE, LONGEST_WORDING = 20, 60, 20_000
LONGEST_NAME = 200  # of a body, in which the name that comes closest is looked for
EXCEL_ERRORS = {
    "#BLOCKED!", "#CALC!", "#CONNECT!", "#DIV/0!", "#FIELD!", "#GETTING_DATA", "#N/A", "#NAME?", "#NULL!", "#NUM!",
    "#REF!", "#SPILL!", "#UNKNOWN!", "#VALUE!",
}  # fmt: skip
Matching = dict[str, int]


@dataclass(frozen=True)
class ListedRow:
    """One row under the header, with its number in the sheet and what is wrong with it."""

    place: int
    number: str
    text: str
    title: str
    owner: Body | None
    faults: tuple[str, ...]
    stands: bool = False  # in the tracker already, in the same words

    @property
    def name(self) -> str:
        """What a person would know the row by: how its wording begins, or its number."""
        begins = beginning(" ".join(self.text.split()), 60)
        return f"“{begins}”" if self.text else self.number and f"number {self.number}"


def check_table(table: SheetTable) -> None:
    """What must hold before any row is looked at. Raises ImportProblem."""
    if table.is_empty:
        raise ImportProblem("The selected file is empty")
    header = [str(cell).strip().lower() for cell in table.rows[0]]
    if not any(header):
        raise ImportProblem("The first row is empty. It must hold the headings of the columns")
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise ImportProblem(f"The heading “{twice[0]}” stands twice. Give each column a heading of its own")
    if len(table.rows) == 1:
        raise ImportProblem("There are no rows below the headings")


def guess(table: SheetTable) -> Matching:
    """Which column is which, by the words of its heading."""
    header = [str(cell).strip().lower() for cell in table.rows[0]]
    found: Matching = {}
    for name, (_, words) in COLUMNS.items():
        places = [place for place, heading in enumerate(header) if heading in words and place not in found.values()]
        found[name] = places[0] if places else NO_COLUMN
    return found


@dataclass(frozen=True)
class ListedRows:
    """The rows of a list, beside the wording of what was imported before, by its number."""

    listed: list[ListedRow]
    standing: Mapping[str, str]

    @property
    def faulty(self) -> list[ListedRow]:
        return [row for row in self.listed if row.faults]

    @property
    def there(self) -> list[ListedRow]:
        """In the tracker already: left alone."""
        return [row for row in self.listed if row.stands]

    @property
    def new(self) -> list[ListedRow]:
        return [row for row in self.listed if not row.faults and not row.stands]


def read_rows(table: SheetTable, matching: Matching, names: Names, standing: Mapping[str, str]) -> ListedRows:
    """Every row with anything in it; a number that stands twice is a fault of the second."""
    seen: dict[str, int] = {}
    found = []
    for place, cells in enumerate(table.rows[1:], 2):
        if any(cells):
            row = _row(place, cells, matching, names, seen)
            seen.setdefault(row.number.casefold(), place)
            found.append(_beside(row, standing))
    return ListedRows(found, standing)


def _beside(row: ListedRow, standing: Mapping[str, str]) -> ListedRow:
    """The row as it is beside what was imported before."""
    wording = standing.get(row.number.casefold())
    if wording is None:
        return row
    if wording == row.text:
        return replace(row, faults=(), stands=True)
    told = f"number {row.number} is in the tracker already, with other wording, which an import cannot change"
    return replace(row, faults=(told, *row.faults))


def _row(place: int, cells: list[Cell], matching: Matching, names: Names, seen: dict[str, int]) -> ListedRow:
    number, text, title, owner = (_cell(cells, matching[name]) for name in COLUMNS)
    body, problem = _owner(owner, names)
    errors = dict.fromkeys(cell for cell in (number, text, title, owner) if cell in EXCEL_ERRORS)
    faults = [
        *(f"the cell holds an Excel error, {error}. Correct it in Excel" for error in errors),
        "enter a recommendation number" if not number else "",
        f"number must be {LONGEST_NUMBER} characters or less" if len(number) > LONGEST_NUMBER else "",
        f"number {number} stands in row {seen[number.casefold()]} already" if number.casefold() in seen else "",
        "enter the wording" if not text else "",
        f"wording must be {LONGEST_WORDING:,} characters or less" if len(text) > LONGEST_WORDING else "",
        f"short title must be {LONGEST_TITLE} characters or less" if len(title) > LONGEST_TITLE else "",
        problem,
    ]
    return ListedRow(place, number, text, title, body, tuple(filter(None, faults)))


def _cell(cells: list[Cell], place: int) -> str:
    return str(cells[place]).strip() if 0 <= place < len(cells) else ""


def _owner(name: str, names: Names) -> tuple[Body | None, str]:
    """The body of this name; else what to do about it, with the name that comes closest."""
    if not name or name in EXCEL_ERRORS:
        return None, ""
    if body := names.called(name):
        return body, ""
    close = difflib.get_close_matches(name[:LONGEST_NAME].casefold(), list(names.bodies), n=1, cutoff=0.5)
    meant = f" Did you mean “{names.bodies[close[0]].name}”?" if close else ""
    return None, f"no body is called “{beginning(name, LONGEST_NAME)}”.{meant}"


def report_of(rows: ListedRows, title: str) -> ParsedReport:
    """The new rows as a report without paragraphs.

    Gaps and disorder are warned of as in any other, over every row of the file: one that is left out, or was
    imported before, is no gap.
    """
    warnings = as_many_as_are_read([*_left_out(rows.faulty), *label_warnings(_recommendations(_numbered(rows)))])
    return ParsedReport(title, (), (), _recommendations(rows.new), (), warnings)


def _numbered(rows: ListedRows) -> list[ListedRow]:
    """Each number once, in the file's order; beside what was imported before only gaps matter, so in number order."""
    first: dict[str, ListedRow] = {}
    for row in rows.listed:
        if row.number:
            first.setdefault(row.number.casefold(), row)
    if not rows.standing:
        return list(first.values())
    before = {number: ListedRow(0, number, text, "", None, ()) for number, text in rows.standing.items()}
    return sorted((before | first).values(), key=lambda row: (len(row.number), row.number))


def _left_out(faulty: Sequence[ListedRow]) -> list[str]:
    places = [str(row.place) for row in faulty]
    if not places:
        return []
    which = f"Row {places[0]} is" if len(places) == 1 else f"Rows {', '.join(places[:-1])} and {places[-1]} are"
    return [f"{which} left out. You can correct the file and import it again later: what is in stays as it is."]


def _recommendations(rows: Sequence[ListedRow]) -> tuple[ParsedRecommendation, ...]:
    return tuple(_recommendation(row, position) for position, row in enumerate(rows, 1))


def _recommendation(row: ListedRow, position: int) -> ParsedRecommendation:
    return ParsedRecommendation(
        label=row.number, title=row.title, text=row.text, opening=row.text, sub_points=(), inline=False, heading=(),
        section=None, paragraphs=(), position=position, warnings=(),
    )  # fmt: skip


def with_faults(table: SheetTable, rows: ListedRows) -> list[list[Cell]]:
    """The file as it came, with a first column that says what is wrong in each row."""
    told = {row.place: ". ".join(row.faults) for row in rows.listed}
    told[1] = "What to correct"
    return [[told.get(place, ""), *cells] for place, cells in enumerate(table.rows, 1)]
