"""Quick update, and undoing it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from krscp.clock import today
from recommendations.domain.workflow import IN_HAND, WorkflowError
from recommendations.models import Part, Recommendation, Update
from recommendations.services.records import EditClash
from recommendations.services.said_before import holds_up
from recommendations.services.updates import Said, give_update, withdraw
from recommendations.tracking.forms.completion import CompletionForm
from recommendations.tracking.forms.update import SlippedForm, UpdateForm
from recommendations.writing.saying import (
    carried,
    clash,
    combined,
    combines,
    keeps_theirs,
    not_taken,
    saved,
    sent_already,
)
from subgroups.access import Request, requires
from subgroups.once import Answer
from subgroups.permissions import Permission, can
from subgroups.sending import answer_once


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.UPDATE, Recommendation)
def update(request: Request, recommendation: Recommendation) -> HttpResponse:
    """The update of a plain recommendation; else its parts to choose from, or the only one the person owns."""
    parts = recommendation.parts.select_related("recommendation__report").prefetch_related("ownerships__body")
    mine = [part for part in parts if can(request.user, Permission.UPDATE, part)]
    own = [part for part in mine if part.status in IN_HAND] or mine
    if len(own) == 1 and own[0].is_whole:
        return answer(request, own[0])
    if len(own) == 1:
        return HttpResponseRedirect(own[0].update_url)
    page = {"recommendation": recommendation, "parts": own}
    return render(request, "recommendations/tracking/writing/choose_part.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.UPDATE, Part)
def update_part(request: Request, part: Part) -> HttpResponse:
    """The update of one part."""
    return answer(request, part)


def answer(request: Request, part: Part) -> HttpResponse:
    """Show the quick update, or take what was sent: save it, ask why, or go on to propose completion."""
    if stays := keeps_theirs(request, part):
        return stays
    if before := sent_already(request, Update):
        return after_saving(request, part, before)
    both = combines(request, part)
    last, second = part.updates.standing().first(), holds_up(part, request.user, today())
    form = UpdateForm(request.POST or None, part=part, last=last, today=today(), second=second)
    if part.status not in IN_HAND:
        also = second_page(request, form)
        return not_taken(request, "recommendations/tracking/writing/no_update.html", form, also, part=part)
    if both:
        return combined(request, part, form, also=second_page(request, form), action=part.update_url)
    if not form.is_careful():
        return first_page(request, form)
    if form.is_finished:
        start = {"done": form.cleaned_data["what_happened"], "version": form.seen}
        proposal = CompletionForm(part=part, initial=start)
        return render(request, "recommendations/tracking/writing/complete.html", {"part": part, "form": proposal})
    if form.asks_why:
        return explain(request, part, form)
    return save_update(request, part, form, form.said())


def first_page(request: Request, form: UpdateForm) -> HttpResponse:
    """The quick update; with the answers of the second page too, once they were given."""
    also = second_page(request, form)
    page = {"part": form.part, "form": form, "last": form.last, "also": also, "hidden": carried(request, form, also)}
    return render(request, "recommendations/tracking/writing/update.html", page)


def second_page(request: Request, form: UpdateForm) -> SlippedForm | None:
    """What was answered on the page that asks why, where that came with the first one."""
    if not form.is_bound or not form.is_explained:
        return None
    return SlippedForm(request.POST, part=form.part, status=form.word, today=today())


def explain(request: Request, part: Part, form: UpdateForm) -> HttpResponse:
    """The one more page that a worse status or a later date leads to; the first page's answers are carried."""
    answered = "why_slipped" in request.POST
    typed = {"brings_back": form.cleaned_data["what_next"], "requested_date": form.cleaned_data["next_date"]}
    sent = request.POST if answered else None
    why = SlippedForm(sent, part=part, status=form.new_status, today=today(), initial=typed)
    if answered and why.is_careful():
        return save_update(request, part, form, form.said(**why.answers()))
    page = {"part": part, "form": why, "status": form.new_status, "hidden": carried(request, why)}
    return render(request, "recommendations/tracking/writing/slipped.html", page)


def save_update(request: Request, part: Part, form: UpdateForm, said: Said) -> HttpResponse:
    """Save what was said, unless somebody else was quicker."""
    try:
        given = give_update(part=part, said=said, version=form.seen, token=form.sent, by=request.user)
    except EditClash as error:
        return clash(request, error, form, also=second_page(request, form), action=part.update_url)
    except WorkflowError as error:
        form.add_error(None, str(error))
        return first_page(request, form)
    return after_saving(request, part, given)


def after_saving(request: Request, part: Part, given: Update) -> HttpResponse:
    """Say that it is saved, what the SLG is asked, and that it can be undone."""
    asked = " The SLG will be asked to agree the new date." if given.requested_date else ""
    return saved(request, part, f"Update on {part} saved.{asked}", reverse("undo", args=[given.pk]))


@require_POST
@requires(Permission.UPDATE, Update)
def undo(request: Request, given: Update) -> HttpResponse:
    """Withdraw one's own update within 24 hours."""

    def undone() -> Answer:
        withdraw(update=given, by=request.user)
        words = "The update is undone. It stays in the record as withdrawn."
        return Answer(words, given.part.get_absolute_url())

    try:
        return answer_once(request, undone)
    except EditClash as error:
        raise PermissionDenied("A later update or decision relies on this one.") from error
