"""Eight of every insert at once, few rounds of each; and nothing takes "any IntegrityError" for a rule of ours."""

import ast
from functools import partial

import pytest

from tests import walls
from tests.insert_races.jobs import RACES
from tests.insert_races.race import Tally
from tests.test_architecture import sources

ROUNDS = 2
# Where any rule that is broken says the same.
ANY_RULE = {"krscp.exits": "an export that breaks any rule does not fit together"}


@pytest.mark.parametrize("name", RACES)
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("loaded")
def test_eight_at_once_make_one_row_and_are_answered_in_words(name, together):
    tally = Tally()
    for turn in range(1, ROUNDS + 1):
        [race] = together(partial(RACES[name], turn))
        results = together(*race.jobs)
        [rows] = together(race.count)
        tally.add(results, rows, race)
    assert tally == Tally()


def test_every_refused_row_is_read_by_the_name_of_its_rule():
    assert "\n".join(
        line for text, name in sources(*walls.ROOMS) if name not in ANY_RULE for line in unnamed(text, name)
    ) == ""


def unnamed(source: str, module: str) -> list[str]:
    """Handlers of IntegrityError that never ask which rule was broken."""
    handlers = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ExceptHandler)]
    return [
        f"{module}:{node.lineno} takes any IntegrityError for one rule. Ask krscp.constraints.breaks which it was."
        for node in handlers
        if "IntegrityError" in ast.unparse(node.type or ast.Constant("")) and not _asks(node)
    ]


def _asks(handler: ast.ExceptHandler) -> bool:
    called = [node for node in ast.walk(handler) if isinstance(node, ast.Call)]
    return any(isinstance(call.func, ast.Name) and call.func.id == "breaks" for call in called)


@pytest.mark.parametrize("bad", ["except IntegrityError: pass", "except (ValueError, IntegrityError): raise Taken"])
def test_a_handler_of_any_rule_is_noticed(bad):
    assert unnamed(f"try:\n    save()\n{bad}", "recommendations.services.x")


def test_a_handler_that_asks_stands():
    good = "try:\n    save()\nexcept IntegrityError as e:\n    if not breaks(e, Part, 'x'):\n        raise"
    assert unnamed(good, "recommendations.services.x") == []
