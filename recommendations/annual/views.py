"""The annual report: choose what goes in, see it, keep it once its period is over, take it as a file."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from krscp import background, clock
from krscp.files.downloads import FILE_FORMATS
from krscp.forms.writing import Screen, Writing
from krscp.sealed_records import otherwise
from recommendations.annual.files import FORMATS, as_one_csv, file_name, stamp_of, table_of, told
from recommendations.annual.forms import AnnualForm
from recommendations.annual.keeping import built_of, drawn, is_being_made, kept_file
from recommendations.clashes import edited_meanwhile
from recommendations.models import AnnualReport
from recommendations.services import annual as services
from recommendations.state.source import first_day
from subgroups.access import Request, requires
from subgroups.files import send_file
from subgroups.models import User
from subgroups.permissions import Permission
from subgroups.sending import FormAnswer, answer_once

BUILDER = "recommendations/annual/builder.html"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ANNUAL_REPORT)
def builder(request: Request) -> HttpResponse:
    """Choose title, period and sections; below, what was saved before."""
    saved = AnnualReport.objects.visible_to(request.user).select_related("run")
    return choose(request, None, {"saved": [(one, one.is_over(clock.today())) for one in saved]})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ANNUAL_REPORT, AnnualReport)
def change(request: Request, report: AnnualReport) -> HttpResponse:
    """Change the choices of a report that is not kept; from one that is, another is built."""
    return choose(request, report, {"report": report, "changes": list(report.history.all())})


def choose(request: Request, report: AnnualReport | None, page: dict[str, Any]) -> HttpResponse:
    """The choices of a report, new or saved."""
    make = partial(AnnualForm, report=report, today=clock.today(), records_begin=first_day())

    def save(form: AnnualForm) -> FormAnswer:
        if report is None or report.kept is not None:
            return built(form.sent, form.choices(), request.user)
        services.change(report=report, choices=form.choices(), version=form.seen, by=request.user)
        return kept(report, request.user, "Choices saved.")

    return Writing(
        make, save, answer_once, Screen(BUILDER, page),
        report.get_absolute_url() if report else reverse("annual_report"),
        clash=edited_meanwhile(report, request.user, make, f"Choices of {report}") if report else None,
    ).answer(request)  # fmt: skip


def built(token: UUID, choices: services.Choices, by: User) -> FormAnswer:
    """Save the choices, keep the report if its period is over, and show it."""
    return kept(services.build(choices=choices, token=token, by=by), by)


def kept(report: AnnualReport, by: User, words: str = "") -> FormAnswer:
    """Keep the report if its period is over, have its files made, and show it."""
    if is_being_made(services.keep(report=report, draw=drawn, by=by)):
        background.start("make_papers")
    return FormAnswer(words, report.get_absolute_url())


@require_safe
@requires(Permission.ANNUAL_REPORT, AnnualReport)
def page(request: Request, report: AnnualReport) -> HttpResponse:
    """The report on screen, with its files; what was kept, once it is."""
    built = built_of(report)
    context = {"report": report, "built": built, "over": report.is_over(clock.today()), "formats": FORMATS}
    context |= {"as_at": built.as_at, "being_made": is_being_made(report.kept)}
    return render(request, "recommendations/annual/page.html", context)


@require_POST
@requires(Permission.ANNUAL_REPORT, AnnualReport)
def run(request: Request, report: AnnualReport) -> HttpResponse:
    """Run a saved report again: of a period that is over it is kept for good, the first time."""
    return answer_once(request, lambda: kept(report, request.user))


@require_safe
@requires(Permission.ANNUAL_REPORT, AnnualReport, passing=("file_format",))
def export(request: Request, report: AnnualReport, file_format: str) -> HttpResponseBase:
    """The report as a file, marked; who took it is written down. One to be kept first leads to its page."""
    if file_format not in FORMATS:
        raise Http404("There is no such file format.")
    if report.kept is None and report.is_over(clock.today()):
        return to_be_run(request, report)
    kind = FORMATS[file_format]
    run = report.kept
    make = partial(kind.make, built_of(report)) if run is None else partial(bytes, kept_file(run, file_format))
    about, rows = otherwise(lambda: told(built_of(report)), ("", 0))
    name, what = file_name(report, f".{kind.ending}"), f"Annual report: {report.title}"
    return send_file(request, make, name, kind.content_type, what=what, rows=rows, filtered=about)


@require_safe
@requires(Permission.ANNUAL_REPORT, AnnualReport, passing=("slug",))
def one_table(request: Request, report: AnnualReport, slug: str) -> HttpResponseBase:
    """One table of the report as one CSV file, marked; who took it is written down."""
    if report.kept is None and report.is_over(clock.today()):
        return to_be_run(request, report)
    built = built_of(report)
    found = table_of(built, slug)
    if found is None:
        raise Http404("There is no such table.")
    what, about = f"{found.caption}: {report.title}", stamp_of(built).filtered
    make, name = partial(as_one_csv, built, found), file_name(report, f"-{slug}.csv")
    told_as = FILE_FORMATS["csv"].content_type
    return send_file(request, make, name, told_as, what=what, rows=len(found.rows), filtered=about)


def to_be_run(request: Request, report: AnnualReport) -> HttpResponse:
    """What is to be kept is kept first."""
    messages.info(request, "The period has ended. Run the report: then its files are kept and do not change.")
    return HttpResponseRedirect(report.get_absolute_url())
