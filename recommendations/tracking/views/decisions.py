"""Decisions of the SLG outside a review: sign off, send back, agree a date or an owner, and more."""

from functools import partial

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from krscp.clock import today
from krscp.days import display_date
from krscp.forms.writing import Screen, Writing
from recommendations.clashes import STATEMENTS, said_meanwhile
from recommendations.domain.kinds import DecisionKind
from recommendations.models import Decision, Part
from recommendations.services.decisions import decide as record
from recommendations.services.decisions import open_to, why_not
from recommendations.services.escalations import open_ask
from recommendations.state.proposals import proposal_for, request_for
from recommendations.tracking.forms.decision import DecisionForm, seen_of
from subgroups.access import Request, requires
from subgroups.permissions import Permission
from subgroups.sending import FormAnswer, answer_each, by_row


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.DECIDE, Part, passing=("kind",))
def decide(request: Request, part: Part, kind: str) -> HttpResponse:
    """One decision about one part; refused with the reason where the policy says so."""
    chosen = by_slug(kind)

    def save(form: DecisionForm) -> FormAnswer:
        ruling = form.ruling()
        return answer_to(record(part=part, ruling=ruling, version=form.seen, token=form.sent, by=request.user))

    page = {"part": part, "kind": chosen, "ask": open_ask(part)}
    page |= {"proposal": proposal_for(part), "asked": request_for(part)}
    shut = Screen("recommendations/tracking/writing/no_decision.html", {"part": part, "kind": chosen}, status=409)
    return Writing(
        partial(DecisionForm, part=part, kind=chosen, today=today()), save, answer_each,
        Screen("recommendations/tracking/writing/decide.html", page), part.get_absolute_url(),
        before=by_row(Decision, request.user, answer_to), why_not=why_not(part, chosen, request.user),
        closed=shut if chosen not in open_to(part) else None,
        clash=said_meanwhile(part, request.user, Screen(STATEMENTS, {"action": part.decide_url(chosen)})),
        asked=seen_of(part) if chosen == DecisionKind.ANSWER else {},
    ).answer(request)  # fmt: skip


def answer_to(decision: Decision) -> FormAnswer:
    """Say what was recorded, with the date it set."""
    date = f", {display_date(decision.agreed_date)}" if decision.agreed_date else ""
    words = f"Decision on {decision.part} recorded: {decision.get_kind_display().lower()}{date}."
    return FormAnswer(words, decision.part.get_absolute_url())


def by_slug(slug: str) -> DecisionKind:
    """The kind of decision that an address names. Raises Http404."""
    for kind in DecisionKind:
        if kind.slug == slug:
            return kind
    raise Http404("There is no such decision.")
