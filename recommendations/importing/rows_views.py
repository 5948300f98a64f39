"""Recommendations from a list in Excel or CSV: match columns, look at faulty rows, then on as with any report."""

from dataclasses import replace
from functools import partial

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST

from krscp import clock
from krscp.files.workbooks import CONTENT_TYPE
from krscp.forms.carried import NotCarried, unpack
from recommendations.importing.ask_child import bodies_in
from recommendations.importing.forms.importing import sheet_of
from recommendations.importing.forms.rows import MatchForm
from recommendations.importing.handed_back import as_workbook
from recommendations.importing.parsed import ParsedReport
from recommendations.importing.plan import About, standing_in
from recommendations.importing.problems import ImportProblem
from recommendations.importing.rows import ListedRows, read_rows, report_of, with_faults
from recommendations.importing.sheets import SheetTable
from recommendations.importing.suggest import read_names
from recommendations.importing.views import match, preview, turned_away
from subgroups.access import Request, requires
from subgroups.files import send_file, stamp
from subgroups.permissions import Permission


@require_POST
@requires(Permission.IMPORT)
def take_rows(request: Request) -> HttpResponseBase:
    """Columns are matched: on to the preview; faulty rows are shown first, and left out only when that is chosen."""
    try:
        cells, about = unpack(request, "rows", request.POST.get("packed", ""))
    except NotCarried:
        return turned_away(request)
    table, named = SheetTable("", cells), About(*about)
    form = MatchForm(request.POST, table=table)
    if not form.is_valid():
        return match(request, form, named)
    names, do = read_names(), request.POST.get("do", "")
    rows = read_rows(table, form.matching(form.cleaned_data), names, standing_in(named))
    if do == "copy":
        return copy_with_faults(request, table, rows)
    if (rows.faulty and do != "without") or not rows.new:
        page = {"form": form, "about": named, "packed": request.POST["packed"], "rows": rows}
        return render(request, "recommendations/importing/rows.html", page)
    warned = counted(report_of(rows, named.title), len(rows.new) + len(rows.there), form.cleaned_data["expected"])
    try:
        suggested = bodies_in([row.text for row in rows.new], names.keys)
        return preview(request, sheet_of(warned, named, suggested, owners={row.number: row.owner for row in rows.new}))
    except ImportProblem as problem:
        form.add_error(None, str(problem))
        return match(request, form, named)


def counted(parsed: ParsedReport, count: int, expected: int | None) -> ParsedReport:
    """With a warning where the file has another number of recommendations than there should be."""
    if expected is None or expected == count:
        return parsed
    told = f"The file has {count} recommendations; you said {expected}."
    return replace(parsed, warnings=(told, *parsed.warnings))


def copy_with_faults(request: Request, table: SheetTable, rows: ListedRows) -> HttpResponseBase:
    """The file as it came, with a column that says what to correct: mended, it can be imported."""
    lines = with_faults(table, rows)
    make = partial(as_workbook, lines, stamp(clock.now()))
    what = "List to correct before its import"
    return send_file(request, make, "rows-to-correct.xlsx", CONTENT_TYPE, what=what, rows=len(lines) - 1)
