"""Ask the SLG; confirm what one's co-chair proposed; add an addendum to a decision."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from krscp.clock import today
from krscp.forms.writing import Clash, Screen, Stands, Writing
from krscp.refusals import Moved
from recommendations.clashes import said_meanwhile
from recommendations.domain.kinds import DecisionKind
from recommendations.models import Decision, Escalation, Part, Update
from recommendations.services.decisions import decide, why_not
from recommendations.services.escalations import AskedMeanwhile, escalate, open_ask, why_not_confirm
from recommendations.services.escalations import confirm as record_answer
from recommendations.state.proposals import proposal_of_update
from recommendations.tracking.forms.asking import AskForm, ConfirmForm
from recommendations.tracking.forms.decision import DecisionForm
from subgroups.access import Request, requires
from subgroups.permissions import Permission
from subgroups.sending import FormAnswer, answer_each, answer_once, by_row

CONFIRMED = "You confirmed that this is complete."
OBJECTED = "Your objection is recorded. It is back where it was."


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ESCALATE, Part)
def ask(request: Request, part: Part) -> HttpResponse:
    """One ask of the SLG, then what happens next."""
    waits, asked = open_ask(part), FormAnswer("", f"{part.ask_url}?sent")
    if request.method != "POST" and "sent" in request.GET:
        return render(request, "recommendations/tracking/asking/sent.html", {"part": part, "open": waits})

    def save(form: AskForm) -> FormAnswer:
        given = {name: form.cleaned_data[name] for name in ("ask", "by_when", "otherwise")}
        escalate(part=part, token=form.sent, by=request.user, seen=form.cleaned_data["asked"], **given)
        return asked

    return Writing(
        partial(AskForm, today=today(), waits=waits), save, answer_each,
        Screen("recommendations/tracking/asking/ask.html", {"part": part, "open": waits}), part.get_absolute_url(),
        before=by_row(Escalation, request.user, lambda _: asked), clash=Clash(partial(asked_meanwhile, part)),
    ).answer(request)  # fmt: skip


def asked_meanwhile(part: Part, moved: Moved | None) -> Stands:
    """What waits for the SLG now, to be read before one's own is sent."""
    waits = moved.ask if isinstance(moved, AskedMeanwhile) else open_ask(part)
    return Stands({"asked": str(waits.pk) if waits is not None else "0"}, told=lambda form: {"open": waits})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.UPDATE, Update)
def confirm(request: Request, proposal: Update) -> HttpResponse:
    """The other co-chair agrees, or objects with a reason."""
    place = proposal.part.get_absolute_url()

    def save(form: ConfirmForm) -> FormAnswer:
        agrees = form.cleaned_data["answer"] == "yes"
        record_answer(proposal=proposal, agrees=agrees, reason=form.cleaned_data["reason"], by=request.user)
        return FormAnswer(CONFIRMED if agrees else OBJECTED, place)

    page = {"part": proposal.part, "proposal": proposal_of_update(proposal)}
    return Writing(
        ConfirmForm, save, answer_once, Screen("recommendations/tracking/asking/confirm.html", page), place,
        why_not=why_not_confirm(proposal, request.user),
    ).answer(request)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.DECIDE, Decision)
def addendum(request: Request, decision: Decision) -> HttpResponse:
    """A dated note that corrects or completes a decision; the decision itself stays as it was minuted."""
    part = decision.part
    recorded = FormAnswer("Addendum recorded.", part.get_absolute_url())

    def save(form: DecisionForm) -> FormAnswer:
        ruling = form.ruling(corrects=decision)
        decide(part=part, ruling=ruling, version=form.seen, token=form.sent, by=request.user)
        return recorded

    return Writing(
        partial(DecisionForm, part=part, kind=DecisionKind.NOTE, today=today()), save, answer_each,
        Screen("recommendations/tracking/asking/addendum.html", {"part": part, "decision": decision}),
        part.get_absolute_url(), before=by_row(Decision, request.user, lambda _: recorded),
        why_not=why_not(part, DecisionKind.NOTE, request.user), clash=said_meanwhile(part, request.user),
    ).answer(request)  # fmt: skip
