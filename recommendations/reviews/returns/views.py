"""A body's return: drafted together, checked, sent once."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from krscp.clock import today
from recommendations.domain.workflow import WorkflowError
from recommendations.models import Return
from recommendations.reviews.returns.forms import text_of, texts_of, typed_in
from recommendations.reviews.returns.read import (
    Rows,
    Sheet,
    drafts_in,
    read_rows,
    rows_asked,
    settled,
    with_rest_unchanged,
    written,
)
from recommendations.reviews.returns.tally import ON_A_PAGE, page_of
from recommendations.services.returns import ReturnClash, save_answers, send, why_closed
from recommendations.writing.forms import signs_in, vouching
from recommendations.writing.saying import refuse_if
from subgroups.access import Request, requires
from subgroups.once import Answer
from subgroups.permissions import Permission
from subgroups.sending import answer_once

PAGE = "recommendations/reviews/returns/fill.html"
CHECK = "recommendations/reviews/returns/check.html"
CLOSED = "recommendations/reviews/returns/closed.html"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.UPDATE, Return)
def fill(request: Request, wanted: Return) -> HttpResponse:
    """Every row the body answers; drafts are kept as they are typed, for both co-chairs."""
    if request.method == "POST" and (why := why_closed(wanted)):
        return not_saved(request, wanted, why)
    if wanted.is_sent:
        return HttpResponseRedirect(reverse("return_sent", args=[wanted.review.slug, wanted.body.slug]))
    refuse_if(why_closed(wanted))
    rows = rows_asked(wanted, today(), request.GET, request.POST)
    if request.method != "POST":
        return show(request, rows.sheet())
    return take(request, rows)


def not_saved(request: Request, wanted: Return, why: str) -> HttpResponse:
    """Rows that came after the return was sent, or the review frozen: why they are not saved, and what they say."""
    rows = rows_asked(wanted, today(), request.GET, request.POST)
    typed = written(rows, drafts_in(rows, request.POST))
    return render(request, CLOSED, {"wanted": wanted, "why": why, "typed": typed}, status=409)


def show(request: HttpRequest, sheet: Sheet, status: int = 200, **context: object) -> HttpResponse:
    late = sheet.wanted.review.is_late(today())
    return render(request, PAGE, {"sheet": sheet, "late": late} | context, status=status)


def take(request: Request, rows: Rows) -> HttpResponse:
    """Save what was typed, then go where the button leads."""
    do, _, part = request.POST.get("do", "save").partition("-")
    sent: QueryDict = request.POST
    if do in ("theirs", "both") and part.isdecimal() and int(part) in rows.answers:
        sent = settled(rows, sent, do, int(part))
    if do == "rest":
        sent = with_rest_unchanged(rows, sent)
    drafts = drafts_in(rows, sent)
    typed = {one.pk: typed_in(sent, one.pk) for one in rows.parts if f"row-{one.pk}-seen" in sent}
    text = text_of(draft.typed for draft in drafts.values())
    if signs := signs_in(text, request.POST):
        return show(request, rows.sheet(typed), signs=signs, looked_at=vouching(text), do=request.POST.get("do", ""))
    try:
        saved = save_answers(wanted=rows.wanted, drafts=drafts, by=request.user)
    except WorkflowError as error:
        return not_saved(request, rows.wanted, str(error))
    if saved.clashes:
        return show(request, rows.again().sheet(typed, saved.clashes), status=409)
    return onwards(request, rows, do, part)


def onwards(request: Request, rows: Rows, do: str, part: str) -> HttpResponse:
    """To the check page, to proposing completion, to the next page, or back to the rows."""
    if do == "check":
        return HttpResponseRedirect(rows.wanted.check_url)
    finished = next((one for one in rows.parts if do == "finish" and str(one.pk) == part), None)
    if finished is not None:
        return HttpResponseRedirect(finished.complete_url)
    sheet = rows.again().sheet()
    messages.success(request, f"Draft saved. {sheet.tally.progress}.")
    return HttpResponseRedirect(sheet.next_place if do == "next" else sheet.place)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.UPDATE, Return)
def check(request: Request, wanted: Return) -> HttpResponse:
    """All answers on one page, each with a way to change it; then the return is sent."""
    if wanted.is_sent:
        return HttpResponseRedirect(reverse("return_sent", args=[wanted.review.slug, wanted.body.slug]))
    refuse_if(why_closed(wanted))
    rows = read_rows(wanted, today())
    sheet = rows.checked()
    shown = sheet.at(page_of(list(rows.versions), request.GET, sheet.faulty))
    if not sheet.is_complete:
        return show(request, shown, checked=True)
    page = {"sheet": sheet, "shown": shown, "late": wanted.review.is_late(today())}
    if request.method != "POST":
        return render(request, CHECK, page)
    return hand_in(request, sheet, page)


def hand_in(request: Request, sheet: Sheet, page: dict[str, object]) -> HttpResponse:
    """Send the return, unless a part moved on since the check page was made."""

    def handed_in() -> Answer:
        sent = send(
            wanted=sheet.wanted,
            said={line.part.pk: line.said for line in sheet.lines},
            versions={line.part.pk: number(request.POST, f"part-{line.part.pk}") for line in sheet.lines},
            version=number(request.POST, "version"),
            by=request.user,
        )
        return Answer("", reverse("return_sent", args=[sent.review.slug, sent.body.slug]))

    try:
        return answer_once(request, handed_in)
    except ReturnClash as clash:
        return render(request, CHECK, page | {"moved": clash.parts}, status=409)
    except WorkflowError as error:
        return render(request, CHECK, page | {"problem": str(error)}, status=409)


def number(sent: QueryDict, name: str) -> int:
    """A version as the page sent it; 0, which matches none, where it is missing."""
    value = sent.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 10 else 0


@require_safe
@requires(Permission.VIEW, Return)
def sent(request: Request, wanted: Return) -> HttpResponse:
    """Who has the return now, what it said and what happens next; for everyone."""
    answers = wanted.answers.select_related("update", "part__recommendation__report").order_by(
        "part__recommendation__report_id", "part__recommendation__position", "part__position"
    )
    page = Paginator(answers.exclude(update=None), ON_A_PAGE).get_page(request.GET.get("page"))
    told = [(answer, texts_of(answer.update)) for answer in page if answer.update is not None]
    context = {"wanted": wanted, "answers": told, "page": page}
    return render(request, "recommendations/reviews/returns/sent.html", context)
