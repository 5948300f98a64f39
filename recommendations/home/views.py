"""Home: what needs the signed-in person now, and each of its lists in full."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from krscp.clock import today
from recommendations.home import read
from recommendations.home.read import Reader, home_for, own_work, page_of, to_chase
from recommendations.state.waiting import for_decision
from subgroups.access import Request, requires
from subgroups.permissions import Permission, can, may_decide_or_record


@require_safe
@requires(Permission.VIEW)
def home(request: Request) -> HttpResponse:
    """What needs this person now, from the posts held today."""
    return render(request, "recommendations/home/home.html", {"home": home_for(request.user, today())})


@require_safe
@requires(Permission.VIEW)
def decisions(request: Request) -> HttpResponse:
    """All that waits for the SLG, by kind: for those who decide, and who record it."""
    reader = _of_the_slg(request)
    page, shown, state = page_of(reader, reader.decisions(), request.GET.get("page"))
    waiting = for_decision(state, request.user, shown)
    title = "For decision" if can(request.user, Permission.DECIDE) else "Waiting for the SLG"
    return render(request, "recommendations/home/decisions.html", {"page": page, "decisions": waiting, "title": title})


@require_safe
@requires(Permission.VIEW)
def exceptions(request: Request) -> HttpResponse:
    """All that is off track or overdue, for the same people."""
    reader = _of_the_slg(request)
    page, shown, state = page_of(reader, reader.exceptions(), request.GET.get("page"))
    context = {"page": page, "exceptions": read.exceptions(state, shown)}
    return render(request, "recommendations/home/exceptions.html", context)


@require_safe
@requires(Permission.UPDATE)
def yours(request: Request) -> HttpResponse:
    """All that the bodies this person leads lead: what needs an answer, then the rest."""
    reader = Reader(request.user, today())
    page, shown, state = page_of(reader, reader.own(), request.GET.get("page"))
    context = {"page": page, "own": own_work(state, request.user, shown, [])}
    return render(request, "recommendations/home/yours.html", context)


@require_safe
@requires(Permission.RUN_REVIEWS)
def chase(request: Request) -> HttpResponse:
    """All that is overdue or quiet, for the Manager, who sends the reminders."""
    reader = Reader(request.user, today())
    page, shown, state = page_of(reader, reader.chase(), request.GET.get("page"))
    return render(request, "recommendations/home/chase.html", {"page": page, "items": to_chase(state, shown)})


def _of_the_slg(request: Request) -> Reader:
    if not may_decide_or_record(request.user):
        raise PermissionDenied("", Permission.DECIDE)
    return Reader(request.user, today())
