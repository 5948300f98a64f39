"""The annual report: choose what goes in, see it, keep it once its period is over, take it as a file."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from krscp import clock
from recommendations.annual.files import FORMATS, file_name, rows_of, stamp_of
from recommendations.annual.keeping import built_of, file_of, made
from recommendations.forms.annual import AnnualForm
from recommendations.models import AnnualReport
from recommendations.reviews.past import first_day
from recommendations.services import annual as services
from recommendations.services.exporting import log_export
from recommendations.workflow import WorkflowError
from subgroups.access import Request, requires
from subgroups.permissions import Permission

BUILDER = "recommendations/annual/builder.html"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ANNUAL_REPORT)
def builder(request: Request) -> HttpResponse:
    """Choose title, period and sections; below, what was saved before."""
    form = AnnualForm(request.POST or None, today=clock.today(), records_begin=first_day())
    if not form.is_careful():
        saved = AnnualReport.objects.visible_to(request.user).select_related("run")
        page = {"form": form, "saved": [(one, one.is_over(clock.today())) for one in saved]}
        return render(request, BUILDER, page)
    return build(request, form)


def build(request: Request, form: AnnualForm) -> HttpResponse:
    """Save the choices, keep the report if its period is over, and show it."""
    report = services.build(choices=form.choices(), token=form.sent, by=request.user)
    services.keep(report=report, draw=made, by=request.user)
    return HttpResponseRedirect(report.get_absolute_url())


@require_safe
@requires(Permission.ANNUAL_REPORT, AnnualReport)
def page(request: Request, report: AnnualReport) -> HttpResponse:
    """The report on screen, with its files; what was kept, once it is."""
    built = built_of(report)
    context = {"report": report, "built": built, "over": report.is_over(clock.today()), "formats": FORMATS}
    return render(request, "recommendations/annual/page.html", context | {"as_at": built.as_at})


@require_POST
@requires(Permission.ANNUAL_REPORT, AnnualReport)
def run(request: Request, report: AnnualReport) -> HttpResponse:
    """Run a saved report again: of a period that is over it is kept for good, the first time."""
    services.keep(report=report, draw=made, by=request.user)
    return HttpResponseRedirect(report.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ANNUAL_REPORT, AnnualReport)
def change(request: Request, report: AnnualReport) -> HttpResponse:
    """Change the choices of a report that is not kept; from one that is, another is built."""
    form = AnnualForm(request.POST or None, report=report, today=clock.today(), records_begin=first_day())
    shown = {"form": form, "report": report, "changes": list(report.history.all())}
    if not form.is_careful():
        return render(request, BUILDER, shown)
    if report.kept is not None:
        return build(request, form)
    try:
        services.change(report=report, choices=form.choices(), version=form.seen, by=request.user)
    except WorkflowError as error:
        form.add_error(None, str(error))
        form.look_again(AnnualReport.objects.at(report.pk).version)
        return render(request, BUILDER, shown, status=409)
    services.keep(report=report, draw=made, by=request.user)
    messages.success(request, "Choices saved.")
    return HttpResponseRedirect(report.get_absolute_url())


@require_safe
@requires(Permission.ANNUAL_REPORT, AnnualReport, passing=("file_format",))
def export(request: Request, report: AnnualReport, file_format: str) -> HttpResponse:
    """The report as a file, marked; who took it is written down. One to be kept first leads to its page."""
    if file_format not in FORMATS:
        raise Http404("There is no such file format.")
    if report.kept is None and report.is_over(clock.today()):
        messages.info(request, "The period has ended. Run the report: then its files are kept and do not change.")
        return HttpResponseRedirect(report.get_absolute_url())
    kind, built = FORMATS[file_format], built_of(report)
    content = file_of(report, file_format, built)
    what, about = f"Annual report: {report.title}", stamp_of(built).filtered
    log_export(what=what, file_format=kind.ending, filtered_by=about, rows=rows_of(built), by=request.user)
    name = content_disposition_header(True, file_name(report, kind)) or "attachment"
    return HttpResponse(content, kind.content_type, headers={"Content-Disposition": name})
