"""Ask the SLG; confirm what one's co-chair proposed; add an addendum to a decision."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from krscp.clock import today
from recommendations.domain.workflow import DecisionKind, WorkflowError
from recommendations.models import Decision, Escalation, Part, Update
from recommendations.services.decisions import decide, why_not
from recommendations.services.escalations import AskedMeanwhile, escalate, open_ask, why_not_confirm
from recommendations.services.escalations import confirm as record_answer
from recommendations.services.records import EditClash
from recommendations.state.proposals import proposal_of_update
from recommendations.tracking.forms.asking import AskForm, ConfirmForm
from recommendations.tracking.forms.decision import DecisionForm
from recommendations.writing.saying import refuse_if, saved, sent_already
from subgroups.access import Request, requires
from subgroups.once import Answer
from subgroups.permissions import Permission
from subgroups.sending import answer_once

CONFIRMED = "You confirmed that this is complete."
OBJECTED = "Your objection is recorded. It is back where it was."


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ESCALATE, Part)
def ask(request: Request, part: Part) -> HttpResponse:
    """One ask of the SLG, then what happens next."""
    if sent_already(request, Escalation):
        return HttpResponseRedirect(f"{part.ask_url}?sent")
    page: dict[str, Any] = {"part": part, "open": open_ask(part)}
    if "sent" in request.GET:
        return render(request, "recommendations/tracking/asking/sent.html", page)
    form = AskForm(request.POST or None, today=today(), waits=page["open"])
    if form.is_careful():
        given = {name: form.cleaned_data[name] for name in ("ask", "by_when", "otherwise")}
        try:
            escalate(part=part, token=form.sent, by=request.user, seen=form.cleaned_data["asked"], **given)
            return HttpResponseRedirect(f"{part.ask_url}?sent")
        except AskedMeanwhile as error:
            form.add_error(None, str(error))
            form.ask_again(error.ask.pk if error.ask is not None else 0)
            page |= {"open": error.ask, "form": form}
            return render(request, "recommendations/tracking/asking/ask.html", page, status=409)
        except WorkflowError as error:
            form.add_error(None, str(error))
    return render(request, "recommendations/tracking/asking/ask.html", page | {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.UPDATE, Update)
def confirm(request: Request, proposal: Update) -> HttpResponse:
    """The other co-chair agrees, or objects with a reason."""
    refuse_if(why_not_confirm(proposal, request.user))
    form = ConfirmForm(request.POST or None)
    page = {"part": proposal.part, "form": form, "proposal": proposal_of_update(proposal)}
    if not form.is_careful():
        return render(request, "recommendations/tracking/asking/confirm.html", page)
    agrees = form.cleaned_data["answer"] == "yes"

    def recorded() -> Answer:
        record_answer(proposal=proposal, agrees=agrees, reason=form.cleaned_data["reason"], by=request.user)
        return Answer(CONFIRMED if agrees else OBJECTED, proposal.part.get_absolute_url())

    try:
        return answer_once(request, recorded)
    except (EditClash, WorkflowError) as error:
        form.add_error(None, f"{error} Check it, then save again.")
        return render(request, "recommendations/tracking/asking/confirm.html", page, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.DECIDE, Decision)
def addendum(request: Request, decision: Decision) -> HttpResponse:
    """A dated note that corrects or completes a decision; the decision itself stays as it was minuted."""
    part = decision.part
    refuse_if(why_not(part, DecisionKind.NOTE, request.user))
    if sent_already(request, Decision):
        return saved(request, part, "Addendum recorded.")
    form = DecisionForm(request.POST or None, part=part, kind=DecisionKind.NOTE, today=today())
    page = {"part": part, "form": form, "decision": decision}
    if not form.is_careful():
        return render(request, "recommendations/tracking/asking/addendum.html", page)
    try:
        ruling = form.ruling(corrects=decision)
        decide(part=part, ruling=ruling, version=form.seen, token=form.sent, by=request.user)
    except (EditClash, WorkflowError) as error:
        form.add_error(None, f"{error} Check it, then save again.")
        form.look_again(Part.objects.get(pk=part.pk).version)
        return render(request, "recommendations/tracking/asking/addendum.html", page, status=409)
    return saved(request, part, "Addendum recorded.")
