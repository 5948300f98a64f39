"""Every list as CSV, Excel or Word: what its page shows, marked, and who took it written down in this room's log."""

from datetime import datetime
from functools import partial

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from krscp import clock
from krscp.downloads import CONTENT_TYPES, MOST_IN_WORD, Listing, file_name, made
from krscp.formats import FORMATS
from recommendations.briefing.changes import changes_in, read_rows
from recommendations.briefing.report import read_shelf
from recommendations.exports import lists, machine, registers
from recommendations.models import ExportRecord, Recommendation, Report, Review
from recommendations.reviews.counts import asked_for, chosen, in_words
from recommendations.reviews.picture import Picture
from recommendations.reviews.reading import picture_at, picture_now, picture_of
from recommendations.views.files import send_file
from recommendations.views.past import before_records, real_day
from recommendations.views.register import chosen as chosen_of_register
from recommendations.views.reviews import compared, comparison, listed
from subgroups import exports
from subgroups.access import Request, requires
from subgroups.models import Body
from subgroups.permissions import Permission


def send(
    request: Request, listing: Listing, file_format: str, filtered: str = "", as_at: datetime | None = None
) -> HttpResponseBase:
    """The list as a file, written down first; a page in plain words where Word cannot take it."""
    if file_format not in FORMATS:
        raise Http404("There is no such file format.")
    if listing.is_too_long_for(file_format):
        place = request.path.removesuffix(f"export/{file_format}/")
        context = {"count": listing.count, "most": MOST_IN_WORD, "place": place}
        return render(request, "pages/too_long.html", context, status=422)
    make = partial(made, listing, file_format, registers.stamp(as_at or clock.now(), filtered))
    name, told = file_name(listing, file_format, clock.today()), CONTENT_TYPES[file_format]
    return send_file(request, make, name, told, what=listing.title, rows=listing.count, filtered=filtered)


@require_safe
@requires(Permission.EXPORT)
def register(request: Request, file_format: str) -> HttpResponseBase:
    """The recommendations that the filters of the address find; for other programs as JSON too."""
    selection = chosen_of_register(request)
    if file_format == machine.FORMAT:
        make, name = partial(machine.as_json, selection.qs, selection.today), f"recommendations-{selection.today}.json"
        told = {"what": "Recommendations", "rows": selection.qs.count(), "filtered": selection.in_words}
        return send_file(request, make, name, "application/json", **told)
    parts = registers.exported(selection.qs, selection.today)
    return send(request, lists.register(parts, selection.today), file_format, selection.in_words)


@require_safe
@requires(Permission.EXPORT)
def reports(request: Request, file_format: str) -> HttpResponseBase:
    """All reports, with how their recommendations stand."""
    return send(request, lists.shelf(read_shelf(Report.objects.visible_to(request.user))), file_format)


@require_safe
@requires(Permission.EXPORT)
def reviews(request: Request, file_format: str) -> HttpResponseBase:
    """All reviews, those to come first."""
    coming, frozen = listed(request.user)
    return send(request, lists.reviews([*coming, *frozen]), file_format)


@require_safe
@requires(Permission.EXPORT, Recommendation, passing=("file_format",))
def history(request: Request, recommendation: Recommendation, file_format: str) -> HttpResponseBase:
    """Every change to one recommendation, on all of its pages."""
    return send(request, lists.history(recommendation, changes_in(read_rows(recommendation))), file_format)


@require_safe
@requires(Permission.EXPORT)
def bodies(request: Request, file_format: str) -> HttpResponseBase:
    """All bodies and their posts."""
    return send(request, exports.bodies(Body.objects.visible_to(request.user), clock.today()), file_format)


@require_safe
@requires(Permission.EXPORT, Body, passing=("file_format",))
def body(request: Request, body: Body, file_format: str) -> HttpResponseBase:
    """What one body leads and supports."""
    return send(request, exports.items(body), file_format)


@require_safe
@requires(Permission.MANAGE_PEOPLE)
def people(request: Request, file_format: str) -> HttpResponseBase:
    """Who holds which post, with email addresses: only for those who keep them."""
    return send(request, exports.people(clock.today()), file_format)


@require_safe
@requires(Permission.AUDIT)
def export_log(request: Request, file_format: str) -> HttpResponseBase:
    """Who took which file out: only for those who may read that."""
    return send(request, lists.exported(ExportRecord.objects.all()), file_format)


@require_safe
@requires(Permission.EXPORT, Review, passing=("file_format",))
def decisions(request: Request, review: Review, file_format: str) -> HttpResponseBase:
    """A review's decision log: what was frozen, once it is."""
    shown, _ = picture_of(review, request.user, clock.today(), clock.now())
    return send(request, lists.decision_log(shown), file_format, as_at=shown.as_at)


@require_safe
@requires(Permission.EXPORT, Review, passing=("file_format",))
def review_list(request: Request, review: Review, file_format: str) -> HttpResponseBase:
    """The recommendations behind a figure of the review, as the review shows them."""
    shown, _ = picture_of(review, request.user, clock.today(), clock.now())
    return send_list(request, compared(shown, comparison(request, review)), file_format)


@require_safe
@requires(Permission.EXPORT)
def now_list(request: Request, file_format: str) -> HttpResponseBase:
    """The recommendations behind a figure of how things stand now."""
    shown, _ = picture_now(request.user, clock.today(), clock.now())
    return send_list(request, shown, file_format)


@require_safe
@requires(Permission.EXPORT)
def as_at_list(request: Request, day: str, file_format: str) -> HttpResponseBase:
    """The recommendations behind a figure of an earlier day."""
    if before_records(real_day(day)):
        raise Http404("Nothing is recorded on that day.")
    return send_list(request, picture_at(real_day(day)), file_format)


def send_list(request: Request, shown: Picture, file_format: str) -> HttpResponseBase:
    """The same selection as the page, as at the moment that the picture shows."""
    asked = asked_for(request.GET)
    listing = lists.behind_a_figure(shown, chosen(shown, asked))
    return send(request, listing, file_format, in_words(shown, asked), shown.as_at)
