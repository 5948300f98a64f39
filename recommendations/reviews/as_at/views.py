"""How things stood on any earlier day, rebuilt from history."""

from datetime import date

from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from krscp import clock
from krscp.clock import end_of
from recommendations.models import Review
from recommendations.reviews.as_at.read import frozen_on
from recommendations.reviews.forms import DayForm
from recommendations.reviews.page import Page
from recommendations.reviews.views import send_chosen, show_list, standing_of
from recommendations.state.behind import behind_day
from recommendations.state.chosen import asked_for
from recommendations.state.picture import Picture
from recommendations.state.reading import as_at_title, blank, front_on, moments, one_at, one_of
from recommendations.state.source import Source, as_at_url, first_day
from subgroups.access import Request, requires
from subgroups.permissions import Permission


@require_safe
@requires(Permission.VIEW)
def ask_day(request: Request) -> HttpResponse:
    """Which day to go back to."""
    asked = request.GET if any(name.startswith("day") for name in request.GET) else None
    form = DayForm(asked, today=clock.today())
    if form.is_valid():
        day = form.cleaned_data["day"]
        address = reverse("as_at_recommendation", args=[day.isoformat(), *form.of]) if form.of else as_at_url(day)
        return HttpResponseRedirect(address)
    page = {"form": form, "first": first_day(), "of": request.GET.get("of", "")}
    return render(request, "recommendations/reviews/as_at/ask.html", page)


@require_safe
@requires(Permission.VIEW)
def as_at(request: Request, day: str) -> HttpResponse:
    """The review's layout as things stood that day; the day on which a review was frozen leads to its record."""
    on, first = real_day(day), first_day()
    if frozen := frozen_on(on):
        return HttpResponseRedirect(frozen.get_absolute_url())
    if first is None or on < first:
        return nothing(request, on)
    front, place = front_on(on), as_at_url(on)
    context = {"page": Page(front, f"{place}list/", place), "first": first, "as_at": front.picture.as_at}
    context["standing"] = standing_of(front.picture, place)
    return render(request, "recommendations/reviews/as_at/show.html", context)


@require_safe
@requires(Permission.VIEW)
def as_at_list(request: Request, day: str) -> HttpResponse:
    """The recommendations behind a figure, as they stood that day."""
    on = real_day(day)
    if before_records(on):
        return nothing(request, on)
    return show_list(request, behind_day(on, asked_for(request.GET)), as_at_url(on), as_at_url(on))


@require_safe
@requires(Permission.VIEW)
def recommendation_at(request: Request, day: str, code: str, number: str) -> HttpResponse:
    """One recommendation as it stood that day."""
    on = real_day(day)
    if before_records(on):
        return nothing(request, on)
    shown = one_at(Source.at(on), blank(as_at_title(on), on, end_of(on)), code, number, moments(end_of(on)))
    return show_whole(request, shown, as_at_url(on), as_at_url(on))


@require_safe
@requires(Permission.VIEW, Review, passing=("code", "number"))
def recommendation_in(request: Request, review: Review, code: str, number: str) -> HttpResponse:
    """One recommendation as the review shows it: what was frozen, once it is."""
    place = review.get_absolute_url()
    shown = one_of(review, clock.today(), clock.now(), code, number)
    return show_whole(request, shown, place, place if review.is_frozen else "")


def show_whole(request: Request, shown: Picture, back: str, prefix: str) -> HttpResponse:
    """The page of the one recommendation that a picture holds."""
    if not shown.recommendations:
        raise Http404("There is no such recommendation.")
    context = {"shown": shown, "whole": shown.recommendations[0], "back": back, "as_at": shown.as_at}
    context["standing"] = standing_of(shown, prefix)
    return render(request, "recommendations/reviews/picture/whole.html", context)


def real_day(text: str) -> date:
    """The day in an address. Raises Http404 for one that does not exist or is still to come."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Http404("There is no such day.") from error
    if day > clock.today():
        raise Http404("That day is still to come.")
    return day


def nothing(request: Request, day: date) -> HttpResponse:
    """A day on which nothing was recorded yet."""
    return render(request, "recommendations/reviews/as_at/nothing.html", {"day": day, "first": first_day()})


def before_records(day: date) -> bool:
    first = first_day()
    return first is None or day < first


@require_safe
@requires(Permission.EXPORT)
def export_list(request: Request, day: str, file_format: str) -> HttpResponseBase:
    """The recommendations behind a figure of an earlier day."""
    if before_records(real_day(day)):
        raise Http404("Nothing is recorded on that day.")
    return send_chosen(request, behind_day(real_day(day), asked_for(request.GET)), file_format)
