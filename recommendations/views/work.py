"""Evidence and actions between updates, and the Manager's edits of our reading."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from krscp.clock import today
from recommendations.forms.completion import EvidenceForm
from recommendations.forms.work import ActionForm, ReadingForm
from recommendations.models import Action, Part, Recommendation
from recommendations.services.actions import add_action, finish_action
from recommendations.services.completion import add_evidence
from recommendations.services.readings import ReadingClash, edit_reading
from recommendations.views.writing import saved
from subgroups.access import Request, requires
from subgroups.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.UPDATE, Part)
def evidence(request: Request, part: Part) -> HttpResponse:
    """Keep a link with what it shows."""
    form = EvidenceForm(request.POST or None)
    if not form.is_careful():
        page = {"part": part, "form": form, "heading": "Add evidence", "button": "Save evidence"}
        return render(request, "recommendations/writing/simple.html", page)
    add_evidence(part=part, proof=form.proof(), by=request.user, token=form.sent)
    return saved(request, part, "Evidence saved.")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.UPDATE, Part)
def actions(request: Request, part: Part) -> HttpResponse:
    """Add a local sub-task."""
    form = ActionForm(request.POST or None)
    if not form.is_careful():
        page = {"part": part, "form": form, "heading": "Add an action", "button": "Save action"}
        return render(request, "recommendations/writing/simple.html", page)
    sent = {name: form.cleaned_data[name] for name in ("what", "who", "due", "token")}
    add_action(part=part, by=request.user, **sent)
    return saved(request, part, "Action saved.")


@require_POST
@requires(Permission.UPDATE, Action)
def action_done(request: Request, action: Action) -> HttpResponse:
    """Mark a sub-task done today."""
    finish_action(action=action, on=today(), by=request.user)
    return saved(request, action.part, "Action marked as done.")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_READING, Recommendation)
def reading(request: Request, recommendation: Recommendation) -> HttpResponse:
    """Edit the short title and what the recommendation asks for."""
    form = ReadingForm(request.POST or None, recommendation=recommendation)
    page = {"recommendation": recommendation, "form": form}
    if not form.is_careful():
        return render(request, "recommendations/writing/reading.html", page)
    changes = {name: form.cleaned_data[name] for name in ("short_title", "asks_for", "asks_for_reason")}
    try:
        edit_reading(recommendation=recommendation, version=form.seen, by=request.user, **changes)
    except ReadingClash:
        form.add_error(None, "Somebody else changed this. Check what stands now, then save yours again.")
        form.look_again(recommendation.version)
        return render(request, "recommendations/writing/reading.html", page, status=409)
    messages.success(request, "Our reading saved.")
    return HttpResponseRedirect(recommendation.get_absolute_url())
