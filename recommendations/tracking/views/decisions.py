"""Decisions of the SLG outside a review: sign off, send back, agree a date or an owner, and more."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from krscp.clock import today
from krscp.templatetags.ui import display_date
from recommendations.domain.workflow import DecisionKind, WorkflowError
from recommendations.models import Decision, Part
from recommendations.services.decisions import decide as record
from recommendations.services.decisions import open_to, why_not
from recommendations.services.escalations import open_ask
from recommendations.services.records import EditClash
from recommendations.state.proposals import proposal_for, request_for
from recommendations.tracking.forms.decision import DecisionForm
from recommendations.writing.saying import (
    clash,
    combined,
    combines,
    keeps_theirs,
    not_taken,
    refuse_if,
    saved,
    sent_already,
)
from subgroups.access import Request, requires
from subgroups.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.DECIDE, Part, passing=("kind",))
def decide(request: Request, part: Part, kind: str) -> HttpResponse:
    """One decision about one part; refused with the reason where the policy says so."""
    chosen = by_slug(kind)
    if stays := keeps_theirs(request, part):
        return stays
    if before := sent_already(request, Decision):
        return after_deciding(request, part, before)
    both = combines(request, part)
    refuse_if(why_not(part, chosen, request.user))
    form = DecisionForm(request.POST or None, part=part, kind=chosen, today=today())
    page = {"part": part, "kind": chosen, "form": form}
    page |= {"proposal": proposal_for(part), "asked": request_for(part)}
    page["ask"] = open_ask(part)
    if chosen not in open_to(part):
        return not_taken(request, "recommendations/tracking/writing/no_decision.html", form, part=part, kind=chosen)
    if both:
        return combined(request, part, form, action=part.decide_url(chosen))
    if not form.is_careful():
        return render(request, "recommendations/tracking/writing/decide.html", page)
    try:
        decision = record(part=part, ruling=form.ruling(), version=form.seen, token=form.sent, by=request.user)
    except EditClash as error:
        return clash(request, error, form, action=part.decide_url(chosen))
    except WorkflowError as error:
        form.add_error(None, str(error))
        form.ask_again(part.asked.key if part.asked is not None else None)
        return render(request, "recommendations/tracking/writing/decide.html", page)
    return after_deciding(request, part, decision)


def after_deciding(request: Request, part: Part, decision: Decision) -> HttpResponse:
    """Say what was recorded, with the date it set."""
    date = f", {display_date(decision.agreed_date)}" if decision.agreed_date else ""
    return saved(request, part, f"Decision on {part} recorded: {decision.get_kind_display().lower()}{date}.")


def by_slug(slug: str) -> DecisionKind:
    """The kind of decision that an address names. Raises Http404."""
    for kind in DecisionKind:
        if kind.slug == slug:
            return kind
    raise Http404("There is no such decision.")
