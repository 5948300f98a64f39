"""What a partnership's organisation file must hold, checked before any of it is loaded."""

from collections.abc import Iterable, Iterator
from typing import Any

from subgroups.models import BodyKind, PostRole

PARTS = ("partnership", "agencies", "bodies", "posts")
NEEDED = {
    "agencies": ("slug", "name", "sector"),
    "bodies": ("slug", "name", "kind"),
    "posts": ("slug", "body", "role", "title"),
}


def faults_in(data: Any) -> list[str]:
    """Everything that is wrong with an organisation file, each in a line that says what to do."""
    if not isinstance(data, dict):
        return ["It must be an object with partnership, agencies, bodies and posts."]
    missing = [f"Add “{name}”." for name in PARTS if name not in data]
    if missing:
        return missing
    found = [*_of_partnership(data["partnership"])]
    for name, needed in NEEDED.items():
        found += _of_list(name, data[name], needed)
    return found or [*_of_kinds(data), *_of_posts(data)]


def _of_partnership(partnership: Any) -> Iterator[str]:
    given = partnership if isinstance(partnership, dict) else {}
    yield from (f"Give the partnership a {name}." for name in ("name", "abbreviation") if not given.get(name))


def _of_list(name: str, listed: Any, needed: Iterable[str]) -> Iterator[str]:
    """Each item says what it must, and has a slug of its own."""
    if not isinstance(listed, list):
        yield f"“{name}” must be a list."
        return
    seen: set[str] = set()
    for place, item in enumerate(listed, 1):
        given = item if isinstance(item, dict) else {}
        yield from (f"{name}, item {place}: add “{key}”." for key in needed if not given.get(key))
        slug = str(given.get("slug", ""))
        if slug and slug in seen:
            yield f"{name}, item {place}: “{slug}” stands twice. Give each a slug of its own."
        seen.add(slug)


def _of_kinds(data: dict[str, Any]) -> Iterator[str]:
    kinds, known = [body["kind"] for body in data["bodies"]], set(BodyKind.values)
    yield from (
        f"bodies, {body['slug']}: “{body['kind']}” is no kind of body. Use one of: {', '.join(sorted(known))}."
        for body in data["bodies"] if body["kind"] not in known
    )  # fmt: skip
    if BodyKind.SLG not in kinds:
        yield "Add the body that decides, with the kind “slg”."
    if PostRole.MANAGER not in [post["role"] for post in data["posts"]]:
        yield "Add a post with the role “manager”: somebody must run the reviews."


def _of_posts(data: dict[str, Any]) -> Iterator[str]:
    bodies = {body["slug"] for body in data["bodies"]}
    agencies = {agency["slug"] for agency in data["agencies"]}
    for post in data["posts"]:
        if post["body"] not in bodies:
            yield f"posts, {post['slug']}: there is no body “{post['body']}”."
        if post.get("agency") and post["agency"] not in agencies:
            yield f"posts, {post['slug']}: there is no agency “{post['agency']}”."
        if post["role"] not in PostRole.values:
            yield f"posts, {post['slug']}: “{post['role']}” is no role. Use one of: {', '.join(PostRole.values)}."
