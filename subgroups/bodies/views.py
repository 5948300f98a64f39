"""Bodies: who they are, who holds their posts, what they own."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from krscp.clock import today
from subgroups.access import Request, requires
from subgroups.bodies import columns
from subgroups.bodies.holdings import bodies_by_kind, counted, holdings_of
from subgroups.files import send_list
from subgroups.models import Body, NameKind
from subgroups.people.seats import seats_of
from subgroups.permissions import Permission


@require_safe
@requires(Permission.VIEW)
def index(request: Request) -> HttpResponse:
    """All bodies, by kind."""
    groups = bodies_by_kind(counted(Body.objects.visible_to(request.user)))
    return render(request, "subgroups/bodies/list.html", {"groups": groups})


@require_safe
@requires(Permission.VIEW, Body)
def show(request: Request, body: Body) -> HttpResponse:
    """One body: its names over time, its posts and their holders, what it leads and supports."""
    names = list(body.other_names.all())
    context = {
        "trail": [("Bodies", reverse("bodies"))],
        "body": body,
        "aliases": [name for name in names if name.kind == NameKind.ALIAS],
        "past_names": [name for name in names if name.kind == NameKind.PAST],
        "seats": seats_of(body, today()),
        "holdings": holdings_of(body, request.GET.get("leads"), request.GET.get("supports")),
    }
    return render(request, "subgroups/bodies/show.html", context)


@require_safe
@requires(Permission.EXPORT)
def export(request: Request, file_format: str) -> HttpResponseBase:
    """All bodies and their posts."""
    return send_list(request, columns.bodies(Body.objects.visible_to(request.user), today()), file_format)


@require_safe
@requires(Permission.EXPORT, Body, passing=("file_format",))
def export_body(request: Request, body: Body, file_format: str) -> HttpResponseBase:
    """What one body leads and supports."""
    return send_list(request, columns.items(body), file_format)
