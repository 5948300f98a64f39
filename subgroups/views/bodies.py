"""Bodies: who they are, who holds their posts, what they own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from krscp.clock import today
from subgroups.access import requires
from subgroups.models import Body
from subgroups.permissions import Permission
from subgroups.seats import seats_of


@requires(Permission.VIEW)
def index(request: HttpRequest) -> HttpResponse:
    """All bodies, by kind."""
    return render(request, "subgroups/body/list.html", {"bodies": Body.objects.visible_to(request.user)})


@requires(Permission.VIEW, Body)
def show(request: HttpRequest, body: Body) -> HttpResponse:
    """One body: its names over time, posts and holders. Its recommendations come by the reverse relation."""
    context = {"body": body, "seats": seats_of(body, today()), "other_names": body.other_names.all()}
    return render(request, "subgroups/body/show.html", context)
