"""The recommendations list, filtered."""

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from krscp import clock
from recommendations.models import Recommendation
from recommendations.register.filters import RecommendationFilter
from recommendations.register.listing import listing
from recommendations.register.read import rows, with_parts
from subgroups.access import Request, requires
from subgroups.files import send_list
from subgroups.permissions import Permission, can

ON_A_PAGE = 50


def chosen(request: Request) -> RecommendationFilter:
    """The filters in the address, over what the person may see; the page and its files ask the same."""
    visible = Recommendation.objects.visible_to(request.user)
    return RecommendationFilter(request.GET, visible, today=clock.today())


@require_safe
@requires(Permission.VIEW)
def register(request: Request) -> HttpResponse:
    """Every recommendation, or those that the address asks for."""
    selection = chosen(request)
    found = with_parts(selection.qs, selection.today)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": selection,
        "page": page,
        "rows": rows(page, selection.today),
        "may_import": can(request.user, Permission.IMPORT),
    }
    return render(request, "recommendations/register/list.html", context)


@require_safe
@requires(Permission.EXPORT)
def export(request: Request, file_format: str) -> HttpResponseBase:
    """The recommendations that the filters of the address find; for other programs as JSON too."""
    selection = chosen(request)
    found = listing(selection.qs, selection.today, file_format)
    return send_list(request, found, file_format, selection.in_words)
