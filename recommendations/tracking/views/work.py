"""Evidence and actions between updates, and the Manager's edits of our reading."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from krscp.clock import today
from recommendations.models import Action, Part
from recommendations.services.actions import add_action, finish_action
from recommendations.services.completion import add_evidence
from recommendations.tracking.forms.completion import EvidenceForm
from recommendations.tracking.forms.work import ActionForm
from recommendations.writing.saying import saved
from subgroups.access import Request, requires
from subgroups.once import Answer
from subgroups.permissions import Permission
from subgroups.sending import answer_once


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.UPDATE, Part)
def evidence(request: Request, part: Part) -> HttpResponse:
    """Keep a link with what it shows."""
    form = EvidenceForm(request.POST or None)
    if not form.is_careful():
        page = {"part": part, "form": form, "heading": "Add evidence", "button": "Save evidence"}
        return render(request, "recommendations/tracking/writing/simple.html", page)
    add_evidence(part=part, proof=form.proof(), by=request.user, token=form.sent)
    return saved(request, part, "Evidence saved.")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.UPDATE, Part)
def actions(request: Request, part: Part) -> HttpResponse:
    """Add a local sub-task."""
    form = ActionForm(request.POST or None)
    if not form.is_careful():
        page = {"part": part, "form": form, "heading": "Add an action", "button": "Save action"}
        return render(request, "recommendations/tracking/writing/simple.html", page)
    sent = {name: form.cleaned_data[name] for name in ("what", "who", "due", "token")}
    add_action(part=part, by=request.user, **sent)
    return saved(request, part, "Action saved.")


@require_POST
@requires(Permission.UPDATE, Action)
def action_done(request: Request, action: Action) -> HttpResponse:
    """Mark a sub-task done today."""

    def done() -> Answer:
        finish_action(action=action, on=today(), by=request.user)
        return Answer("Action marked as done.", action.part.get_absolute_url())

    return answer_once(request, done)
