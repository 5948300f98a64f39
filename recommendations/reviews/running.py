"""The Manager runs a review: its days and steps, what it considers, who was there."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from krscp import clock
from krscp.records import otherwise
from krscp.templatetags.ui import display_date
from recommendations.domain.workflow import WorkflowError
from recommendations.models import Learning, Review
from recommendations.models.review import Step
from recommendations.reviews.forms import AttendanceForm, LearningForm, ReviewForm
from recommendations.reviews.seats import seats_of
from recommendations.services import reviews as services
from recommendations.state.picture import Picture
from recommendations.state.reading import facts_of
from recommendations.state.sealed import read_front
from recommendations.writing.edit_forms import EditForm
from recommendations.writing.editing import edit
from recommendations.writing.forms import WritingForm
from recommendations.writing.saying import not_taken
from subgroups.access import Request, requires
from subgroups.once import Answer
from subgroups.permissions import Permission
from subgroups.sending import answer_once

CLOSED = "recommendations/reviews/closed.html"
FORM = "recommendations/reviews/form.html"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_REVIEWS)
def new(request: Request) -> HttpResponse:
    """Set a review up."""
    form = ReviewForm(request.POST or None, today=clock.today())
    if not form.is_valid():
        return render(request, FORM, {"form": form})

    def kept() -> Answer:
        saved = services.set_up(plan=form.plan(), by=request.user)
        return Answer(f"{saved.title} saved.", saved.get_absolute_url())

    try:
        return answer_once(request, kept)
    except WorkflowError as error:
        form.add_error(None, str(error))
        return render(request, FORM, {"form": form}, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_REVIEWS, Review)
def change(request: Request, review: Review) -> HttpResponse:
    """Change its days, or what it is compared with."""

    def form_of(sent: QueryDict | None) -> ReviewForm:
        return ReviewForm(sent, review=review, today=clock.today())

    if why := review.why_not(Step.CHANGE):
        return closed(request, review, "Change its days", why, form_of(request.POST or None))

    def save(form: EditForm) -> Answer:
        plan = cast(ReviewForm, form).plan()
        saved = services.change(review=review, plan=plan, version=form.seen, by=request.user)
        return Answer(f"{saved.title} saved.", saved.get_absolute_url())

    return edit(
        request, review, form_of, save, template=FORM, place=review.get_absolute_url(), review=review,
        heading=f"Change {review.title}",
    )  # fmt: skip


@require_POST
@requires(Permission.RUN_REVIEWS, Review)
def ask(request: Request, review: Review) -> HttpResponse:
    """Ask the bodies for their returns."""
    return step(request, review, lambda: ask_bodies(review, request))


def ask_bodies(review: Review, request: Request) -> str:
    asked = services.ask_for_returns(review=review, by=request.user)
    bodies = ", ".join(wanted.body.short_name for wanted in asked)
    return f"{len(asked)} bodies are asked for a return: {bodies}."


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_REVIEWS, Review)
def start(request: Request, review: Review) -> HttpResponse:
    """Start the meeting, after a page that says what that means: a review never goes back."""
    if request.method != "POST":
        if why := review.why_not(Step.START):
            return closed(request, review, "Start the meeting", why)
        shown = facts_of(review, clock.today(), clock.now())
        page = {"review": review} | warnings(review, shown)
        return render(request, "recommendations/reviews/meeting/start.html", page)

    def begin() -> str:
        services.start_meeting(review=review, by=request.user)
        return "The meeting has started. Decisions taken from now on are this review’s."

    return step(request, review, begin, reverse("meeting", args=[review.slug]))


def warnings(review: Review, shown: Picture) -> dict[str, str]:
    """What to know before a step that cannot be taken back: the day is not here yet, returns are missing."""
    ahead = (review.held_on - clock.today()).days
    early = f"The review is held on {display_date(review.held_on)}, in {ahead} days." if ahead > 1 else ""
    missing = f"{shown.returns_in} of {len(shown.returns)} returns are in." if shown.is_draft else ""
    return {"early": early, "returns": missing}


def closed(request: Request, review: Review, heading: str, why: str, form: WritingForm | None = None) -> HttpResponse:
    """A page whose form the review does not take: why, what a frozen one recorded, and what was typed."""
    frozen = otherwise(lambda: read_front(review).picture, None) if review.is_frozen else None
    page = {"review": review, "heading": heading, "why": why, "page": {"picture": frozen}}
    if request.method == "POST":
        return not_taken(request, CLOSED, form, **page)
    return render(request, CLOSED, page)


def step(request: Request, review: Review, take: Callable[[], str], onwards: str = "") -> HttpResponse:
    """One step of the review, then `onwards` or to its page; where it cannot be taken, that page says why."""
    place = onwards or review.get_absolute_url()
    try:
        return answer_once(request, lambda: Answer(take(), place))
    except WorkflowError as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(place)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_REVIEWS, Review)
def learning(request: Request, review: Review) -> HttpResponse:
    """Add an audit, deep dive or scrutiny that the review considers."""
    form = LearningForm(request.POST or None)
    if why := review.why_not(Step.LEARNING):
        return closed(request, review, "Add learning", why, form)
    page = {"form": form, "review": review, "heading": "Add learning", "button": "Save learning"}
    if not form.is_careful():
        return render(request, "recommendations/reviews/step.html", page)

    def added() -> Answer:
        services.add_learning(review=review, token=form.sent, by=request.user, **form.told())
        return Answer("Learning saved.", review.get_absolute_url())

    try:
        return answer_once(request, added)
    except WorkflowError as error:
        form.add_error(None, str(error))
        return render(request, "recommendations/reviews/step.html", page, status=409)


@require_POST
@requires(Permission.RUN_REVIEWS, Review, passing=("pk",))
def learning_off(request: Request, review: Review, pk: int) -> HttpResponse:
    """Take a piece of learning off the review."""
    if not Learning.history.filter(review=review, id=pk).exists():
        raise Http404("There is no such learning.")

    def remove() -> str:
        services.remove_learning(review=review, pk=pk, by=request.user)
        return "Learning removed."

    return step(request, review, remove)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_REVIEWS, Review)
def attendance(request: Request, review: Review) -> HttpResponse:
    """Which posts were represented, and what came of the standing item."""
    place, posts = review.get_absolute_url(), seats_of(review)

    def form_of(sent: QueryDict | None) -> AttendanceForm:
        return AttendanceForm(sent, review=review, posts=posts)

    if why := review.why_not(Step.ATTENDANCE):
        return closed(request, review, "Attendance", why, form_of(request.POST or None))

    def save(form: EditForm) -> Answer:
        services.record_attendance(
            review=review,
            marks=cast(AttendanceForm, form).marks(),
            disproportionality=form.cleaned_data["disproportionality"],
            version=form.seen,
            by=request.user,
        )
        return Answer("Attendance saved.", place)

    page = {"review": review, "heading": "Attendance", "button": "Save attendance"}
    return edit(request, review, form_of, save, template="recommendations/reviews/step.html", place=place, **page)
