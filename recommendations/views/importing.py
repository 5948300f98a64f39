"""Importing a report: choose the file, settle what was found beside its source, check, import. All or nothing."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from recommendations.forms.importing import Sheet, UploadForm, sheet_in, sheet_of
from recommendations.imports.apply import CodeRefused
from recommendations.imports.plan import About, store
from recommendations.imports.problems import ImportProblem
from recommendations.imports.reading import read_upload
from recommendations.imports.suggest import read_names
from subgroups.access import Request, requires
from subgroups.permissions import Permission

LONGEST_TITLE = 300


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.IMPORT)
def bring_in(request: Request) -> HttpResponse:
    """One address for all steps; each page carries what the steps before it settled, and only the last one stores."""
    do = request.POST.get("do", "")
    if do in ("check", "change", "import"):
        return settle(request, do)
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            return preview(request, read(form))
        except ImportProblem as problem:
            form.add_error("file", str(problem))
    return render(request, "recommendations/importing/upload.html", {"form": form})


def read(form: UploadForm) -> Sheet:
    """What is found in the uploaded file. Raises ImportProblem."""
    given = form.cleaned_data
    parsed = read_upload(given["file"].name, given["file"].read())
    title = given["title"] or parsed.title[:LONGEST_TITLE] or given["file"].name
    return sheet_of(parsed, About(given["code"], title, given["published"]), read_names())


def preview(request: Request, sheet: Sheet, status: int = 200) -> HttpResponse:
    """Each recommendation beside the paragraphs before it, warnings first."""
    token = request.POST.get("token") if request.POST.get("packed") else str(uuid.uuid4())
    page = {"sheet": sheet, "token": token}
    return render(request, "recommendations/importing/preview.html", page, status=status)


def settle(request: Request, do: str) -> HttpResponse:
    """Take what was settled on the preview: back to it with its faults, on to the check, or into the tracker."""
    sheet = sheet_in(request.POST, read_names())
    if sheet is None:
        messages.error(request, "This page can no longer be read. Choose the file again; nothing was stored.")
        return HttpResponseRedirect(request.path)
    if not sheet.is_valid() or do == "change":
        return preview(request, sheet)
    if do == "import":
        return bring(request, sheet)
    return check(request, sheet)


def check(request: Request, sheet: Sheet, problem: str = "") -> HttpResponse:
    """Everything that will be stored, on one page."""
    hidden = [(name, text) for name, texts in request.POST.lists() for text in texts]
    kept = [(name, text) for name, text in hidden if name not in ("csrfmiddlewaretoken", "do")]
    page = {"sheet": sheet, "entries": sheet.entries(), "hidden": kept, "problem": problem}
    return render(request, "recommendations/importing/check.html", page, status=409 if problem else 200)


def bring(request: Request, sheet: Sheet) -> HttpResponse:
    """Store it, whole; the same page sent twice stores it once."""
    try:
        token = uuid.UUID(request.POST.get("token", ""))
        report = store(
            parsed=sheet.parsed, about=sheet.about, entries=sheet.entries(), token=token, by=request.user
        )
    except CodeRefused as refused:
        return check(request, sheet, str(refused))
    except ValueError:
        return check(request, sheet, "This page can no longer be read. Choose the file again; nothing was stored.")
    count = report.recommendations.count()
    messages.success(request, f"{report.short_title} is imported: {count} recommendations, all “Not started”.")
    return HttpResponseRedirect(report.get_absolute_url())
