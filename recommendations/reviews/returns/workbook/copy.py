"""The uploaded workbook handed back, each faulty row with what is wrong with it; ready to be mended and uploaded."""

from datetime import date
from typing import Any

from krscp.files.columns import Value
from recommendations.reviews.returns.read import Rows
from recommendations.reviews.returns.workbook.back import Reading
from recommendations.reviews.returns.workbook.layout import TOLD, Filled, Key, NotOurs, told_of


def carried_copy(reading: Reading) -> list[list[Any]]:
    """The rows as uploaded and their faults, as plain values."""
    return [
        [one.title, one.key, {name: _plain(cell) for name, cell in one.cells.items()}, _faults(reading, one.row)]
        for one in reading.sent
    ]


def _plain(cell: Value) -> Any:
    return {"day": cell.isoformat()} if isinstance(cell, date) else cell


def _faults(reading: Reading, row: int) -> str:
    """What is wrong, without where: a row may stand elsewhere in the copy."""
    return "\n".join(fault.what for fault in reading.faults.get(row, []))


def copied_rows(rows: Rows, carried: list[list[Any]]) -> list[Filled]:
    """The rows of the copy; those that are not ours keep what was typed, with nothing told beside it."""
    lines = {line.part.pk: line for line in rows.sheet().lines}
    found = []
    for title, key, cells, fault in carried:
        line = lines.get(_part_of(key))
        told: list[Value] = told_of(line) if line is not None else [""] * len(TOLD)
        told[0] = title
        has_date = line is None or line.part.agreed_date is not None
        found.append(Filled(told, {name: _cell(cell) for name, cell in cells.items()}, key, fault, has_date))
    return found


def _cell(plain: Any) -> Value:
    return date.fromisoformat(plain["day"]) if isinstance(plain, dict) else plain


def _part_of(key: str) -> int:
    try:
        return Key.read(key).part
    except NotOurs:
        return 0
