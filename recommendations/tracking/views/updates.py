"""Quick update, and undoing it."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from krscp.clock import today
from krscp.forms.writing import Screen, Writing, carried
from recommendations.clashes import STATEMENTS, said_meanwhile
from recommendations.domain.workflow import IN_HAND
from recommendations.models import Part, Recommendation, Update
from recommendations.services.claims import EditClash
from recommendations.services.said_before import holds_up
from recommendations.services.updates import give_update, withdraw
from recommendations.tracking.forms.completion import CompletionForm
from recommendations.tracking.forms.update import UpdateForm
from subgroups.access import Request, requires
from subgroups.permissions import Permission, can
from subgroups.sending import FormAnswer, answer_each, answer_once, by_row


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
    last, second = part.updates.standing().first(), holds_up(part, request.user, today())

    def save(form: UpdateForm) -> FormAnswer:
        said = form.said_in_all()
        return answer_to(give_update(part=part, said=said, version=form.seen, token=form.sent, by=request.user))

    shut = Screen("recommendations/tracking/writing/no_update.html", {"part": part}, status=409)
    return Writing(
        partial(UpdateForm, part=part, last=last, today=today(), second=second), save, answer_each,
        Screen("recommendations/tracking/writing/update.html", {"part": part, "last": last}), part.get_absolute_url(),
        before=by_row(Update, request.user, answer_to), closed=shut if part.status not in IN_HAND else None,
        clash=said_meanwhile(part, request.user, Screen(STATEMENTS, {"action": part.update_url})),
        goes_on=partial(goes_on, request),
    ).answer(request)  # fmt: skip


def goes_on(request: Request, form: UpdateForm) -> HttpResponse | None:
    """“Finished” proposes completion; a worse status or a later date leads to one more page, which carries this one."""
    if form.is_finished:
        start = {"done": form.cleaned_data["what_happened"], "version": form.seen}
        proposal = CompletionForm(part=form.part, initial=start)
        return render(request, "recommendations/tracking/writing/complete.html", {"part": form.part, "form": proposal})
    if not form.asks_why or form.why.is_careful():
        return None
    page = {"part": form.part, "form": form.why, "status": form.new_status, "hidden": carried(form, form.why)}
    return render(request, "recommendations/tracking/writing/slipped.html", page)


def answer_to(given: Update) -> FormAnswer:
    """Say that it is saved, what the SLG is asked, and that it can be undone."""
    asked = " The SLG will be asked to agree the new date." if given.requested_date else ""
    words, place = f"Update on {given.part} saved.{asked}", given.part.get_absolute_url()
    return FormAnswer(words, place, undo=reverse("undo", args=[given.pk]))


@require_POST
@requires(Permission.UPDATE, Update)
def undo(request: Request, given: Update) -> HttpResponse:
    """Withdraw one's own update within 24 hours."""

    def undone() -> FormAnswer:
        withdraw(update=given, by=request.user)
        words = "The update is undone. It stays in the record as withdrawn."
        return FormAnswer(words, given.part.get_absolute_url())

    try:
        return answer_once(request, undone)
    except EditClash as error:
        raise PermissionDenied("A later update or decision relies on this one.") from error
