"""The workflow and the decisions against section 2 of the product, typed by hand in tests/rules.py."""

import pytest

from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from tests import rules

KINDS = list(DecisionKind.values)


def test_every_change_has_its_sources_target_and_needs_as_typed():
    assert rules.wrong_changes() == []


def test_each_status_takes_the_decisions_as_typed():
    assert rules.wrong_openings() == []
    assert [line[0] for line in rules.rows(rules.TAKES)] == KINDS
    assert rules.TAKES.split()[: len(Status)] == Status.values


def test_nobody_decides_what_they_asked_for_themselves_and_everybody_else_may():
    assert rules.wrong_askers() == []


@pytest.mark.parametrize("kind", KINDS)
def test_each_decision_leaves_the_part_as_typed_and_is_refused_without_what_it_must_set(db, kind):
    assert rules.wrong_effects([kind]) == []
    assert rules.wrong_refusals([kind]) == []


def test_decisions_are_refused_where_they_are_not_open_or_miss_what_they_are_about(db):
    assert rules.wrong_closed() == []
    assert rules.wrong_keeping() == []


def test_a_quarterly_takes_actions_and_notes_of_its_recorder_only(db):
    assert rules.wrong_in_a_quarterly() == []


def test_effects_are_typed_for_every_kind():
    assert [line[0] for line in rules.rows(rules.LEAVES) if not line[0].endswith("_done")] == KINDS
