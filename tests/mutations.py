"""Weakens each cell of the policy and each row of the workflow in turn: `python -m tests.mutations`.

Every change must be noticed by the rules that are typed by hand; one that is not is a survivor, and the command fails.
"""

import ast
import inspect
import os
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from types import FunctionType
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "krscp.settings")

Guard = Callable[[], object]


@dataclass(frozen=True)
class Mutant:
    """One weakening: what it is called, how it is put in and taken out, and the rules that should notice."""

    name: str
    put_in: Callable[[], Any]
    guards: tuple[Guard, ...]

    def survives(self) -> bool:
        with self.put_in():
            return not any(notices(guard) for guard in self.guards)


def notices(guard: Guard) -> bool:
    """Whether a rule says that something is wrong: by its list, by failing, or by falling over."""
    from tests.rules import undone

    try:
        with undone():
            return bool(guard())
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return True


@contextmanager
def row(table: dict, key: object, value: object) -> Iterator[None]:
    """The row is another, or gone where the value is None."""
    kept = dict(table)
    table[key] = value
    if value is None:
        del table[key]
    try:
        yield
    finally:
        table.clear()
        table.update(kept)


@contextmanager
def attribute(module: object, name: str, value: object) -> Iterator[None]:
    before = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, before)


@contextmanager
def body(function: FunctionType, tree: ast.Module) -> Iterator[None]:
    """The function does what `tree` says, for everybody who has imported it."""
    made: dict[str, Any] = {}
    exec(compile(ast.fix_missing_locations(tree), "<mutant>", "exec"), dict(function.__globals__), made)  # noqa: S102
    before = function.__code__
    function.__code__ = made[function.__name__].__code__
    try:
        yield
    finally:
        function.__code__ = before


def weakened(function: FunctionType) -> Iterator[tuple[str, ast.Module]]:
    """The function without each of its rules in turn: an `if`, an `assert`, a row of a table inside it."""
    source = textwrap.dedent(inspect.getsource(inspect.unwrap(function)))
    for place in range(len(rules_in(ast.parse(source)))):
        tree = ast.parse(source)
        tree.body[0].decorator_list = []  # type: ignore[attr-defined]
        rule = rules_in(tree)[place]
        if isinstance(rule, ast.If):
            name = ast.unparse(rule.test)
            rule.test = ast.Constant(False)
        else:
            table, number = rule
            name = ast.unparse(table.keys[number])
            del table.keys[number], table.values[number]
        yield f"{function.__name__} without “{name}”", tree


def rules_in(tree: ast.Module) -> list:
    found: list = [node for node in ast.walk(tree) if isinstance(node, ast.If)]
    tables = [node for node in ast.walk(tree) if isinstance(node, ast.Dict)]
    return found + [(table, place) for table in tables for place in range(len(table.keys))]


def expanded(test: Callable) -> Iterator[Guard]:
    """A test of pytest as calls, one for each of its parameters."""
    marks = [mark.args for mark in getattr(test, "pytestmark", []) if mark.name == "parametrize"]
    for values in product(*(list(mark[1]) for mark in marks)):
        given: dict[str, object] = {}
        for (names, _), value in zip(marks, values, strict=True):
            listed = names.split(",") if isinstance(names, str) else list(names)
            given |= dict(zip(listed, value if len(listed) > 1 else (value,), strict=True))
        yield lambda given=given: test(**given)


def of_the_policy() -> Iterator[Mutant]:
    """Every cell of the matrix with every other scope, and each rule of who may not."""
    from subgroups import permissions
    from subgroups.permissions import MATRIX, Permission, Role, Scope
    from tests import test_policy

    for role, permission in product(Role, Permission):
        right = MATRIX[role].get(permission)
        for wrong in [scope for scope in (None, *Scope) if scope != right]:
            put_in = partial(row, MATRIX[role], permission, wrong)
            yield Mutant(f"{role.name} {permission.name} {wrong}", put_in, (test_policy.disagreements,))
    tests = [test for name, test in vars(test_policy).items() if name.startswith("test_") and not needs_more(test)]
    guards = tuple(guard for test in tests for guard in expanded(test))
    for function in (permissions.why_not_decide, permissions.why_not_sign_off,
                     permissions._why_not_for_the_slg, permissions.why_not_appoint,
                     permissions.can):  # fmt: skip
        for name, tree in weakened(function):
            yield Mutant(name, partial(body, function, tree), guards)


def needs_more(test: Callable) -> bool:
    """Whether a test wants a fixture, or is itself about weakening or about pages."""
    fixtures = {"monkeypatch", "db", "sign_in", "settings", "tmp_path"}
    return bool(fixtures & set(inspect.signature(test).parameters)) or "page" in test.__name__


def of_the_workflow() -> Iterator[Mutant]:
    """Each transition with a source more or less, a need less, another target; each cell of what is open."""
    from recommendations.domain import kinds, workflow
    from recommendations.domain.kinds import DecisionKind
    from recommendations.domain.workflow import TRANSITIONS, Status
    from tests import rules

    for place, change in enumerate(TRANSITIONS):
        for name, wrong in wrong_rows(change, Status):
            rest = (*TRANSITIONS[:place], wrong, *TRANSITIONS[place + 1 :])
            put_in = partial(attribute, workflow, "TRANSITIONS", rest)
            yield Mutant(f"{change.name} {name}", put_in, (rules.wrong_changes,))
    right = kinds._is_open
    for kind, status in product(DecisionKind, Status):
        put_in = partial(attribute, kinds, "_is_open", flip(right, kind, status))
        yield Mutant(f"{kind.name} in {status.name}", put_in, (rules.wrong_openings,))


def wrong_rows(change: Any, statuses: Any) -> Iterator[tuple[str, Any]]:
    for status in statuses:
        fewer = tuple(source for source in change.sources if source != status)
        more = (*change.sources, status)
        sources = fewer if status in change.sources else more
        yield f"with other sources: {status.name}", replace(change, sources=sources)
        if status != change.target:
            yield f"to {status.name}", replace(change, target=status)
    for need in change.needs:
        yield f"without {need.name}", replace(change, needs=tuple(one for one in change.needs if one != need))


def flip(right: Callable, kind: Any, status: Any) -> Callable:
    return lambda one, at: right(one, at) != (one == kind and at == status)


def of_decisions() -> Iterator[Mutant]:
    """Each effect left out, each thing a decision must set not asked for, each rule of the service dropped."""
    from recommendations.domain.kinds import KINDS, DecisionKind
    from recommendations.services import decisions
    from tests import rules

    for kind in DecisionKind:
        left, asked = partial(rules.wrong_effects, [kind]), partial(rules.wrong_refusals, [kind])
        if kind.changes_status:
            yield Mutant(f"{kind.name} without its move", partial(attribute, decisions, "_move", nothing), (left,))
        for name, wrong, guard in weaker(kind.row, left, asked, rules.wrong_askers):
            yield Mutant(f"{kind.name} {name}", partial(row, KINDS, kind, wrong), (guard,))
    guards = (rules.wrong_askers, rules.wrong_closed, rules.wrong_keeping, rules.wrong_in_a_quarterly,
              partial(rules.wrong_refusals, ["send_back", "act", "answer"]))  # fmt: skip
    for function in (decisions.why_not, decisions.why_not_here, decisions.check):
        for name, tree in weakened(function):
            yield Mutant(name, partial(body, function, tree), guards)


def nothing(*_given: object) -> None:
    """What a rule does that is gone."""


def weaker(kind: Any, left: Guard, asked: Guard, askers: Guard) -> Iterator[tuple[str, Any, Guard]]:
    """The row of a kind of decision with one thing less, and the rule that should notice."""
    for place, supply in enumerate(kind.supplies):
        others = (*kind.supplies[:place], *kind.supplies[place + 1 :])
        if not supply.only_for:
            yield f"without {supply.name}", replace(kind, supplies=others), asked
        if supply.settles:
            unsettled = replace(supply, settles=False)
            yield f"that does not settle {supply.name}", replace(kind, supplies=(*others, unsettled)), left
    for name in kind.clears:
        yield f"that keeps {name}", replace(kind, clears=tuple(one for one in kind.clears if one != name)), left
    for name in kind.not_by:
        yield f"by its {name}", replace(kind, not_by=tuple(one for one in kind.not_by if one != name)), askers
    if kind.in_a_quarterly:
        from tests import rules

        yield "not in a quarterly", replace(kind, in_a_quarterly=False), rules.wrong_in_a_quarterly


def mutants() -> Iterator[Mutant]:
    yield from of_the_policy()
    yield from of_the_workflow()
    yield from of_decisions()


def main() -> int:
    """Runs them all in a database of their own; says how many were noticed and names those that were not."""
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        from tests.conftest import load

        load()
        listed = list(mutants())
        wrong = {guard for mutant in listed for guard in mutant.guards if notices(guard)}
        survivors = [mutant.name for mutant in listed if not wrong and mutant.survives()]
    finally:
        teardown_databases(databases, verbosity=0)
    sys.stdout.write(f"{len(listed) - len(survivors)} of {len(listed)} weakenings are noticed.\n")
    sys.stdout.writelines(f"Nothing notices: {name}\n" for name in survivors)
    if wrong:
        sys.stdout.write("The rules are wrong before anything is weakened.\n")
    return 1 if survivors or wrong else 0


if __name__ == "__main__":
    django.setup()
    sys.exit(main())
