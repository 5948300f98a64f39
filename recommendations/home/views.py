"""Home: what needs the signed-in person now."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from krscp.clock import today
from recommendations.home.read import home_for
from subgroups.access import Request, requires
from subgroups.permissions import Permission


@require_safe
@requires(Permission.VIEW)
def home(request: Request) -> HttpResponse:
    """What needs this person now, from the posts held today."""
    return render(request, "recommendations/home/home.html", {"home": home_for(request.user, today())})
