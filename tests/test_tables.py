"""No member of an enumeration lacks its row: tables keyed by one are total, or listed with what they leave out."""

import ast
import importlib
from collections.abc import Iterator
from dataclasses import fields
from enum import Enum

import pytest

from krscp.tables import total
from recommendations.domain import workflow
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import OPEN, SET_ASIDE, WORST_FIRST, Status
from tests import walls
from tests.test_architecture import sources

# Tables with a row for some members only, each with what holds for the others.
PARTIAL = {
    "recommendations.annual.decided.RULINGS": "asked only of what is set aside, which a test below compares",
    "recommendations.state.lists.BY_STATUS": "the other statuses need nothing of the owner",
    "recommendations.state.lists.WAITING": "the other kinds wait for nobody",
    "recommendations.state.lists.dated": "the other urgencies come of who is asked, or of the status",
    "recommendations.state.waiting.ASKED": "as WAITING, with which a test below compares it",
    "recommendations.annual.forms.HINTS": "the other sections need no hint",
    "recommendations.tracking.forms.completion.DONE": "the form's own question does for “do”",
    "recommendations.models.part.ours": "one for each body is called by its slug; the whole by its number alone",
    "recommendations.models.review.NOT_NOW": "the other steps are taken until the freeze, which has words of its own",
    "recommendations.reviews.arrows.SHORT": "the other labels are short already",
    "subgroups.permissions.READ": "a permission that is not given is not there",
    "subgroups.permissions.OWN_WORK": "a permission that is not given is not there",
    "subgroups.permissions.DECISIONS": "a permission that is not given is not there",
    "subgroups.permissions.MATRIX": "the rows are total, the permissions in a row are those that are given",
}


def keyed(source: str, module: str) -> Iterator[tuple[ast.Dict, type[Enum]]]:
    """The tables in a source whose keys are members of one enumeration, with that enumeration."""
    names = vars(importlib.import_module(module))
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Dict) or not node.keys:
            continue
        found = {names.get(key.value.id) for key in node.keys if is_member(key)}
        kinds = [kind for kind in found if isinstance(kind, type) and issubclass(kind, Enum)]
        if kinds:
            yield node, kinds[0]


def is_member(key: ast.expr | None) -> bool:
    return isinstance(key, ast.Attribute) and isinstance(key.value, ast.Name)


def made_total(source: str) -> set[int]:
    """Where the tables begin that `total` takes."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    taken = [call.args[1] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "total"]
    return {(table.lineno, table.col_offset) for table in taken}


def name_around(source: str, table: ast.Dict) -> str:
    """What the table, or the whole of which it is a piece, is assigned to; else the function that makes it."""
    around = ""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.lineno <= table.lineno <= (node.end_lineno or 0):
            around = node.name
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.lineno <= table.lineno <= (node.end_lineno or 0):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            around = ast.unparse(target)
    return around


def partial(source: str, module: str) -> list[str]:
    """The tables keyed by an enumeration that are not made total, by module and name."""
    whole = made_total(source)
    return [
        f"{module}.{name_around(source, table)}"
        for table, _ in keyed(source, module)
        if (table.lineno, table.col_offset) not in whole
    ]


def test_every_table_keyed_by_an_enumeration_is_total_or_listed_with_what_it_leaves_out():
    found = {name for text, module in sources(*walls.ROOMS) for name in partial(text, module)}
    assert found == set(PARTIAL)


def test_a_table_that_is_not_total_is_noticed():
    source = "NAMES = {Status.COMPLETE: 1}\nWHOLE = total(Status, {Status.COMPLETE: 1})"
    assert partial(source, "recommendations.domain.workflow") == ["recommendations.domain.workflow.NAMES"]


@pytest.mark.parametrize("table", [{}, {Status.COMPLETE: 1}, dict.fromkeys([*Status, DecisionKind.NOTE], 1)])
def test_total_refuses_a_table_that_lacks_a_member_or_has_a_stranger(table):
    with pytest.raises(TypeError, match="A table of Status"):
        total(Status, table)


def test_total_takes_a_table_with_a_row_for_each():
    assert total(Status, dict.fromkeys(Status, 1)) == dict.fromkeys(Status, 1)


def test_every_status_stands_in_one_place_of_the_ranking_or_aside():
    assert sorted([*WORST_FIRST, *SET_ASIDE]) == sorted(Status)
    assert sorted([*OPEN, *workflow.CLOSED]) == sorted(Status)
    assert sorted([*workflow.IN_HAND, Status.AWAITING_SIGN_OFF]) == sorted(OPEN)


def test_the_meeting_offers_no_kind_that_its_one_wording_owner_and_day_cannot_say():
    for kind in DecisionKind:
        days = [one for one in kind.row.supplies if one.is_day]
        others = {one.name for one in kind.row.supplies if not one.is_day}
        assert not kind.row.in_meeting or (len(days) <= 1 and others <= {"owner"})


def test_what_is_set_aside_has_a_ruling_that_the_annual_report_looks_for():
    assert set(importlib.import_module("recommendations.annual.decided").RULINGS) == set(SET_ASIDE)


def test_every_kind_that_waits_for_the_slg_has_a_heading_and_words_for_what_is_asked():
    lists, waiting = (importlib.import_module(f"recommendations.state.{name}") for name in ("lists", "waiting"))
    assert {kind for kind in DecisionKind if kind.row.waits} == set(waiting.ASKED) == set(lists.WAITING)


def test_every_box_of_an_update_has_its_row_and_every_row_its_box():
    updates, returns, sayings = (
        importlib.import_module(f"recommendations.{name}")
        for name in ("services.updates", "reviews.returns.forms", "domain.sayings")
    )
    rows = [one.name for one in sayings.SAYINGS]
    assert sorted(rows) == sorted(box.name for box in fields(updates.Said) if box.name not in ("status", "kind"))
    assert set(rows) <= set(returns.AnswerForm.base_fields)
    assert {one.day for one in sayings.SAYINGS if one.day} <= set(sayings.DAYS)
