"""The recommendations list, filtered, and the same selection as a file."""

from collections.abc import Callable
from datetime import date

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from krscp import clock
from krscp.columns import Stamp
from recommendations.exports import registers, word
from recommendations.filters import RecommendationFilter
from recommendations.models import Recommendation
from recommendations.register import rows, with_parts
from recommendations.services.exporting import log_export
from subgroups.access import Request, requires
from subgroups.permissions import Permission

ON_A_PAGE = 50


def chosen(request: Request) -> RecommendationFilter:
    """The filters in the address, over what the person may see."""
    visible = Recommendation.objects.visible_to(request.user)
    return RecommendationFilter(request.GET, visible, today=clock.today())


@require_safe
@requires(Permission.VIEW)
def register(request: Request) -> HttpResponse:
    """Every recommendation, or those that the address asks for."""
    selection = chosen(request)
    found = with_parts(selection.qs, selection.today)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    listed = rows(page, selection.today)
    context = {
        "filter": selection,
        "page": page,
        "rows": listed,
        "several_reports": len({row.report for row in listed}) > 1,
    }
    return render(request, "recommendations/register/list.html", context)


@require_safe
@requires(Permission.EXPORT)
def export(request: Request, file_format: str) -> HttpResponseBase:
    """The same selection as a file, marked; who took it is written down."""
    if file_format not in FILES:
        raise Http404("There is no such file format.")
    selection = chosen(request)
    parts = registers.exported(selection.qs, selection.today)
    log_export(
        what="Recommendations",
        file_format=file_format,
        filtered_by=selection.in_words,
        rows=parts.count(),
        by=request.user,
    )
    stamp = registers.stamp(clock.now(), selection.in_words)
    return FILES[file_format](parts, stamp, selection.today)


def csv_file(parts: QuerySet, stamp: Stamp, today: date) -> StreamingHttpResponse:
    """Sent row by row, so that a long register needs no more memory than a short one."""
    headers = attached("csv", today)
    return StreamingHttpResponse(registers.as_csv(parts, stamp, today), "text/csv; charset=utf-8", headers=headers)


def word_file(parts: QuerySet, stamp: Stamp, today: date) -> HttpResponse:
    return HttpResponse(word.as_word(parts, stamp, today), word.CONTENT_TYPE, headers=attached("docx", today))


def attached(file_format: str, today: date) -> dict[str, str]:
    """Saved under a name that says what and when, never shown in the browser."""
    disposition = content_disposition_header(True, f"recommendations-{today.isoformat()}.{file_format}")
    return {"Content-Disposition": disposition or "attachment"}


FILES: dict[str, Callable[[QuerySet, Stamp, date], HttpResponseBase]] = {"csv": csv_file, "docx": word_file}
