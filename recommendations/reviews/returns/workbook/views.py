"""A return as an Excel workbook: downloaded, filled in offline, uploaded, looked at, and only then saved."""

from functools import partial

from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from krscp import clock
from krscp.files.workbooks import CONTENT_TYPE
from krscp.forms.careful import signs_in, vouching
from krscp.forms.carried import NotCarried, pack, unpack
from krscp.forms.writing import Clash, Screen, Stands, Writing
from krscp.refusals import Moved, refuse_if
from recommendations.importing.forms.uploads import WorkbookForm
from recommendations.importing.problems import ImportProblem
from recommendations.models import Return
from recommendations.reviews.returns.forms import text_of
from recommendations.reviews.returns.read import Rows, read_rows
from recommendations.reviews.returns.workbook.back import Reading, read_back
from recommendations.reviews.returns.workbook.copy import carried_copy, copied_rows
from recommendations.reviews.returns.workbook.file import to_workbook
from recommendations.reviews.returns.workbook.layout import Filled, filled_rows
from recommendations.reviews.returns.workbook.preview import Preview, PreviewForm, confirmed, preview
from recommendations.services.returns import save_all_answers, why_closed
from subgroups.access import Request, requires
from subgroups.files import send_file, stamp
from subgroups.permissions import Permission
from subgroups.sending import FormAnswer, answer_once

UPLOAD = "recommendations/reviews/returns/upload.html"
PREVIEW = "recommendations/reviews/returns/preview.html"
NOTHING_NEW = "The workbook says nothing that is not saved already. Fill in a row and save it first"
LOST = "The preview is too old, or not yours. Choose the workbook again"


@require_safe
@requires(Permission.UPDATE, Return)
def workbook(request: Request, wanted: Return) -> HttpResponseBase:
    """The return to fill in offline, with the drafts saved so far; who took it is written down."""
    refuse_if(why_closed(wanted))
    rows = filled_rows(read_rows(wanted, clock.today()))
    return sent_as_file(request, wanted, rows)


def sent_as_file(request: Request, wanted: Return, rows: list[Filled], *, faults: bool = False) -> HttpResponseBase:
    make = partial(to_workbook, wanted, rows, stamp(clock.now()), faults=faults)
    name = f"return-{wanted.body.slug}-{wanted.review.slug}{'-to-mend' if faults else ''}.xlsx"
    what = f"{wanted}, workbook{' to mend' if faults else ''}"
    return send_file(request, make, name, CONTENT_TYPE, what=what, rows=len(rows))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.UPDATE, Return)
def upload(request: Request, wanted: Return) -> HttpResponseBase:
    """Choose the file; see what it would change; save all of it, or nothing."""
    if wanted.is_sent:
        return HttpResponseRedirect(reverse("return_sent", args=[wanted.review.slug, wanted.body.slug]))
    refuse_if(why_closed(wanted))
    rows = read_rows(wanted, clock.today())
    if request.method != "POST":
        return ask(request, rows, WorkbookForm())
    if "carried" not in request.POST:
        return look(request, rows)
    copying = request.POST.get("do") == "copy"
    try:
        carried = unpack(request, _purpose(wanted, copying=copying), request.POST["carried"])
    except NotCarried:
        return again(request, rows, LOST)
    if copying:
        return sent_as_file(request, wanted, copied_rows(rows, carried), faults=True)
    return keep(request, rows, carried)


def _purpose(wanted: Return, *, copying: bool = False) -> str:
    return f"return.{wanted.pk}.copy" if copying else f"return.{wanted.pk}"


def ask(request: Request, rows: Rows, form: WorkbookForm, status: int = 200, **context: object) -> HttpResponse:
    return render(request, UPLOAD, {"wanted": rows.wanted, "form": form} | context, status=status)


def again(request: Request, rows: Rows, problem: str) -> HttpResponse:
    """The first step, with what went wrong at the file."""
    form = WorkbookForm({})
    form.errors["file"] = form.error_class([problem])
    return ask(request, rows, form, status=409)


def look(request: Request, rows: Rows) -> HttpResponse:
    """Read the file: its own faults first, then those of its rows, then what it would change."""
    form = WorkbookForm(request.POST, request.FILES)
    if not form.is_valid():
        return ask(request, rows, form)
    try:
        reading = read_back(rows, form.content)
    except ImportProblem as problem:
        form.refuse(problem)
        return ask(request, rows, form)
    if reading.faults:
        return mend(request, rows, reading)
    found = preview(rows, reading.given, reading.untouched)
    if not found.changes:
        form.refuse(ImportProblem(NOTHING_NEW))
        return ask(request, rows, form)
    return show(request, rows, found)


def mend(request: Request, rows: Rows, reading: Reading) -> HttpResponse:
    """The faults row by row, and a copy of the workbook that says them in its last column."""
    copy = pack(request, _purpose(rows.wanted, copying=True), carried_copy(reading))
    return ask(request, rows, WorkbookForm(), faults=reading.fault_lines, carried=copy)


def show(request: Request, rows: Rows, found: Preview) -> HttpResponse:
    text = text_of(found.typed())
    context = {"signs": signs_in(text, request.POST), "looked_at": vouching(text)}
    return render(request, PREVIEW, context | shown(request, rows, found))


def shown(request: Request, rows: Rows, found: Preview) -> dict[str, object]:
    return {"wanted": rows.wanted, "preview": found, "carried": pack(request, _purpose(rows.wanted), found.carried)}


def keep(request: Request, rows: Rows, carried: list) -> HttpResponse:
    """Save every row as a draft of the return, unless something needs another look."""

    def save(form: PreviewForm) -> FormAnswer:
        if form.found.errors:
            raise Moved
        saved = save_all_answers(wanted=rows.wanted, drafts=form.found.drafts, by=request.user)
        tally = read_rows(rows.wanted, rows.today).tally
        words = f"{len(saved)} saved as drafts from the workbook. {tally.progress}."
        complete = tally.answered == tally.rows
        return FormAnswer(words, rows.wanted.check_url if complete else rows.wanted.get_absolute_url())

    def told(form: PreviewForm) -> dict[str, object]:
        return shown(request, rows, form.found) | form.careful

    def stands(moved: Moved | None) -> Stands:
        fresh = read_rows(rows.wanted, rows.today)
        return Stands({}, told=lambda form: shown(request, fresh, confirmed(fresh, carried, form.data)))

    return Writing(
        partial(PreviewForm, rows=rows, carried=carried), save, answer_once, Screen(PREVIEW, told=told),
        rows.wanted.get_absolute_url(), clash=Clash(stands, Screen(PREVIEW)),
        refused=lambda form, refusal: again(request, rows, f"{refusal} Nothing was saved"),
    ).answer(request)  # fmt: skip
