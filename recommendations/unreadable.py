"""The page of a record that cannot be read: what is wrong, whom to tell, what of it can still be had; of a paper that
is not made yet: when to come back.
"""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from krscp.sealed_records import BeingMade, UnreadableRecord, otherwise
from krscp.tables import total
from recommendations.annual.files import FORMATS
from recommendations.annual.keeping import kept_file
from recommendations.models import AnnualReport, PaperKind, Review
from recommendations.reviews.frozen.freezing import kept_paper
from recommendations.state.source import as_at_url

Link = tuple[str, str]
PLACES = total(PaperKind, {PaperKind.PACK: "pack_file", PaperKind.MINUTES: "minutes_file"})
logger = logging.getLogger(__name__)


def own_page(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answers with that page wherever a view needs the record itself; lists read it through `stood_at` instead."""

    def answer(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def in_words(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, UnreadableRecord):
            return None
        if isinstance(error, BeingMade):
            page = {"error": error, "back": error.about.get_absolute_url()}
            answer = render(request, "recommendations/being_made.html", page, status=503)
            answer["Retry-After"] = "60"
            return answer
        logger.error("%s", error)
        page = {"error": error, "still": still_there(error.about), "back": back_from(error.about)}
        if isinstance(error.about, Review) and error.about.frozen_on is not None:
            page |= {"day": error.about.frozen_on, "day_url": as_at_url(error.about.frozen_on)}
        return render(request, "recommendations/unreadable.html", page, status=409)

    answer.process_exception = in_words  # type: ignore[attr-defined]
    return answer


def still_there(about: Review | AnnualReport) -> list[Link]:
    """What was kept beside the record and is as it was: papers of a review, files of an annual report."""
    if isinstance(about, Review):
        return [
            (f"{kind.label} in Word", reverse(PLACES[kind], args=[about.slug]))
            for kind in PaperKind
            if otherwise(lambda kind=kind: bool(kept_paper(about, kind)), False)  # type: ignore[misc]
        ]
    run = about.kept
    return [
        (made.label, reverse("annual_report_file", args=[about.pk, name]))
        for name, made in FORMATS.items()
        if run is not None and otherwise(lambda name=name: bool(kept_file(run, name)), False)  # type: ignore[misc]
    ]


def back_from(about: Review | AnnualReport) -> str:
    return reverse("reviews" if isinstance(about, Review) else "annual_report")
