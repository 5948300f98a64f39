"""The Manager runs a review: sets it up, asks for returns, opens the meeting, freezes it (Rec 1, 5, 7, 8)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from krscp import clock
from krscp.constraints import breaks
from krscp.moments import one_moment
from krscp.refusals import Moved
from krscp.sealed_records import Record
from recommendations.domain.workflow import IN_HAND, WorkflowError
from recommendations.models import Part, Return, Review, ReviewKind, ReviewState, Snapshot
from recommendations.models.review import TAKEN_IN, Step
from recommendations.services.keeping import keep
from subgroups.models import Appointment, Body, Learning, Post, User
from subgroups.permissions import leading_roles
from subgroups.services import meetings
from subgroups.services.records import put, save, take

HALF_A_YEAR, A_QUARTER = timedelta(days=182), timedelta(days=91)
SET_UP = "Review set up"
SAME_DAY = "A review already covers this date. Choose another date, or change that review."
SAME_MONTH = "There is a review of this kind in this month already. Choose another month."
SITS = "Another review is in its meeting. Freeze it first."
NO_LONGER = "This review has changed. Look at it again before you go on."


@dataclass(frozen=True)
class ReviewPlan:
    """When a review is, the period it looks back on, when returns are due, what it is compared with."""

    kind: str
    held_on: date
    period_from: date
    returns_due: date
    compared_with: Review | None = None
    compared_on: date | None = None


@dataclass(frozen=True)
class Frozen(Record):
    """What is kept of a review for good: its record, and what its page shows of it, sealed to that record."""

    front: str = ""
    seal: str = ""


def slug_of(plan: ReviewPlan) -> str:
    """The review's address: "2026-04", a quarterly one "2026-04-q"."""
    return f"{plan.held_on:%Y-%m}{'-q' if plan.kind == ReviewKind.QUARTERLY else ''}"


def begins(kind: str, held_on: date) -> date:
    """Where the period of a review begins: the day after the last one of its kind was frozen, so that no day is looked
    at twice or missed; for the first, six months back ("bi-annual", recommendation 1), for a quarterly three.
    """
    frozen = (review.looked_until for review in Review.objects.frozen().filter(kind=kind))
    before = next((day for day in frozen if day < held_on), None)
    back = A_QUARTER if kind == ReviewKind.QUARTERLY else HALF_A_YEAR
    return before + timedelta(days=1) if before else held_on - back


def check(plan: ReviewPlan, review: Review | None = None) -> None:
    """Raises WorkflowError when another review has this day or address, or the days are in the wrong order."""
    others = Review.objects.exclude(pk=review.pk) if review is not None else Review.objects.all()
    if others.filter(held_on=plan.held_on).exists():
        raise WorkflowError(SAME_DAY)
    if others.filter(slug=slug_of(plan)).exists():
        raise WorkflowError(SAME_MONTH)
    if plan.period_from >= plan.held_on:
        raise WorkflowError("The period must begin before the review.")
    if plan.returns_due > plan.held_on:
        raise WorkflowError("Returns must be due on or before the day of the review.")


@transaction.atomic
def set_up(*, plan: ReviewPlan, by: User) -> Review:
    """Set a review up. Raises WorkflowError for a second one on the same day."""
    check(plan)
    review = Review(slug=slug_of(plan), meeting=meetings.set_up(by=by, reason=SET_UP))
    put(plan, review)
    return _save(review, by, SET_UP)


@transaction.atomic
def change(*, review: Review, plan: ReviewPlan, version: int, by: User) -> Review:
    """Change its days or what it is compared with; its address stays once returns are asked for."""
    current = _claim(review, Step.CHANGE, version)
    check(plan, current)
    put(plan, current)
    if current.state == ReviewState.SCHEDULED:
        current.slug = slug_of(plan)
    return _save(current, by, "Review changed")


# What the database keeps once, and what is said where somebody else was quicker by a moment.
TAKEN = {"held_on": SAME_DAY, "slug": SAME_MONTH, "one_review_in_meeting": SITS}


def _save(review: Review, by: User, reason: str) -> Review:
    """Raises WorkflowError in words for what another review has taken in the same moment."""
    try:
        with transaction.atomic():
            return save(review, by, reason)
    except IntegrityError as error:
        for name, words in TAKEN.items():
            if breaks(error, Review, name):
                raise WorkflowError(words) from error
        raise


def _claim(review: Review, step: Step, version: int | None = None) -> Review:
    """Take the review for this transaction, if it still takes this step. Raises WorkflowError."""
    mine = Review.objects.filter(pk=review.pk, state__in=TAKEN_IN[step])
    if version is not None:
        mine = mine.filter(version=version)
    if not take(mine):
        if why := Review.objects.get(pk=review.pk).why_not(step):
            raise WorkflowError(why)
        raise Moved(NO_LONGER)
    return Review.objects.select_related("compared_with", "meeting").get(pk=review.pk)


@transaction.atomic
def ask_for_returns(*, review: Review, by: User) -> list[Return]:
    """Ask every body that leads something in hand, and whose lead somebody is today, for its return (Rec 1, 5)."""
    current = _claim(review, Step.ASK)
    bodies = who_returns(clock.today())
    asked = [save(Return(review=current, body=body), by, "Return asked for") for body in bodies]
    _move(current, ReviewState.COLLECTING, "Returns asked for", by)
    return asked


@transaction.atomic
def start_meeting(*, review: Review, by: User) -> Review:
    """Open the meeting: from now on decisions are this review's. One review sits at a time."""
    current = _claim(review, Step.START)
    other = Review.objects.sitting().exclude(pk=current.pk).first()
    if other is not None:
        raise WorkflowError(f"The {other} is in its meeting. Freeze it first.")
    return _move(current, ReviewState.MEETING, "Meeting started", by)


def freeze(*, review: Review, draw: Callable[[Review], Frozen], by: User) -> Snapshot:
    """Finish the review: `draw` copies all that it shows at one moment, and nothing changes it afterwards. Its papers
    are made of that copy later, so that nobody waits for them.

    Whoever is writing into it ends first; whoever comes meanwhile waits, and then judges by what stands.
    Raises WorkflowError when it is not in its meeting, so that it is never frozen twice.
    """
    with one_moment(alone_in=Review):
        current = _claim(review, Step.FINISH)
        _move(current, ReviewState.FROZEN, "Frozen", by)
        return keep(Snapshot, draw(current), by, review=current)


def who_returns(day: date) -> list[Body]:
    """The bodies that are asked: they lead a part in hand, and somebody holds a post that leads them."""
    led = Part.objects.filter(status__in=IN_HAND, ownerships__kind="lead").values("ownerships__body")
    held = Appointment.objects.in_force(day).filter(post__role__in=leading_roles(), person__is_active=True)
    return list(Body.objects.filter(pk__in=led).filter(pk__in=held.values("post__body")))


def _move(review: Review, state: ReviewState, reason: str, by: User) -> Review:
    review.state = state
    return _save(review, by, reason)


@transaction.atomic
def add_learning(*, review: Review, token: UUID, by: User, **told: object) -> Learning:
    """What the review considers (Rec 7)."""
    return meetings.add_learning(meeting=_claim(review, Step.LEARNING).meeting, token=token, by=by, **told)


@transaction.atomic
def remove_learning(*, review: Review, pk: int, by: User) -> None:
    """Take a piece of learning off again, before the freeze."""
    meetings.remove_learning(meeting=_claim(review, Step.LEARNING).meeting, pk=pk, by=by)


@transaction.atomic
def record_attendance(
    *, review: Review, marks: Mapping[Post, str], disproportionality: str, version: int, by: User
) -> Review:
    """Who was represented, and what came of the standing item on disproportionality (Rec 18)."""
    current = _claim(review, Step.ATTENDANCE, version)
    meetings.record_attendance(meeting=current.meeting, marks=marks, by=by)
    current.disproportionality = disproportionality
    return save(current, by, "Attendance recorded")
