"""Pages to read: a recommendation, its history, a report's text, the list of reports."""

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from krscp import clock
from recommendations.models import Recommendation, Report
from recommendations.tracking.forms.history import CompareDaysForm
from recommendations.tracking.history import columns
from recommendations.tracking.history.changes import changes_in, read_rows
from recommendations.tracking.history.compare import read_comparison
from recommendations.tracking.read import read_briefing
from recommendations.tracking.timeline import TimelineReader
from subgroups.access import Request, requires
from subgroups.files import send_list
from subgroups.permissions import Permission, can

CHANGES_A_PAGE = 40


@require_safe
@requires(Permission.VIEW, Recommendation)
def recommendation(request: Request, recommendation: Recommendation) -> HttpResponse:
    """One recommendation: wording, owners, difference for children, and all that was said and decided."""
    reader = TimelineReader(request.user, clock.now())
    context = {
        "trail": trail(recommendation.report),
        "recommendation": recommendation,
        "briefing": read_briefing(recommendation, reader, clock.today()),
        "may_edit_reading": can(request.user, Permission.EDIT_READING, recommendation),
    }
    return render(request, "recommendations/tracking/page.html", context)


@require_safe
@requires(Permission.VIEW, Recommendation)
def history(request: Request, recommendation: Recommendation) -> HttpResponse:
    """Every change to a recommendation, its parts and its owners, the latest first; any two days side by side."""
    rows = read_rows(recommendation)
    changes = changes_in(rows)
    comparison = read_comparison(rows, changes, request.GET)
    context = {
        "recommendation": recommendation,
        "comparison": comparison,
        "form": CompareDaysForm(comparison.choices, comparison.earlier, comparison.later),
        "changes": Paginator(changes, CHANGES_A_PAGE).get_page(request.GET.get("page")),
        "trail": [*trail(recommendation.report), (str(recommendation), recommendation.get_absolute_url())],
    }
    return render(request, "recommendations/tracking/history.html", context)


def trail(report: Report) -> list[tuple[str, str]]:
    """The way back from a recommendation."""
    return [("Recommendations", reverse("recommendations")), (report.short_title, report.get_absolute_url())]


@require_safe
@requires(Permission.EXPORT, Recommendation, passing=("file_format",))
def export(request: Request, recommendation: Recommendation, file_format: str) -> HttpResponseBase:
    """Every change to one recommendation, on all of its pages."""
    return send_list(request, columns.listing(recommendation, changes_in(read_rows(recommendation))), file_format)
