"""Who took which file out, when, filtered how: for those who answer for the data."""

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from subgroups.access import Request, requires
from subgroups.audit import columns
from subgroups.audit.read import taken_out
from subgroups.files import send_list
from subgroups.permissions import Permission

ON_A_PAGE = 50


@require_safe
@requires(Permission.AUDIT)
def export_log(request: Request) -> HttpResponse:
    """Every file that was made, the latest first."""
    page = Paginator(taken_out(), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "subgroups/audit/log.html", {"page": page})


@require_safe
@requires(Permission.AUDIT)
def export(request: Request, file_format: str) -> HttpResponseBase:
    """Who took which file out: only for those who may read that."""
    return send_list(request, columns.exported(taken_out()), file_format)
