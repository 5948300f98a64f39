"""The review dashboard: where everything stands, exceptions first."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from krscp.clock import today
from recommendations.dashboards.review import review_for
from subgroups.access import Request, requires
from subgroups.permissions import Permission


@require_safe
@requires(Permission.VIEW)
def dashboard(request: Request) -> HttpResponse:
    """Counts, exceptions, what waits for a decision, and the difference for children."""
    return render(request, "recommendations/review/dashboard.html", {"review": review_for(request.user, today())})
