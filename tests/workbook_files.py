"""Workbooks as people edit them: opened, filled in by column and recommendation, saved again."""

import io
import zipfile
from collections.abc import Callable

from openpyxl import Workbook, load_workbook


def edited(data: bytes, answers: dict[str, dict[str, object]]) -> bytes:
    """The workbook of a return with these cells typed: {"25": {"How is it going?": "On track"}}."""
    return changed(data, lambda page: [fill(page, number, cells) for number, cells in answers.items()])


def changed(data: bytes, edit: Callable) -> bytes:
    book = load_workbook(io.BytesIO(data))
    edit(book["Return"])
    return saved(book)


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def heads(page, line: int = 3) -> dict[str, int]:
    return {cell.value: cell.column for cell in page[line] if cell.value}


def row_of(page, number: str) -> int:
    """The row about a recommendation, by the beginning of its title."""
    return next(cell.row for cell in page["A"] if str(cell.value or "").startswith(f"{number} "))


def fill(page, number: str, cells: dict[str, object]) -> None:
    places, row = heads(page), row_of(page, number)
    for label, value in cells.items():
        page.cell(row, places[label]).value = value


def plain_workbook(rows: list[list[object]], title: str = "Rows") -> bytes:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return saved(book)


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one of its parts replaced, or a further one."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return target.getvalue()
