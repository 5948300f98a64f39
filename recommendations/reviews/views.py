"""The review: its page, what it is compared with, and the lists behind its figures."""

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from krscp import clock
from recommendations.models import Review
from recommendations.reviews import columns
from recommendations.reviews.forms import CompareForm
from recommendations.reviews.page import Page
from recommendations.state.behind import Behind, behind_now, behind_review
from recommendations.state.board import Comparison, earlier_than, last_reviews, on_a_day, with_review
from recommendations.state.chosen import asked_for
from recommendations.state.picture import Picture
from recommendations.state.reading import facts_of, front_now, front_of_review
from recommendations.state.source import first_day
from subgroups.access import Request, requires
from subgroups.files import send_list
from subgroups.models import User
from subgroups.permissions import Permission, can

FROZEN = "Frozen record. It does not change."
REBUILT = "Rebuilt from the record of every change. Nothing recorded later changes it."
SO_FAR = "Rebuilt from the record of every change so far today."
ON_A_PAGE = 50


@require_safe
@requires(Permission.VIEW)
def index(request: Request) -> HttpResponse:
    """The reviews there are, and where everything stands now."""
    last = last_reviews()
    front, parts = front_now(clock.today(), clock.now(), [stood.moment for stood in last])
    coming, frozen = listed(request.user)
    context = {
        "upcoming": coming,
        "frozen": frozen,
        "may_run": can(request.user, Permission.RUN_REVIEWS),
        "page": Page(front, f"{reverse('reviews')}now/list/", reader=request.user, parts=parts),
        "unread": [stood.review.dated_title for stood in last if stood.rebuilt],
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
    compare = comparison(request, review)
    beside = compared(compare)
    front, parts = front_of_review(review, clock.today(), clock.now(), beside)
    place = review.get_absolute_url()
    prefix, asked = place if review.is_frozen else "", request.GET.dict() if beside is not None else {}
    page = Page(front, f"{place}list/", prefix, request.user, parts, asked)
    context = {"review": review, "page": page, "compare": compare}
    context |= {"may_run": can(request.user, Permission.RUN_REVIEWS), "as_at": front.picture.as_at}
    context["may_record"] = context["may_run"] or can(request.user, Permission.DECIDE)
    return render(request, "recommendations/reviews/show.html", context)


def comparison(request: Request, review: Review) -> CompareForm:
    """What the reader asks to compare with, besides what the review was set up with."""
    return CompareForm(request.GET or None, reviews=earlier_than(review), today=clock.today(), first=first_day)


def compared(compare: CompareForm) -> Comparison | None:
    """What the reader chose to compare with; a date goes before a review."""
    if not compare.is_valid():
        return None
    day, slug = compare.cleaned_data["day"], compare.cleaned_data["compare"]
    if day is not None:
        return on_a_day(day)
    return with_review(Review.objects.at(slug)) if slug else None


@require_safe
@requires(Permission.VIEW, Review)
def listing(request: Request, review: Review) -> HttpResponse:
    """The recommendations behind a figure of the review, as the review shows them."""
    place = review.get_absolute_url()
    return show_list(request, behind(request, review), place, place if review.is_frozen else "")


def behind(request: Request, review: Review) -> Behind:
    beside = compared(comparison(request, review))
    return behind_review(review, clock.today(), clock.now(), asked_for(request.GET), beside)


@require_safe
@requires(Permission.VIEW)
def now_list(request: Request) -> HttpResponse:
    """The recommendations behind a figure of how things stand now."""
    return show_list(request, behind_now(clock.today(), clock.now(), asked_for(request.GET)), reverse("reviews"), "")


def show_list(request: Request, found: Behind, back: str, prefix: str) -> HttpResponse:
    """`prefix` is the address under which recommendations stand as they were; "" for as they are."""
    listed = Paginator(found.keys, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "shown": found.shown, "listed": listed, "found": found.draw(list(listed.object_list)), "words": found.words,
        "back": back, "page": {"prefix": prefix}, "standing": standing_of(found.shown, prefix),
    }  # fmt: skip
    return render(request, "recommendations/reviews/picture/list.html", context | {"as_at": found.shown.as_at})


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
    shown = facts_of(review, clock.today(), clock.now())
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
    shown = facts_of(review, clock.today(), clock.now())
    return send_list(request, columns.decision_log(shown), file_format, as_at=shown.as_at)


@require_safe
@requires(Permission.EXPORT, Review, passing=("file_format",))
def export_listing(request: Request, review: Review, file_format: str) -> HttpResponseBase:
    """The recommendations behind a figure of the review, as the review shows them."""
    return send_chosen(request, behind(request, review), file_format)


@require_safe
@requires(Permission.EXPORT)
def export_now_list(request: Request, file_format: str) -> HttpResponseBase:
    """The recommendations behind a figure of how things stand now."""
    return send_chosen(request, behind_now(clock.today(), clock.now(), asked_for(request.GET)), file_format)


def send_chosen(request: Request, found: Behind, file_format: str) -> HttpResponseBase:
    """The same selection as the page, as at the moment that the page shows."""
    return send_list(request, columns.behind_a_figure(found), file_format, found.words, found.shown.as_at)
