"""What reaches a review while it is frozen stands in its record, or is refused in words: with two connections."""

import datetime as dt
import uuid
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from krscp import clock
from krscp.sealed_records import Record
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status, WorkflowError
from recommendations.models import Decision, Review, Snapshot, Update
from recommendations.services import decisions, reviews
from subgroups.models import User
from tests.conftest import cast_member
from tests.factories import A_DAY, freeze, review_in, say, the_part
from tests.review_writers import WRITERS, Writer, belongings, recorded_by_the_manager, ways_to_a_review
from tests.simultaneous import Job, Window

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("loaded")]
HALF_A_YEAR = dt.timedelta(days=182)


def a_freeze(review: Review, drawn: dict[str, Any], window: Window | None = None) -> Job:
    """A freeze whose picture is everything that belongs to the review, with a window before it is drawn."""

    def draw(current: Review) -> Record:
        if window is not None:
            window.hold()
        drawn.update(belongings(current))
        return Record(1, "{}", "", "")

    return lambda: reviews.freeze(review=review, draw=draw, by=cast_member("manager"))


def begun(turn: int) -> Review:
    """A review of its own for each kind of writer: the one before is frozen by then."""
    for name in ("vca_cochair1", "qi_cochair"):
        cast_member(name)
    return review_in("meeting", cast_member("manager"), A_DAY + turn * HALF_A_YEAR)


def words_of(result: Any) -> str:
    """How it went: taken, or refused in words."""
    return "refused" if isinstance(result, PermissionDenied | WorkflowError) and str(result) else type(result).__name__


def test_every_model_that_belongs_to_a_review_has_its_writer_here():
    assert set(ways_to_a_review()) == {model for models in WRITERS.values() for model in models}


def ready(turn: int, writer: Writer, together) -> tuple[Review, Job]:
    """A review in its meeting and one writer ready to write into it."""

    def begin() -> tuple[Review, Job]:
        review = begun(turn)
        return review, writer(Review.objects.get(pk=review.pk), cast_member)

    return together(begin)[0]


def test_what_comes_while_a_review_is_frozen_is_not_in_it_or_refused(together):
    went = {}
    for turn, writer in enumerate(WRITERS):
        window, drawn = Window(), {}
        review, job = ready(turn, writer, together)
        froze, wrote = together(a_freeze(review, drawn, window), window.inside(job))
        assert isinstance(froze, Snapshot), froze
        assert together(partial(belongings, review)) == [drawn], f"{writer.__name__} is in neither place"
        went[writer.__name__] = words_of(wrote)
    assert went.pop("decided_by_a_member") == "Decision", "It is taken between two reviews"
    assert set(went.values()) == {"refused"}, went


def test_what_is_being_written_when_the_freeze_comes_stands_in_the_record(together):
    for turn, writer in enumerate(WRITERS):
        window, drawn = Window(), {}
        review, job = ready(turn, writer, together)
        [before] = together(partial(belongings, review))
        wrote, froze = together(held_open(job, window), window.inside(a_freeze(review, drawn)))
        assert not isinstance(wrote, Exception), (writer.__name__, wrote)
        assert isinstance(froze, Snapshot), froze
        assert together(partial(belongings, review)) == [drawn], f"{writer.__name__} is in neither place"
        assert drawn != before, f"{writer.__name__} was lost"


def held_open(job: Job, window: Window) -> Job:
    """The job, with a window between its writing and its end."""

    def write() -> Any:
        with transaction.atomic():
            result = job()
            window.hold()
        return result

    return write


def test_a_freeze_draws_at_one_moment_whatever_owners_say_meanwhile(together):
    window, seen = Window(), []
    review, say_it = ready(0, said_by_an_owner, together)

    def draw(current: Review) -> Record:
        seen.append((Update.objects.count(), the_part("25").status))
        window.hold()
        seen.append((Update.objects.count(), the_part("25").status))
        return Record(1, "{}", "", "")

    froze, gave = together(
        lambda: reviews.freeze(review=review, draw=draw, by=cast_member("manager")), window.inside(say_it)
    )
    assert (type(froze), type(gave)) == (Snapshot, Update)
    assert seen == [(0, Status.NOT_STARTED)] * 2


def said_by_an_owner(review: Review, person) -> Job:
    return partial(say, the_part("25"), person("vca_cochair1"))


def test_a_freeze_goes_on_when_its_manager_signs_in_elsewhere_meanwhile(together):
    window, drawn = Window(), {}
    review, sign_in = ready(0, signing_in, together)
    froze, _ = together(a_freeze(review, drawn, window), window.inside(sign_in))
    assert isinstance(froze, Snapshot), froze


def signing_in(review: Review, person) -> Job:
    manager = person("manager")
    return lambda: User.objects.filter(pk=manager.pk).update(last_login=clock.now())


def test_the_recorder_who_waited_for_the_freeze_is_told_why_and_nothing_is_saved(together):
    window = Window()
    review, job = ready(0, recorded_by_the_manager, together)
    _, wrote = together(a_freeze(review, {}, window), window.inside(job))
    assert str(wrote) == "The Manager records decisions only while a review is in its meeting."
    assert together(Decision.objects.count) == [0]


def test_a_decision_of_a_meeting_is_not_taken_once_it_is_over(together):
    window = Window()
    review, job = ready(0, in_this_meeting, together)
    _, wrote = together(a_freeze(review, {}, window), window.inside(job))
    assert str(wrote).endswith("is not in its meeting any more. Nothing was saved.")
    assert together(Decision.objects.count) == [0]


def in_this_meeting(review: Review, person) -> Job:
    by, part, token = person("slg_member"), the_part("25"), uuid.uuid4()
    ruling = decisions.Ruling(DecisionKind.NOTE, "Noted in the meeting", A_DAY)
    return lambda: decisions.decide(part=part, ruling=ruling, version=part.version, token=token, by=by, within=review)


def test_the_record_itself_is_frozen_in_a_transaction_of_its_own(together):
    [froze] = together(lambda: freeze(begun(0), cast_member("manager")))
    assert isinstance(froze, Snapshot), froze
