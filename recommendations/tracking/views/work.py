"""Evidence and actions between updates."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from krscp.clock import today
from krscp.forms.writing import Screen, Writing
from recommendations.models import Action, Part
from recommendations.services.actions import add_action, finish_action
from recommendations.services.completion import add_evidence
from recommendations.tracking.forms.completion import EvidenceForm
from recommendations.tracking.forms.work import ActionForm
from subgroups.access import Request, requires
from subgroups.permissions import Permission
from subgroups.sending import FormAnswer, answer_each, answer_once

SIMPLE = "recommendations/tracking/writing/simple.html"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.UPDATE, Part)
def evidence(request: Request, part: Part) -> HttpResponse:
    """Keep a link with what it shows."""
    place = part.get_absolute_url()

    def save(form: EvidenceForm) -> FormAnswer:
        add_evidence(part=part, proof=form.proof(), by=request.user, token=form.sent)
        return FormAnswer("Evidence saved.", place)

    page = Screen(SIMPLE, {"part": part, "heading": "Add evidence", "button": "Save evidence"})
    return Writing(EvidenceForm, save, answer_each, page, place).answer(request)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.UPDATE, Part)
def actions(request: Request, part: Part) -> HttpResponse:
    """Add a local sub-task."""
    place = part.get_absolute_url()

    def save(form: ActionForm) -> FormAnswer:
        sent = {name: form.cleaned_data[name] for name in ("what", "who", "due", "token")}
        add_action(part=part, by=request.user, **sent)
        return FormAnswer("Action saved.", place)

    page = Screen(SIMPLE, {"part": part, "heading": "Add an action", "button": "Save action"})
    return Writing(ActionForm, save, answer_each, page, place).answer(request)


@require_POST
@requires(Permission.UPDATE, Action)
def action_done(request: Request, action: Action) -> HttpResponse:
    """Mark a sub-task done today."""

    def done() -> FormAnswer:
        finish_action(action=action, on=today(), by=request.user)
        return FormAnswer("Action marked as done.", action.part.get_absolute_url())

    return answer_once(request, done)
