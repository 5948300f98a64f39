"""The command that weakens rules can tell a weakening that is noticed from one that is not."""

from contextlib import nullcontext
from functools import partial

import pytest

from recommendations.domain.kinds import DecisionKind
from subgroups.permissions import MATRIX, Permission, Role, Scope, why_not_decide
from tests import mutations, test_policy

GUARDS = (test_policy.disagreements,)


@pytest.mark.django_db
def test_what_changes_nothing_survives_and_what_weakens_a_cell_does_not():
    assert mutations.Mutant("nothing", nullcontext, GUARDS).survives()
    weaker = partial(mutations.row, MATRIX[Role.LAY_MEMBER], Permission.UPDATE, Scope.ALL)
    assert not mutations.Mutant("a cell", weaker, GUARDS).survives()
    assert Permission.UPDATE not in MATRIX[Role.LAY_MEMBER]


def test_a_rule_that_is_dropped_is_back_afterwards():
    before = why_not_decide.__code__
    names = []
    for name, tree in mutations.weakened(why_not_decide):
        names.append(name)
        with mutations.body(why_not_decide, tree):
            assert why_not_decide.__code__ is not before
    assert why_not_decide.__code__ is before
    assert len(names) == 2


def test_every_cell_and_every_kind_of_decision_is_weakened():
    names = [mutant.name for mutant in mutations.mutants()]
    assert len(names) == len(set(names)) > 600
    assert all(any(name.startswith(f"{kind.name} in ") for name in names) for kind in DecisionKind)
