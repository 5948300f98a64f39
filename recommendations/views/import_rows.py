"""Recommendations from a list in Excel or CSV: match columns, look at faulty rows, then on as with any report."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from krscp import clock
from krscp.carried import NotCarried, unpack
from krscp.workbooks import CONTENT_TYPE
from recommendations.exports.handed_back import as_workbook
from recommendations.exports.registers import stamp
from recommendations.forms.import_rows import MatchForm
from recommendations.forms.importing import sheet_of
from recommendations.imports.parsed import ParsedReport
from recommendations.imports.plan import About
from recommendations.imports.rows import Row, read_rows, report_of, with_faults
from recommendations.imports.sheets import Table
from recommendations.imports.suggest import Names, read_names
from recommendations.views.importing import match, preview, turned_away
from subgroups.access import Request, requires
from subgroups.permissions import Permission


@require_POST
@requires(Permission.IMPORT)
def take_rows(request: Request) -> HttpResponse:
    """Columns are matched: on to the preview; faulty rows are shown first, and left out only when that is chosen."""
    try:
        rows, about = unpack(request, "rows", request.POST.get("packed", ""))
    except NotCarried:
        return turned_away(request)
    table, named = Table("", rows), About(*about)
    form = MatchForm(request.POST, table=table)
    if not form.is_valid():
        return match(request, form, named)
    names, do = read_names(), request.POST.get("do", "")
    found = read_rows(table, form.matching(form.cleaned_data), names)
    faulty, good = [row for row in found if row.faults], [row for row in found if not row.faults]
    if do == "copy":
        return copy_with_faults(table, found)
    if (faulty and do != "without") or not good:
        page = {"form": form, "about": named, "packed": request.POST["packed"], "faulty": faulty, "good": good}
        return render(request, "recommendations/importing/rows.html", page)
    return on_to_preview(request, good, named, form.cleaned_data["expected"], names)


def on_to_preview(request: Request, good: list[Row], about: About, expected: int | None, names: Names) -> HttpResponse:
    parsed = counted(report_of(good, about.title), expected)
    owners = {row.number: row.owner for row in good}
    return preview(request, sheet_of(parsed, about, names, owners=owners))


def counted(parsed: ParsedReport, expected: int | None) -> ParsedReport:
    """With a warning where the file has another number of recommendations than there should be."""
    count = len(parsed.recommendations)
    if expected is None or expected == count:
        return parsed
    told = f"The file has {count} recommendations; you said {expected}."
    return replace(parsed, warnings=(told, *parsed.warnings))


def copy_with_faults(table: Table, found: list[Row]) -> HttpResponse:
    """The file as it came, with a column that says what to correct: mended, it can be imported."""
    headers = {"Content-Disposition": 'attachment; filename="rows-to-correct.xlsx"'}
    content = as_workbook(with_faults(table, found), stamp(clock.now()))
    return HttpResponse(content, CONTENT_TYPE, headers=headers)
