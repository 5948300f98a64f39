"""A body's return: drafted together, checked, sent once."""

from functools import partial

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from krscp.clock import today
from krscp.forms.careful import PlainForm
from krscp.forms.writing import Clash, Screen, Stands, Writing
from krscp.refusals import Moved, Refusal, refuse_if
from recommendations.models import Return
from recommendations.reviews.returns.forms import texts_of
from recommendations.reviews.returns.read import Rows, read_rows, rows_asked
from recommendations.reviews.returns.sheet import DraftsForm, version_in
from recommendations.reviews.returns.tally import ON_A_PAGE, page_of, place_of
from recommendations.services.returns import AnswersClash, ReturnClash, save_answers, send, why_closed
from subgroups.access import Request, requires
from subgroups.permissions import Permission
from subgroups.sending import FormAnswer, answer_each, answer_once

PAGE = "recommendations/reviews/returns/fill.html"
CHECK = "recommendations/reviews/returns/check.html"
CLOSED = "recommendations/reviews/returns/closed.html"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.UPDATE, Return)
def fill(request: Request, wanted: Return) -> HttpResponse:
    """Every row the body answers; drafts are kept as they are typed, for both co-chairs."""
    if request.method != "POST":
        if wanted.is_sent:
            return HttpResponseRedirect(sent_url(wanted))
        refuse_if(why_closed(wanted))
    rows = rows_asked(wanted, today(), request.GET, request.POST)
    why, page = why_closed(wanted), Screen(PAGE, {"late": wanted.review.is_late(today())}, shown)

    def save(form: DraftsForm) -> FormAnswer:
        if clashes := save_answers(wanted=wanted, drafts=form.drafts, by=request.user).clashes:
            raise AnswersClash(clashes)  # the other rows are saved
        return onwards(form)

    return Writing(
        partial(DraftsForm, rows=rows), save, answer_each, page, place_of(wanted, rows.page),
        closed=Screen(CLOSED, {"wanted": wanted, "why": why}) if why else None,
        clash=Clash(partial(saved_meanwhile, rows), page), refused=partial(not_saved, request),
    ).answer(request)  # fmt: skip


def shown(form: DraftsForm) -> dict[str, object]:
    """The sheet with what was just typed, and what in it looks personal."""
    return {"sheet": form.rows.sheet(form.rows_typed), **form.careful}


def saved_meanwhile(rows: Rows, moved: Moved | None) -> Stands:
    """The rows that the other co-chair saved first; the others are saved."""
    clashes = moved.answers if isinstance(moved, AnswersClash) else {}
    now = rows.again()
    return Stands({}, told=lambda form: {"sheet": now.sheet(form.rows_typed, clashes)})


def not_saved(request: Request, form: DraftsForm, refusal: Refusal) -> HttpResponse:
    """Rows that came after the return was sent, or the review frozen: why they are not saved, and what they say."""
    page = {"wanted": form.rows.wanted, "why": str(refusal), "typed": form.typed()}
    return render(request, CLOSED, page, status=409)


def onwards(form: DraftsForm) -> FormAnswer:
    """To the check page, to proposing completion, to the next page, or back to the rows."""
    wanted = form.rows.wanted
    if form.do == "check":
        return FormAnswer("", wanted.check_url)
    for part in form.rows.parts:
        if form.do == "finish" and str(part.pk) == form.row:
            return FormAnswer("", part.complete_url)
    place = place_of(wanted, form.rows.page, later=int(form.do == "next"))
    return FormAnswer(f"Draft saved. {form.rows.again().tally.progress}.", place)


def sent_url(wanted: Return) -> str:
    return reverse("return_sent", args=[wanted.review.slug, wanted.body.slug])


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.UPDATE, Return)
def check(request: Request, wanted: Return) -> HttpResponse:
    """All answers on one page, each with a way to change it; then the return is sent, unless a part moved on since."""
    if wanted.is_sent:
        return HttpResponseRedirect(sent_url(wanted))
    refuse_if(why_closed(wanted))
    rows = read_rows(wanted, today())
    sheet = rows.checked()
    shown = sheet.at(page_of(list(rows.versions), request.GET, sheet.faulty))
    page = {"sheet": sheet, "shown": shown, "late": wanted.review.is_late(today())}
    if not sheet.is_complete:
        return render(request, PAGE, page | {"sheet": shown, "checked": True})

    def save(form: PlainForm) -> FormAnswer:
        said, page = {line.part.pk: line.said for line in sheet.lines}, form.sent_data
        versions = {pk: version_in(page, f"part-{pk}") for pk in said}
        send(wanted=wanted, said=said, versions=versions, version=version_in(page, "version"), by=request.user)
        return FormAnswer("", sent_url(wanted))

    return Writing(
        PlainForm, save, answer_once, Screen(CHECK, page), wanted.get_absolute_url(),
        clash=Clash(moved_on, Screen(CHECK, page)),
    ).answer(request)  # fmt: skip


def moved_on(moved: Moved | None) -> Stands:
    """The parts that changed while the answers were checked."""
    return Stands({}, told=lambda form: {"moved": moved.parts if isinstance(moved, ReturnClash) else []})


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
