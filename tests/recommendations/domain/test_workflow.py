"""The workflow's rules, each against an answer typed by hand from the design."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.domain.workflow import TRANSITIONS, PartStatus, Status, WorkflowError, is_worse, transition, worst

PARTS = st.lists(st.builds(PartStatus, st.sampled_from(list(Status)), st.just(False)), min_size=1)


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        (["on_track"], "on_track"),
        (["on_track", "off_track", "complete"], "off_track"),
        (["at_risk", "not_started"], "at_risk"),
        (["not_started", "on_track"], "not_started"),
        (["awaiting_sign_off", "on_track"], "on_track"),
        (["awaiting_sign_off", "complete"], "awaiting_sign_off"),
        (["complete", "complete"], "complete"),
        (["not_accepted", "complete"], "complete"),
        (["superseded", "at_risk"], "at_risk"),
        (["not_accepted", "not_accepted"], "not_accepted"),
        (["superseded", "superseded"], "superseded"),
    ],
)
def test_a_recommendation_shows_its_worst_part(parts, shown):
    assert worst(PartStatus(status) for status in parts) == shown


@pytest.mark.parametrize(
    ("opening", "options", "shown"),
    [
        ("complete", ["not_started", "complete", "off_track"], "complete"),
        ("complete", ["not_started", "on_track", "not_started"], "on_track"),
        ("complete", ["not_started", "not_started"], "not_started"),
        ("complete", ["at_risk", "on_track"], "at_risk"),
        ("off_track", ["complete"], "off_track"),
        ("complete", ["not_accepted", "not_accepted"], "complete"),
    ],
)
def test_recommendation_28_needs_its_opening_and_one_option(opening, options, shown):
    parts = [PartStatus(opening), *(PartStatus(status, is_option=True) for status in options)]
    assert worst(parts) == shown


@given(PARTS, st.randoms(use_true_random=False))
def test_the_order_of_parts_does_not_matter(parts, shuffler):
    shuffled = list(parts)
    shuffler.shuffle(shuffled)
    assert worst(parts) == worst(shuffled)


@given(PARTS)
def test_a_recommendation_is_complete_only_when_nothing_live_is_left(parts):
    if worst(parts) == Status.COMPLETE:
        assert {part.status for part in parts} <= {Status.COMPLETE, Status.NOT_ACCEPTED, Status.SUPERSEDED}


def test_no_two_changes_lead_from_one_status_to_another():
    pairs = [(source, change.target) for change in TRANSITIONS for source in change.sources]
    steps = [pair for pair in pairs if pair[0] != pair[1]]
    doubled = {pair for pair in steps if steps.count(pair) > 1}
    # Sending back and reopening both lead to On track, from statuses that do not overlap.
    assert doubled == set()


def test_nobody_completes_without_the_slg():
    sources = [change.sources for change in TRANSITIONS if change.target == Status.COMPLETE]
    assert sources == [(Status.AWAITING_SIGN_OFF,)]
    with pytest.raises(WorkflowError):
        transition(Status.ON_TRACK, Status.COMPLETE)


@pytest.mark.parametrize(
    ("before", "after", "worse"),
    [
        ("on_track", "at_risk", True),
        ("on_track", "off_track", True),
        ("at_risk", "off_track", True),
        ("not_started", "at_risk", True),
        ("not_started", "on_track", False),
        ("off_track", "at_risk", False),
        ("at_risk", "at_risk", False),
        ("complete", "off_track", False),
    ],
)
def test_only_a_step_down_asks_why(before, after, worse):
    assert is_worse(before, after) is worse


def test_every_status_has_a_shape_of_its_own():
    assert len({status.shape for status in Status}) == len(Status)
