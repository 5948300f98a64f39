"""A body's return: drafted together, checked, sent once."""

from functools import partial

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from krscp.clock import today
from krscp.forms.writing import Clash, Page, Stands, Writing
from krscp.refusals import Moved, Refusal, refuse_if
from recommendations.models import Return
from recommendations.reviews.returns.forms import texts_of
from recommendations.reviews.returns.read import read_rows
from recommendations.reviews.returns.sheet import CheckForm, DraftsForm
from recommendations.services.returns import AnswersClash, ReturnClash, save_answers, send, why_closed
from subgroups.access import Request, requires
from subgroups.once import Answer
from subgroups.permissions import Permission
from subgroups.sending import answer_each, answer_once

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
    why, page = why_closed(wanted), Page(PAGE, {"late": wanted.review.is_late(today())}, shown)

    def save(form: DraftsForm) -> Answer:
        if clashes := save_answers(wanted=wanted, drafts=form.drafts, by=request.user).clashes:
            raise AnswersClash(clashes)  # the other rows are saved
        return onwards(form)

    return Writing(
        make=partial(DraftsForm, rows=read_rows(wanted, today())),
        save=save,
        once=answer_each,
        page=page,
        place=wanted.get_absolute_url(),
        closed=Page(CLOSED, {"wanted": wanted, "why": why}) if why else None,
        clash=Clash(partial(saved_meanwhile, wanted), page),
        refused=partial(not_saved, request),
    ).answer(request)


def shown(form: DraftsForm) -> dict[str, object]:
    """The sheet with what was just typed, and what in it looks personal."""
    return {"sheet": form.rows.sheet(form.rows_typed), **form.careful}


def saved_meanwhile(wanted: Return, moved: Moved | None) -> Stands:
    """The rows that the other co-chair saved first; the others are saved."""
    clashes = moved.answers if isinstance(moved, AnswersClash) else {}
    rows = read_rows(wanted, today())
    return Stands({}, told=lambda form: {"sheet": rows.sheet(form.rows_typed, clashes)})


def not_saved(request: Request, form: DraftsForm, refusal: Refusal) -> HttpResponse:
    """Rows that came after the return was sent, or the review frozen: why they are not saved, and what they say."""
    page = {"wanted": form.rows.wanted, "why": str(refusal), "typed": form.typed()}
    return render(request, CLOSED, page, status=409)


def onwards(form: DraftsForm) -> Answer:
    """To the check page, to proposing completion, or back to the rows."""
    wanted, finished = form.rows.wanted, form.finished
    if form.do == "check":
        return Answer("", wanted.check_url)
    if finished is not None:
        return Answer("", finished.complete_url)
    sheet = read_rows(wanted, form.rows.today).sheet()
    return Answer(f"Draft saved. {sheet.progress}.", wanted.get_absolute_url())


def sent_url(wanted: Return) -> str:
    return reverse("return_sent", args=[wanted.review.slug, wanted.body.slug])


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.UPDATE, Return)
def check(request: Request, wanted: Return) -> HttpResponse:
    """All answers on one page, each with a way to change it; then the return is sent, unless a part moved on since."""
    if wanted.is_sent:
        return HttpResponseRedirect(sent_url(wanted))
    refuse_if(why_closed(wanted))
    sheet = read_rows(wanted, today()).checked()
    page = {"sheet": sheet, "late": wanted.review.is_late(today())}
    if not sheet.is_complete:
        return render(request, PAGE, page | {"checked": True})

    def save(form: CheckForm) -> Answer:
        said = {line.part.pk: line.said for line in sheet.lines}
        versions = {pk: form.seen_at(f"part-{pk}") for pk in said}
        send(wanted=wanted, said=said, versions=versions, version=form.seen_at("version"), by=request.user)
        return Answer("", sent_url(wanted))

    return Writing(
        make=CheckForm,
        save=save,
        once=answer_once,
        page=Page(CHECK, page),
        place=wanted.get_absolute_url(),
        clash=Clash(moved_on, Page(CHECK, page)),
    ).answer(request)


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
    told = [(answer, texts_of(answer.update)) for answer in answers if answer.update is not None]
    return render(request, "recommendations/reviews/returns/sent.html", {"wanted": wanted, "answers": told})
