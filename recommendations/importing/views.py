"""Importing a report: choose the file, settle what was found beside its source, check, import. All or nothing."""

import uuid
from dataclasses import astuple
from functools import partial
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from krscp.forms.carried import MAX_LENGTH, NotCarried, pack, unpack
from krscp.forms.writing import Screen, Writing
from krscp.text import beginning
from recommendations.importing.apply import CodeRefused
from recommendations.importing.ask_child import report_in, table_in
from recommendations.importing.forms.importing import PreviewSheet, ReportUploadForm, sheet_in, sheet_of
from recommendations.importing.forms.rows import MatchForm
from recommendations.importing.forms.settled import SettledForm
from recommendations.importing.plan import About, about_list, store
from recommendations.importing.problems import ImportProblem
from recommendations.importing.rows import check_table
from recommendations.importing.sheets import is_table
from recommendations.importing.suggest import read_names
from recommendations.importing.tasks import too_many
from subgroups.access import Request, requires
from subgroups.permissions import Permission
from subgroups.sending import FormAnswer, answer_each

PREVIEW = "recommendations/importing/preview.html"
LONGEST_TITLE = 300
MOST = 300  # recommendations in one file: as many as a person can look through and a page can hold
SPLIT = "Split it: with the same code, the second file is added to the first"
CARRIED = "import.named"  # what the preview carries on
TOO_MUCH = "The file holds too much to look at in one go. Leave out what is no recommendation"
OTHER_SHEETS = "The sheet “{}” was read, and not {}, which hold something too."
LOST = "This page can no longer be read. Choose the file again; nothing was stored."


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.IMPORT)
def bring_in(request: Request) -> HttpResponse:
    """One address for all steps; each page carries what the steps before it settled, and only the last one stores."""
    do = request.POST.get("do", "")
    if do in ("check", "change", "import"):
        return settle(request, do)
    form = ReportUploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            return read(request, form)
        except ImportProblem as problem:
            form.add_error("file", str(problem))
    return render(request, "recommendations/importing/upload.html", {"form": form})


def read(request: Request, form: ReportUploadForm) -> HttpResponse:
    """What is found in a report, or which columns a list has. Raises ImportProblem."""
    given = form.cleaned_data
    name, data = given["file"].name, given["file"].read()
    if is_table(name):
        table = table_in(name, data)
        check_table(table)
        rows = sum(map(any, table.rows[1:]))
        if rows > MOST:
            raise ImportProblem(too_many(rows, MOST, SPLIT))
        if table.others:
            messages.info(request, OTHER_SHEETS.format(table.name, ", ".join(f"“{one}”" for one in table.others)))
        about = about_list(given["code"], given["title"] or Path(name).stem, given["published"])
        return match(request, MatchForm(None, table=table), about)
    found = report_in(name, data, names=read_names().keys, most=MOST)
    title = given["title"] or beginning(found.parsed.title, LONGEST_TITLE) or name
    return preview(request, sheet_of(found.parsed, About(given["code"], title, given["published"]), found.named))


def match(request: Request, form: MatchForm, about: About) -> HttpResponse:
    """Which column of a list is which."""
    rows = [[str(cell) for cell in row] for row in form.table.rows]
    packed = packed_within(request, "rows", [rows, astuple(about)])
    page = {"form": form, "about": about, "packed": packed, "count": len(form.table.rows) - 1}
    return render(request, "recommendations/importing/match.html", page)


def packed_within(request: Request, purpose: str, value: Any) -> str:
    """What a page carries, packed. Raises ImportProblem for more than can be sent back."""
    packed = pack(request, purpose, value)
    if len(packed) > MAX_LENGTH:
        raise ImportProblem(TOO_MUCH)
    return packed


def preview(request: Request, sheet: PreviewSheet) -> HttpResponse:
    """Each recommendation beside the paragraphs before it, warnings first. Raises ImportProblem for too much."""
    return render(request, PREVIEW, previewed(request, sheet))


def previewed(request: Request, sheet: PreviewSheet) -> dict[str, Any]:
    token = request.POST.get("token") if request.POST.get("do") in ("check", "change") else str(uuid.uuid4())
    return {"sheet": sheet, "token": token, "packed": packed_within(request, CARRIED, sheet.values)}


def in_number(number: int) -> str:
    return f"{number:,} recommendation{'' if number == 1 else 's'}"


def turned_away(request: Request) -> HttpResponse:
    """A page that is not ours, or too old."""
    messages.error(request, LOST)
    return HttpResponseRedirect(reverse("import"))


def settle(request: Request, do: str) -> HttpResponse:
    """Take what was settled on the preview: back to it with its faults, on to the check, or into the tracker."""
    try:
        sheet = sheet_in(unpack(request, CARRIED, request.POST.get("packed", "")), request.POST)
    except NotCarried:
        return turned_away(request)
    if not sheet.is_valid() or do == "change":
        return preview(request, sheet)
    return Writing(
        partial(SettledForm, sheet=sheet), partial(bring, request, sheet), answer_each,
        Screen(PREVIEW, told=lambda form: previewed(request, sheet) | form.careful), reverse("import"),
        goes_on=lambda form: check(request, sheet) if do == "check" else None,
        refused=lambda form, refusal: check(request, sheet, str(refusal)),
    ).answer(request)  # fmt: skip


def check(request: Request, sheet: PreviewSheet, problem: str = "") -> HttpResponse:
    """Everything that will be stored, on one page."""
    hidden = [(name, text) for name, texts in request.POST.lists() for text in texts]
    kept = [(name, text) for name, text in hidden if name not in ("csrfmiddlewaretoken", "do")]
    page = {"sheet": sheet, "entries": sheet.entries(), "hidden": kept, "problem": problem}
    return render(request, "recommendations/importing/check.html", page, status=409 if problem else 200)


def bring(request: Request, sheet: PreviewSheet, form: SettledForm) -> FormAnswer:
    """Store it, whole; the same page sent twice stores it once."""
    try:
        token = uuid.UUID(form.typed_at("token"))
    except ValueError:
        raise CodeRefused(LOST) from None
    report = store(parsed=sheet.parsed, about=sheet.about, entries=sheet.entries(), token=token, by=request.user)
    count, name = in_number(len(sheet.kept)), report.short_title
    told = f"Added to {name}: {count}" if sheet.about.adds else f"{name} is imported: {count}"
    return FormAnswer(f"{told}, all “Not started”.", report.get_absolute_url())
