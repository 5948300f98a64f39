"""In each state a review offers just the steps that it takes, and refuses the others in words, giving back the text."""

import pytest

from recommendations.domain.workflow import WorkflowError
from recommendations.models import Answer, Return, Review, ReviewState
from recommendations.models.review import NOT_NOW, TAKEN_IN, Step
from recommendations.services import reviews
from tests.factories import answer_all, freeze, learn, review_in, the_part
from tests.pages import page, read, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]
HERE = "/reviews/2026-03/"
TOKEN = "00000000-0000-4000-8000-000000000001"
PAGES = {
    Step.CHANGE: "change/", Step.START: "start/", Step.FINISH: "finish/", Step.LEARNING: "learning/",
    Step.ATTENDANCE: "attendance/",
}  # fmt: skip
PLACES = PAGES | {Step.ASK: "ask/", Step.REMIND: "remind/"}
TYPED = {
    Step.CHANGE: {"kind": "quarterly", "held_on_day": "7", "held_on_month": "6", "held_on_year": "2031"},
    Step.LEARNING: {"kind": "audit", "title": "Audit of plans", "priorities": ["Mental health"], "changes": "A lead"},
    Step.ATTENDANCE: {"disproportionality": "Each subgroup reports", "others_present": "on"},
}
GIVEN_BACK = {
    Step.CHANGE: ["Co-chairs’ quarterly", "7 June 2031"],
    Step.LEARNING: ["Audit of plans", "Mental health", "A lead"],
    Step.ATTENDANCE: ["Each subgroup reports", "Yes"],
}
every_state = pytest.mark.parametrize("state", ReviewState)


def refused(state: str) -> list[Step]:
    return [step for step in Step if state not in TAKEN_IN[step]]


def test_every_step_says_why_a_review_does_not_take_it():
    assert set(TAKEN_IN) == set(Step)
    for step in Step:
        assert ReviewState.FROZEN not in TAKEN_IN[step]
        left = [state for state in ReviewState if state not in (*TAKEN_IN[step], ReviewState.FROZEN)]
        assert bool(left) == (step in NOT_NOW)


@every_state
def test_a_review_offers_the_steps_that_it_takes_and_no_other(state, sign_in, manager, vca_cochair1):
    review = review_in(state, manager)
    shown = page(sign_in(manager), HERE)
    offered = {step for step, place in PLACES.items() if f'"{HERE}{place}"' in shown}
    assert offered == {step for step in Step if review.takes[step.value]}


@every_state
def test_the_page_of_a_step_holds_its_form_only_where_the_review_takes_it(state, sign_in, manager):
    review = review_in(state, manager)
    client = sign_in(manager)
    for step, place in PAGES.items():
        shown = page(client, f"{HERE}{place}")
        assert ("<form" in shown) == review.takes[step.value], place
        assert review.why_not(step) in words(shown)


@every_state
def test_what_is_sent_all_the_same_is_refused_in_words_and_given_back(state, sign_in, manager):
    review = review_in(state, manager)
    client = sign_in(manager)
    for step in refused(state):
        before = Review.objects.values().get()
        sent = TYPED.get(step, {}) | {"token": TOKEN, "version": review.version}
        answer = client.post(f"{HERE}{PLACES[step]}", sent, follow=True)
        said = words(answer.content.decode())
        frozen_already = step == Step.FINISH and review.is_frozen  # who froze it is told that it is
        assert ("The review is frozen." if frozen_already else review.why_not(step)) in said, step
        assert answer.status_code == (409 if step in TYPED else 200)
        assert all(text in said for text in GIVEN_BACK.get(step, []))
        assert Review.objects.values().get() == before


@every_state
def test_the_services_refuse_in_the_same_words(state, manager):
    review = review_in(state, manager)
    acts = {
        Step.ASK: lambda: reviews.ask_for_returns(review=review, by=manager),
        Step.START: lambda: reviews.start_meeting(review=review, by=manager),
        Step.FINISH: lambda: freeze(review, manager),
        Step.LEARNING: lambda: learn(review, manager),
        Step.ATTENDANCE: lambda: reviews.record_attendance(
            review=review, marks={}, disproportionality="", version=review.version, by=manager
        ),
    }
    for step in set(refused(state)) & set(acts):
        with pytest.raises(WorkflowError) as error:
            acts[step]()
        assert str(error.value) == review.why_not(step)


def test_a_frozen_review_shows_what_was_recorded_where_its_forms_were(sign_in, manager):
    review = review_in("meeting", manager)
    learn(review, manager)
    reviews.record_attendance(
        review=review, marks={}, disproportionality="Each subgroup reports",
        version=Review.objects.get().version, by=manager,
    )  # fmt: skip
    freeze(review, manager)
    client = sign_in(manager)
    for place in ("attendance/", "learning/"):
        told = read(client, f"{HERE}{place}")
        assert "Audit of plans" in told
        assert "Each subgroup reports" in told


@pytest.mark.parametrize("stage", ["sent", "frozen"])
def test_rows_of_a_return_that_is_closed_meanwhile_are_given_back(stage, sign_in, manager, vca_cochair1):
    review = review_in("meeting", manager)
    wanted = Return.objects.get(review=review, body__slug="vca")
    if stage == "sent":
        answer_all(wanted, vca_cochair1, send=True)
    else:
        freeze(review, manager)
    saved, row = Answer.objects.count(), f"row-{the_part('25').pk}"
    sent = {f"{row}-seen": 0, f"{row}-status": "on_track", f"{row}-what_happened": "The group met twice", "do": "save"}
    answer = sign_in(vca_cochair1).post(f"{HERE}returns/vca/", sent)
    said = words(answer.content.decode())
    assert answer.status_code == 409
    assert "What you wrote is not saved" in said
    assert "25: How is it going? On track" in said
    assert "The group met twice" in said
    assert ("This return was sent by" if stage == "sent" else "takes no returns any more") in said
    assert Answer.objects.count() == saved
