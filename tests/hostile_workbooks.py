"""Workbooks of a return made to keep a reader busy; each grows with the number of its pieces.

A shape gets the rows of the return's own workbook, the headings first, so that its keys are good.
"""

import io
from collections.abc import Callable, Iterator

import xlsxwriter

from recommendations.importing.sheets import read_workbook
from tests.workbook_files import with_part

Rows = list[list[str]]
Shape = Callable[[Rows, int], bytes]
KEY = "Key (do not change)"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
EMPTY = '<c s="1"/>'
BARE: Rows = [["Recommendation", "How is it going?", "What has happened?", KEY], ["1", "", "", "key"]]


def rows_of(workbook: bytes) -> Rows:
    """The rows of a return's workbook from its headings on, without the hints."""
    rows = next(table.rows for table in read_workbook(workbook) if any(KEY in row for row in table.rows))
    start = next(place for place, row in enumerate(rows) if KEY in row)
    return [[str(cell) for cell in row] for row in [rows[start], *rows[start + 2 :]]]


def written(rows: Rows, sheets: int = 1) -> bytes:
    """A workbook with these rows in the last of its sheets."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        pages = [book.add_worksheet() for _ in range(sheets)]
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                pages[-1].write_string(row, column, text)
    return out.getvalue()


def filled(rows: Rows, texts: Iterator[str]) -> Rows:
    """The headings, and the first row once for each text, which stands in every cell but its title and its key."""
    head, first = rows[0], rows[1]
    key = head.index(KEY)
    return [head, *([first[0], *[text] * (key - 1), first[key]] for text in texts)]


def _parts(text: str, pieces: int) -> Iterator[str]:
    return (f"{text} {place}" for place in range(pieces))


def by_hand(rows: Rows, pieces: int) -> bytes:
    """One row that is the return's own, and rows that are not."""
    own, *added = filled(rows, _parts("a", pieces))[1:]
    return written([rows[0], own, *([*row[:-1], f"{place}:key"] for place, row in enumerate(added))])


def with_xml(rows: Rows, part: str, xml: str) -> bytes:
    return with_part(written(rows), part, xml.encode())


def sheet_of(rows: Rows, inside: str) -> bytes:
    return with_xml(rows, SHEET, f'<worksheet xmlns="{MAIN}"><sheetData>{inside}</sheetData></worksheet>')


def runs(rows: Rows, pieces: int) -> bytes:
    """A text that is made of as many runs."""
    texts = f"<si>{'<r><rPr><b/></rPr><t>a </t></r>' * pieces}</si>" + "<si><t>a</t></si>" * 100
    return with_xml(rows, STRINGS, f'<sst xmlns="{MAIN}">{texts}</sst>')


def formats(rows: Rows, pieces: int) -> bytes:
    return with_xml(rows, STYLES, f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * pieces}</cellXfs></styleSheet>')


# How many times as many pieces each shape gets, so that the largest passes a limit or nearly does.
SHAPES: dict[str, tuple[int, Shape]] = {
    "long cells": (1, lambda rows, pieces: written(filled(rows, ("a&b " * 5 for _ in range(pieces))))),
    "huge cells": (1, lambda rows, pieces: written(filled(rows, ("a" * 32_000 for _ in range(pieces // 200))))),
    "one row again and again": (1, lambda rows, pieces: written(filled(rows, _parts("a", pieces)))),
    "rows added by hand": (1, by_hand),
    "other alphabets": (1, lambda rows, pieces: written(filled(rows, ("\u4e2d\u6587 " * 4 for _ in range(pieces))))),
    "sheets": (1, lambda rows, pieces: written(rows, max(1, pieces // 10))),
    "texts": (5, lambda rows, pieces: written([*rows, *([f"{at} text"] for at in range(pieces))])),
    "runs in a text": (20, runs),
    "empty rows": (20, lambda rows, pieces: sheet_of(rows, "<row/>" * pieces)),
    "empty cells with formats": (500, lambda rows, pieces: sheet_of(rows, f"<row>{EMPTY * pieces}</row>")),
    "spaces that unpack": (10_000, lambda rows, pieces: sheet_of(rows, " " * pieces)),
    "formats": (10, formats),
}  # fmt: skip
