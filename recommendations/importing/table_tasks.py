"""Lists and workbooks as they are read in a process of their own: bytes in, plain values out, and back to tables."""

from datetime import date
from typing import Any

from recommendations.importing.problems import ImportProblem
from recommendations.importing.sheets import Cell, SheetTable, read_table, read_workbook


def tables(data: bytes, options: dict[str, Any]) -> Any:
    """The sheet of a list, named as the person named it, or without a name every sheet of a workbook."""
    try:
        found = [read_table(options["name"], data)] if options["name"] else read_workbook(data)
    except ImportProblem as problem:
        return {"problem": str(problem)}
    return {"tables": [_plain(table) for table in found]}


def _plain(table: SheetTable) -> dict[str, Any]:
    rows = [[cell if isinstance(cell, str) else {"day": cell.isoformat()} for cell in row] for row in table.rows]
    return {"name": table.name, "rows": rows, "hidden": table.hidden, "others": list(table.others)}


def table_of(plain: dict[str, Any]) -> SheetTable:
    """The sheet that its plain values make."""
    rows = [[_cell(cell) for cell in row] for row in plain["rows"]]
    return SheetTable(plain["name"], rows, plain["hidden"], tuple(plain["others"]))


def _cell(plain: str | dict[str, str]) -> Cell:
    return plain if isinstance(plain, str) else date.fromisoformat(plain["day"])
