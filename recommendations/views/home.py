"""Home: what needs the signed-in person now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from krscp.clock import today
from recommendations.dashboards.home import home_for
from subgroups.access import requires
from subgroups.permissions import Permission


@require_safe
@requires(Permission.VIEW)
def home(request: HttpRequest) -> HttpResponse:
    """What needs this person now, from the posts held today."""
    return render(request, "recommendations/home/home.html", {"home": home_for(request.user, today())})
