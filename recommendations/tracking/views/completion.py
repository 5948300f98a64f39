"""Propose completion."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from krscp.forms.writing import Screen, Writing
from recommendations.clashes import STATEMENTS, said_meanwhile
from recommendations.domain.workflow import IN_HAND, Status
from recommendations.models import Part, Update
from recommendations.services.completion import propose_completion
from recommendations.tracking.forms.completion import CompletionForm
from subgroups.access import Request, requires
from subgroups.permissions import Permission
from subgroups.sending import FormAnswer, answer_each, by_row


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PROPOSE_COMPLETION, Part)
def complete(request: Request, part: Part) -> HttpResponse:
    """What was done, evidence, children; then sent to the SLG with a page that says what happens next."""
    if request.method != "POST" and "sent" in request.GET and part.status == Status.AWAITING_SIGN_OFF:
        return render(request, "recommendations/tracking/writing/proposed.html", {"part": part})
    proposed = FormAnswer("", f"{part.complete_url}?sent")

    def save(form: CompletionForm) -> FormAnswer:
        given = {"done": form.cleaned_data["done"], "proof": form.proof(), "for_children": form.for_children()}
        propose_completion(part=part, version=form.seen, token=form.sent, by=request.user, **given)
        return proposed

    shut = Screen("recommendations/tracking/writing/no_update.html", {"part": part}, status=409)
    return Writing(
        partial(CompletionForm, part=part), save, answer_each,
        Screen("recommendations/tracking/writing/complete.html", {"part": part}), part.get_absolute_url(),
        before=by_row(Update, request.user, lambda _: proposed), closed=shut if part.status not in IN_HAND else None,
        clash=said_meanwhile(part, request.user, Screen(STATEMENTS, {"action": part.complete_url})),
    ).answer(request)  # fmt: skip
