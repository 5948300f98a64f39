"""Reads uploads in a process of their own: whatever a file holds, its reading ends soon and harms nothing else."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from krscp import child
from recommendations.importing.parsed import ParsedReport
from recommendations.importing.problems import ImportProblem
from recommendations.importing.reading import content_of
from recommendations.importing.sheets import SheetTable
from recommendations.importing.spellings import Named
from recommendations.importing.table_tasks import table_of
from recommendations.importing.tasks import CONVERTER

REPORT, BODIES = "recommendations.importing.tasks:report", "recommendations.importing.tasks:bodies"
TABLES = "recommendations.importing.table_tasks:tables"
BUSY = "Other files are being read. Wait a minute, then choose the file again. Nothing else is lost"
ROWS_BUSY = "Other files are being read. Wait a minute, then look at the rows again. Nothing is lost"
TOO_LONG = (
    "This file takes too long to read. Split it, or open it in Word, save it as a new document (.docx) and upload that"
)
LIST_TOO_LONG = "This file takes too long to read. Copy the rows into a new workbook and upload that"
FAULT = (
    "This file cannot be read because of a fault of the tracker, which is written down. "
    "Save the file as another kind, for example as plain text (.txt), and upload that"
)


@dataclass(frozen=True)
class Found:
    """A report, and for each of its recommendations the bodies that it names."""

    parsed: ParsedReport
    named: list[list[Named]]


def report_in(name: str, data: bytes, *, names: dict[str, int] | None = None, most: int = 0) -> Found:
    """The report in an upload, named as the person named it; `most` recommendations, if not 0. Raises ImportProblem."""
    found = _run(REPORT, {"name": name, "names": names or {}, "most": most}, data, TOO_LONG)
    return Found(CONVERTER.structure(found["report"], ParsedReport), _named(found))


def report_at(path: Path) -> ParsedReport:
    """The report in a file on disk. Raises ImportProblem."""
    return report_in(path.name, content_of(path)).parsed


def table_in(name: str, data: bytes) -> SheetTable:
    """The rows of an uploaded list. Raises ImportProblem."""
    return tables_in(data, name)[0]


def tables_in(data: bytes, name: str = "") -> list[SheetTable]:
    """Every sheet of a workbook, or the one of a list that has a name. Raises ImportProblem."""
    return [table_of(table) for table in _run(TABLES, {"name": name}, data, LIST_TOO_LONG)["tables"]]


def bodies_in(texts: Sequence[str], names: dict[str, int]) -> list[list[Named]]:
    """The bodies that each wording of a list names. Raises ImportProblem."""
    return _named(_run(BODIES, {"names": names}, json.dumps(texts).encode(), LIST_TOO_LONG, ROWS_BUSY))


def _named(found: dict[str, Any]) -> list[list[Named]]:
    return [[(key, words) for key, words in one] for one in found["named"]]


def _run(task: str, options: dict[str, Any], data: bytes, too_long: str, busy: str = BUSY) -> dict[str, Any]:
    """What the task returns. Raises ImportProblem, in words that say what to do, where it returns none."""
    try:
        found: dict[str, Any] = child.run(task, options, data)
    except child.Busy as problem:
        raise ImportProblem(busy) from problem
    except child.Stopped as problem:
        raise ImportProblem(too_long) from problem
    except child.Failed as problem:
        raise ImportProblem(FAULT) from problem
    if "problem" in found:
        raise ImportProblem(found["problem"])
    return found
