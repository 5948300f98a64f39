"""The review: its page, what it is compared with, and the lists behind its figures."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from krscp import clock
from recommendations.models import Review
from recommendations.reviews import columns
from recommendations.reviews.forms import CompareForm
from recommendations.reviews.page import page_of
from recommendations.state.board import earlier_than, on_a_day, with_review
from recommendations.state.counts import asked_for, chosen, in_words
from recommendations.state.past import first_day
from recommendations.state.picture import Picture
from recommendations.state.reading import compared_with, picture_now, picture_of
from subgroups.access import Request, requires
from subgroups.files import send_list
from subgroups.models import User
from subgroups.permissions import Permission, can

FROZEN = "Frozen record. It does not change."
REBUILT = "Rebuilt from the record of every change. Nothing recorded later changes it."
SO_FAR = "Rebuilt from the record of every change so far today."


@require_safe
@requires(Permission.VIEW)
def index(request: Request) -> HttpResponse:
    """The reviews there are, and where everything stands now."""
    shown, board = picture_now(request.user, clock.today(), clock.now())
    coming, frozen = listed(request.user)
    context = {
        "upcoming": coming,
        "frozen": frozen,
        "may_run": can(request.user, Permission.RUN_REVIEWS),
        "page": page_of(shown, board, request.user, f"{reverse('reviews')}now/"),
        "unread": [stood.review.dated_title for stood in board.trends if stood.rebuilt],
    }
    return render(request, "recommendations/reviews/index.html", context)


def listed(reader: User) -> tuple[list[Review], list[Review]]:
    """The reviews to come, the next one first, and the frozen ones, the latest first."""
    found = list(Review.objects.visible_to(reader).with_freeze())
    coming = sorted((one for one in found if not one.is_frozen), key=lambda one: one.held_on)
    return coming, [one for one in found if one.is_frozen]


@require_safe
@requires(Permission.VIEW, Review)
def review(request: Request, review: Review) -> HttpResponse:
    """For decision, exceptions, what changed, children, counts, learning: live until it is frozen."""
    shown, board = picture_of(review, request.user, clock.today(), clock.now())
    compare = comparison(request, review)
    shown = compared(shown, compare)
    page = page_of(shown, board, request.user, review.get_absolute_url())
    context = {"review": review, "page": page, "compare": compare}
    context |= {"may_run": can(request.user, Permission.RUN_REVIEWS), "as_at": shown.as_at}
    context["may_record"] = context["may_run"] or can(request.user, Permission.DECIDE)
    return render(request, "recommendations/reviews/show.html", context)


def comparison(request: Request, review: Review) -> CompareForm:
    """What the reader asks to compare with, besides what the review was set up with."""
    return CompareForm(request.GET or None, reviews=earlier_than(review), today=clock.today(), first=first_day())


def compared(shown: Picture, compare: CompareForm) -> Picture:
    """The picture beside what the reader chose; a date goes before a review."""
    if not compare.is_valid():
        return shown
    day, slug = compare.cleaned_data["day"], compare.cleaned_data["compare"]
    if day is None and not slug:
        return shown
    what, before = on_a_day(day) if day is not None else with_review(Review.objects.at(slug))
    return shown if what is None or before is None else compared_with(shown, what, before)


@require_safe
@requires(Permission.VIEW, Review)
def listing(request: Request, review: Review) -> HttpResponse:
    """The recommendations behind a figure of the review, as the review shows them."""
    shown, _ = picture_of(review, request.user, clock.today(), clock.now())
    place = review.get_absolute_url()
    return show_list(request, compared(shown, comparison(request, review)), place, place if review.is_frozen else "")


@require_safe
@requires(Permission.VIEW)
def now_list(request: Request) -> HttpResponse:
    """The recommendations behind a figure of how things stand now."""
    shown, _ = picture_now(request.user, clock.today(), clock.now())
    return show_list(request, shown, reverse("reviews"), "")


def show_list(request: Request, shown: Picture, back: str, prefix: str) -> HttpResponse:
    """`prefix` is the address under which recommendations stand as they were; "" for as they are."""
    asked = asked_for(request.GET)
    context = {"shown": shown, "found": chosen(shown, asked), "words": in_words(shown, asked), "back": back}
    context["page"] = {"prefix": prefix}
    context["standing"] = standing_of(shown, prefix)
    return render(request, "recommendations/reviews/picture/list.html", context | {"as_at": shown.as_at})


def standing_of(shown: Picture, prefix: str) -> str:
    """What kind of record is shown, where it is not how things stand now."""
    if not prefix:
        return ""
    if shown.slug:
        return FROZEN
    return REBUILT if shown.day < clock.today() else SO_FAR


@require_safe
@requires(Permission.VIEW, Review)
def log(request: Request, review: Review) -> HttpResponse:
    """The decision log: number, decision, owner, date."""
    shown, _ = picture_of(review, request.user, clock.today(), clock.now())
    return render(request, "recommendations/reviews/decisions.html", {"review": review, "shown": shown})


@require_safe
@requires(Permission.EXPORT)
def export(request: Request, file_format: str) -> HttpResponseBase:
    """All reviews, those to come first."""
    coming, frozen = listed(request.user)
    return send_list(request, columns.reviews([*coming, *frozen]), file_format)


@require_safe
@requires(Permission.EXPORT, Review, passing=("file_format",))
def export_log(request: Request, review: Review, file_format: str) -> HttpResponseBase:
    """A review's decision log: what was frozen, once it is."""
    shown, _ = picture_of(review, request.user, clock.today(), clock.now())
    return send_list(request, columns.decision_log(shown), file_format, as_at=shown.as_at)


@require_safe
@requires(Permission.EXPORT, Review, passing=("file_format",))
def export_listing(request: Request, review: Review, file_format: str) -> HttpResponseBase:
    """The recommendations behind a figure of the review, as the review shows them."""
    shown, _ = picture_of(review, request.user, clock.today(), clock.now())
    return send_chosen(request, compared(shown, comparison(request, review)), file_format)


@require_safe
@requires(Permission.EXPORT)
def export_now_list(request: Request, file_format: str) -> HttpResponseBase:
    """The recommendations behind a figure of how things stand now."""
    shown, _ = picture_now(request.user, clock.today(), clock.now())
    return send_chosen(request, shown, file_format)


def send_chosen(request: Request, shown: Picture, file_format: str) -> HttpResponseBase:
    """The same selection as the page, as at the moment that the picture shows."""
    asked = asked_for(request.GET)
    listing = columns.behind_a_figure(shown, chosen(shown, asked))
    return send_list(request, listing, file_format, in_words(shown, asked), shown.as_at)
