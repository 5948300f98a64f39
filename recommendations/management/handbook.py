"""Writes the pages on workflow and roles from the code that enforces them, so that they cannot drift apart."""

import inspect
from collections.abc import Iterable

from krscp.tables import total
from recommendations.domain.workflow import LOOKS, TRANSITIONS, WORST_FIRST, Status, Transition, worst
from subgroups.permissions import MATRIX, Permission, Role, Scope, why_not_appoint, why_not_decide, why_not_sign_off

WRITTEN_BY = "*Written by `manage.py write_docs` from the code. Change the code, then run it again.*"
OWNER = "Whoever leads the owning body"
SCOPES = total(Scope, {Scope.ALL: "all", Scope.OWN: "own", Scope.IN_MEETING: "in a meeting"})


def pages() -> dict[str, str]:
    """Each generated page by its file name."""
    return {"workflow.md": workflow_page(), "roles.md": roles_page()}


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def rule(function: object) -> str:
    """The rule that a function keeps, in the words of its docstring."""
    return inspect.getdoc(function) or ""


def workflow_page() -> str:
    """The statuses, the changes between them, and a diagram."""
    statuses = table(
        ["Status", "Shape", "Meaning"], ([status.label, look.shape, look.definition] for status, look in LOOKS.items())
    )
    changes = table(["Change", "From", "To", "Who", "Must supply"], (_change(change) for change in TRANSITIONS))
    ranking = ", ".join(status.label for status in WORST_FIRST)
    return "\n\n".join(
        [
            "# The status workflow",
            WRITTEN_BY,
            "## Statuses\n\nShape and word always stand together.",
            statuses,
            "## Changes\n\nWho may do what: [roles.md](roles.md).",
            changes,
            "## Diagram",
            f"```mermaid\n{diagram()}\n```",
            "## What a recommendation shows",
            f"{rule(worst)}\n\nWorst first: {ranking}.\n",
        ]
    )


def _change(change: Transition) -> list[str]:
    sources = ", ".join(source.label for source in change.sources)
    return [change.label, sources, change.target.label, who(change.permission), "; ".join(change.needs)]


def who(permission: Permission) -> str:
    """The roles that hold a permission for everything, after whoever holds it for their own."""
    scopes = {role: row[permission] for role, row in MATRIX.items() if permission in row}
    owners = [OWNER] if Scope.OWN in scopes.values() else []
    return "; ".join([*owners, *(role for role, scope in scopes.items() if scope is Scope.ALL)])


def diagram() -> str:
    """The same changes as a Mermaid state diagram."""
    names = (f'    state "{status.label}" as {status.value}' for status in Status)
    arrows = (
        f"    {source.value} --> {change.target.value}: {change.label}"
        for change in TRANSITIONS
        for source in change.sources
    )
    return "\n".join(["stateDiagram-v2", *names, f"    [*] --> {Status.NOT_STARTED.value}", *arrows])


def roles_page() -> str:
    """Who may do what: each permission against each role."""
    rights = table(
        ["Permission", *Role], ([permission, *(_scope(role, permission) for role in Role)] for permission in Permission)
    )
    return "\n\n".join(
        [
            "# Who may do what",
            WRITTEN_BY,
            "Rights come from the posts a person holds today, London time. “Own” means what the post's body leads.",
            rights,
            "## Sign-off",
            rule(why_not_sign_off),
            "## Other decisions",
            rule(why_not_decide),
            "## Posts",
            f"{rule(why_not_appoint)}\n",
        ]
    )


def _scope(role: Role, permission: Permission) -> str:
    scope = MATRIX[role].get(permission)
    return "–" if scope is None else SCOPES[scope]
