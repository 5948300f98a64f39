"""The Manager runs a review: its days and steps, what it considers, who was there."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from krscp import clock
from krscp.days import display_date
from krscp.forms.writing import Screen, Writing
from krscp.sealed_records import otherwise
from recommendations.clashes import edited_meanwhile
from recommendations.models import Priority, Review
from recommendations.models.review import Step
from recommendations.reviews.forms import ReviewAttendanceForm, ReviewForm
from recommendations.reviews.seats import seats_of
from recommendations.services import reviews as services
from recommendations.state.picture import Picture
from recommendations.state.reading import facts_of
from recommendations.state.sealed import read_front
from subgroups.access import Request, requires
from subgroups.meetings.forms import LearningForm
from subgroups.models import Learning
from subgroups.permissions import Permission
from subgroups.sending import FormAnswer, answer_once, answer_step

CLOSED = "recommendations/reviews/closed.html"
FORM = "recommendations/reviews/form.html"
STEP = "recommendations/reviews/step.html"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_REVIEWS)
def new(request: Request) -> HttpResponse:
    """Set a review up."""
    return plan(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_REVIEWS, Review)
def change(request: Request, review: Review) -> HttpResponse:
    """Change its days, or what it is compared with."""
    return plan(request, review)


def plan(request: Request, review: Review | None) -> HttpResponse:
    """The days of a review, new or old, and what it is compared with."""
    make = partial(ReviewForm, review=review, today=clock.today())

    def save(form: ReviewForm) -> FormAnswer:
        if review is None:
            saved = services.set_up(plan=form.plan(), by=request.user)
        else:
            saved = services.change(review=review, plan=form.plan(), version=form.seen, by=request.user)
        return FormAnswer(f"{saved.title} saved.", saved.get_absolute_url())

    return Writing(
        make, save, answer_once, Screen(FORM, {"review": review}),
        review.get_absolute_url() if review else reverse("reviews"),
        closed=closed(review, Step.CHANGE, "Change its days") if review else None,
        clash=edited_meanwhile(review, request.user, make, f"Change {review.title}") if review else None,
    ).answer(request)  # fmt: skip


@require_POST
@requires(Permission.RUN_REVIEWS, Review)
def ask(request: Request, review: Review) -> HttpResponse:
    """Ask the bodies for their returns."""
    return answer_step(request, lambda: ask_bodies(review, request), review.get_absolute_url())


def ask_bodies(review: Review, request: Request) -> str:
    asked = services.ask_for_returns(review=review, by=request.user)
    bodies = ", ".join(wanted.body.short_name for wanted in asked)
    return f"{len(asked)} bodies are asked for a return: {bodies}."


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_REVIEWS, Review)
def start(request: Request, review: Review) -> HttpResponse:
    """Start the meeting, after a page that says what that means: a review never goes back."""
    if request.method != "POST":
        if shut := closed(review, Step.START, "Start the meeting"):
            return render(request, shut.template, shut.context)
        shown = facts_of(review, clock.today(), clock.now())
        page = {"review": review} | warnings(review, shown)
        return render(request, "recommendations/reviews/meeting/start.html", page)

    def begin() -> str:
        services.start_meeting(review=review, by=request.user)
        return "The meeting has started. Decisions taken from now on are this review’s."

    return answer_step(request, begin, reverse("meeting", args=[review.slug]))


def warnings(review: Review, shown: Picture) -> dict[str, str]:
    """What to know before a step that cannot be taken back: the day is not here yet, returns are missing."""
    ahead = (review.held_on - clock.today()).days
    early = f"The review is held on {display_date(review.held_on)}, in {ahead} days." if ahead > 1 else ""
    missing = f"{shown.returns_in} of {len(shown.returns)} returns are in." if shown.is_draft else ""
    return {"early": early, "returns": missing}


def closed(review: Review, step: Step, heading: str) -> Screen | None:
    """Where the review does not take the step: why, and what a frozen one recorded."""
    why = review.why_not(step)
    if not why:
        return None
    frozen = otherwise(lambda: read_front(review).picture, None) if review.is_frozen else None
    return Screen(CLOSED, {"review": review, "heading": heading, "why": why, "page": {"picture": frozen}})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_REVIEWS, Review)
def learning(request: Request, review: Review) -> HttpResponse:
    """Add an audit, deep dive or scrutiny that the review considers."""
    make = partial(LearningForm, priorities=Priority.objects.values_list("name", flat=True))

    def save(form: LearningForm) -> FormAnswer:
        services.add_learning(review=review, token=form.sent, by=request.user, **form.told())
        return FormAnswer("Learning saved.", review.get_absolute_url())

    page = {"review": review, "heading": "Add learning", "button": "Save learning"}
    return Writing(
        make, save, answer_once, Screen(STEP, page), review.get_absolute_url(),
        closed=closed(review, Step.LEARNING, "Add learning"),
    ).answer(request)  # fmt: skip


@require_POST
@requires(Permission.RUN_REVIEWS, Review, passing=("pk",))
def learning_off(request: Request, review: Review, pk: int) -> HttpResponse:
    """Take a piece of learning off the review."""
    if not Learning.history.filter(meeting=review.meeting, id=pk).exists():
        raise Http404("There is no such learning.")

    def remove() -> str:
        services.remove_learning(review=review, pk=pk, by=request.user)
        return "Learning removed."

    return answer_step(request, remove, review.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_REVIEWS, Review)
def attendance(request: Request, review: Review) -> HttpResponse:
    """Which posts were represented, and what came of the standing item."""
    make = partial(ReviewAttendanceForm, review=review, posts=seats_of(review))

    def save(form: ReviewAttendanceForm) -> FormAnswer:
        marks, item = form.marks(), form.cleaned_data["disproportionality"]
        services.record_attendance(
            review=review, marks=marks, disproportionality=item, version=form.seen, by=request.user
        )
        return FormAnswer("Attendance saved.", review.get_absolute_url())

    page = {"review": review, "heading": "Attendance", "button": "Save attendance"}
    return Writing(
        make, save, answer_once, Screen(STEP, page), review.get_absolute_url(),
        closed=closed(review, Step.ATTENDANCE, "Attendance"),
        clash=edited_meanwhile(review, request.user, make, "Attendance"),
    ).answer(request)  # fmt: skip
