"""Who took which file out, when, filtered how: for those who answer for the data."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recommendations.models import ExportRecord
from subgroups.access import Request, requires
from subgroups.permissions import Permission

ON_A_PAGE = 50


@require_safe
@requires(Permission.AUDIT)
def export_log(request: Request) -> HttpResponse:
    """Every file that was made, the latest first."""
    page = Paginator(ExportRecord.objects.all(), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "recommendations/exported/log.html", {"page": page})
