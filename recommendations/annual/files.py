"""An annual report as files: Word, Excel, and CSV files in one zip. The same report gives the same bytes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils.text import slugify

from krscp.days import display_date
from krscp.files import documents, workbooks
from krscp.files.columns import Stamp, in_london, to_csv
from krscp.files.documents import add_heading, add_paragraph, add_table, new_document, save_bytes
from krscp.files.paper import LongDocument
from recommendations.annual.tables import Built, CellTable, Chapter, Head, PlainCell, columns
from recommendations.models import AnnualReport

GROUP = "Priority"


@dataclass(frozen=True)
class Format:
    """One kind of file: what it is called, how it ends, what it is, and who makes it."""

    label: str
    ending: str
    content_type: str
    make: Callable[[Built], bytes]


def stamp_of(built: Built) -> Stamp:
    """What each page of a file says of itself: of which period it is, and of a draft that it is one."""
    period = f"{display_date(built.period_from)} to {display_date(built.period_to)}"
    about = f"{period}. {built.draft}" if built.draft else period
    return Stamp(built.as_at, built.marking, built.demonstration, about)


def as_word(built: Built) -> bytes:
    """Real headings, captions, repeated header rows; landscape, since its tables are wide."""
    document = new_document(built.title, stamp_of(built))
    add_paragraph(document, "\n".join(filter(None, [built.partnership, *built.notes])))
    for section in built.sections:
        _section(document, section)
    return save_bytes(document)


def _section(document: LongDocument, section: Chapter) -> None:
    add_heading(document, section.heading)
    for note in [*section.notes, section.nothing]:
        if note:
            add_paragraph(document, note)
    for table in section.tables:
        _table(document, table)


def _table(document: LongDocument, table: CellTable) -> None:
    """Under a heading of its own its note comes first, and a table without rows is left out; else the note follows."""
    if table.heading:
        add_heading(document, table.heading, 3)
        add_paragraph(document, table.note).paragraph_format.keep_with_next = bool(table.rows)
    if table.rows or not table.heading:
        add_table(document, columns(table.heads, in_word=True), table.rows, table.caption)
    if table.note and not table.heading:
        add_paragraph(document, table.note)


def sheets(built: Built) -> list[CellTable]:
    """One table for each sheet: those of one sheet come together, with what they are grouped by in front."""
    found: dict[str, CellTable] = {}
    for table in (table for section in built.sections for table in section.tables):
        whole = _grouped(table)
        before = found.get(table.sheet)
        found[table.sheet] = whole if before is None else replace(before, rows=[*before.rows, *whole.rows])
    return list(found.values())


def _grouped(table: CellTable) -> CellTable:
    if not table.group:
        return table
    rows = [[PlainCell(table.group), *row] for row in table.rows]
    return replace(table, heads=[Head(GROUP, 5), *table.heads], rows=rows)


def as_excel(built: Built) -> bytes:
    """A sheet for each kind of table: frozen header, filters, typed dates."""
    listed = [workbooks.Sheet(one.sheet, columns(one.heads, in_word=False), one.rows) for one in sheets(built)]
    with workbooks.to_xlsx(listed, stamp_of(built)) as made:
        return made.read()


def as_csv(built: Built) -> bytes:
    """A zip with one CSV file for each sheet of the workbook; the clock inside is the report's."""
    made = BytesIO()
    moment = in_london(built.as_at).timetuple()[:6]
    with ZipFile(made, "w") as target:
        for one in sheets(built):
            name = ZipInfo(f"{slugify(one.sheet)}.csv", moment)
            target.writestr(name, as_one_csv(built, one), compress_type=ZIP_DEFLATED)
    return made.getvalue()


def table_of(built: Built, slug: str) -> CellTable | None:
    """The one table of this address."""
    return next((table for section in built.sections for table in section.tables if table.slug == slug), None)


def as_one_csv(built: Built, table: CellTable) -> bytes:
    """One table as one CSV file, its rows as on the page."""
    return b"".join(to_csv(columns(table.heads, in_word=False), table.rows, stamp_of(built)))


FORMATS = {
    "word": Format("Word", "docx", documents.CONTENT_TYPE, as_word),
    "excel": Format("Excel", "xlsx", workbooks.CONTENT_TYPE, as_excel),
    "csv": Format("CSV files in a zip", "zip", "application/zip", as_csv),
}


def file_name(report: AnnualReport, ending: str) -> str:
    """For example "annual-report-2025-04-01-to-2026-03-31.docx"."""
    return f"annual-report-{report.period_from}-to-{report.period_to}{ending}"


def told(built: Built) -> tuple[str, int]:
    """What the files are about and how many rows they hold, for the log of exports."""
    return stamp_of(built).filtered, sum(len(table.rows) for section in built.sections for table in section.tables)
