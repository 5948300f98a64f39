"""The pack and the minutes, to read, print and download; what a frozen review kept is given as it was kept."""

from functools import partial

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from krscp import clock
from krscp.files.documents import CONTENT_TYPE
from krscp.sealed_records import otherwise
from recommendations.models import PaperKind, Review
from recommendations.reviews.frozen.freezing import kept_paper, paper_now
from recommendations.reviews.page import Page
from recommendations.state.drawing import exceptions
from recommendations.state.front import front_of
from recommendations.state.reading import picture_of
from recommendations.state.record_form import read_picture
from subgroups.access import Request, requires
from subgroups.files import send_file
from subgroups.permissions import Permission


@require_safe
@requires(Permission.VIEW, Review)
def pack(request: Request, review: Review) -> HttpResponse:
    """The pack on screen, for print: exceptions one a page, then tables."""
    shown, place = picture_of(review, clock.today(), clock.now()), review.get_absolute_url()
    wholes, listed = shown.wholes, exceptions(shown)
    context = {"review": review, "page": Page(front_of(shown, None), f"{place}list/", place), "as_at": shown.as_at}
    context["sheets"] = [(wholes[row.part], row) for row in listed]
    return render(request, "recommendations/reviews/papers/pack.html", context)


@require_safe
@requires(Permission.EXPORT, Review)
def pack_file(request: Request, review: Review) -> HttpResponseBase:
    """The pack in Word; who took it is written down."""
    return paper(request, review, PaperKind.PACK)


@require_safe
@requires(Permission.EXPORT, Review)
def minutes_file(request: Request, review: Review) -> HttpResponseBase:
    """The minutes in Word; who took them is written down."""
    return paper(request, review, PaperKind.MINUTES)


def paper(request: Request, review: Review, kind: PaperKind) -> HttpResponseBase:
    """A frozen review gives what was made of it, whether or not its record can be read any more."""
    if review.is_frozen:
        content, rows = kept_paper(review, kind), otherwise(lambda: len(read_picture(review).rows), 0)
        make = partial(bytes, content)
    else:
        shown = picture_of(review, clock.today(), clock.now())
        make, rows = partial(paper_now, kind, shown), len(shown.rows)
    name = f"{kind.value}-{review.slug}.docx"
    return send_file(request, make, name, CONTENT_TYPE, what=f"{kind.label} of {review}", rows=rows)
