"""Reports as they were printed, the list of them, and our reading of what they ask."""

from functools import partial

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from krscp.forms.writing import Screen, Writing
from recommendations.clashes import edited_meanwhile
from recommendations.models import Recommendation, Report
from recommendations.reports import columns
from recommendations.reports.forms import ReadingForm
from recommendations.reports.read import read_report, read_shelf
from recommendations.services.readings import edit_reading
from subgroups.access import Request, requires
from subgroups.files import send_list
from subgroups.permissions import Permission, can
from subgroups.sending import FormAnswer, answer_once


@require_safe
@requires(Permission.VIEW, Report)
def report(request: Request, report: Report) -> HttpResponse:
    """A report as it was printed, every paragraph with an address of its own."""
    context = {"text": read_report(report), "trail": [("Reports", reverse("reports"))]}
    return render(request, "recommendations/reports/show.html", context)


@require_safe
@requires(Permission.VIEW)
def reports(request: Request) -> HttpResponse:
    """All reports, with how their recommendations stand."""
    shelf = read_shelf(Report.objects.visible_to(request.user))
    may_import = can(request.user, Permission.IMPORT)
    return render(request, "recommendations/reports/list.html", {"shelf": shelf, "may_import": may_import})


@require_safe
@requires(Permission.EXPORT)
def export(request: Request, file_format: str) -> HttpResponseBase:
    """All reports, with how their recommendations stand."""
    return send_list(request, columns.shelf(read_shelf(Report.objects.visible_to(request.user))), file_format)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_READING, Recommendation)
def reading(request: Request, recommendation: Recommendation) -> HttpResponse:
    """Edit the short title and what the recommendation asks for."""
    place, make = recommendation.get_absolute_url(), partial(ReadingForm, recommendation=recommendation)

    def save(form: ReadingForm) -> FormAnswer:
        changes = {name: form.cleaned_data[name] for name in ("short_title", "asks_for", "asks_for_reason")}
        edit_reading(recommendation=recommendation, version=form.seen, by=request.user, **changes)
        return FormAnswer("Our reading saved.", place)

    heading = f"Our reading of recommendation {recommendation.number}"
    return Writing(
        make, save, answer_once, Screen("recommendations/reports/reading.html", {"recommendation": recommendation}),
        place, clash=edited_meanwhile(recommendation, request.user, make, heading),
    ).answer(request)  # fmt: skip
