"""Owners that a wording names: bodies whose name, abbreviation or other name stands in it, in the order it does."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from subgroups.models import Body

# A shorter name would be found in every second sentence.
SHORTEST = 3


@dataclass(frozen=True)
class Suggestion:
    """A body and the words that name it."""

    body: Body
    words: str


class Names:
    """What bodies are called, the longest first, so that “VCA subgroup” is found before “VCA”."""

    def __init__(self, bodies: Iterable[Body]) -> None:
        named = {
            name: body
            for body in bodies
            for name in (body.name, body.abbreviation, *(other.name for other in body.other_names.all()))
            if len(name) >= SHORTEST
        }
        self.bodies = {_fold(name): body for name, body in named.items()}
        names = sorted(named, key=len, reverse=True)
        self.pattern = re.compile("|".join(rf"(?<!\w){_spelled(name)}(?!\w)" for name in names) or r"(?!)")

    def called(self, name: str) -> Body | None:
        """The body that has this name, abbreviation or other name, whatever its capitals."""
        return self.bodies.get(_fold(name.strip()))

    def suggest(self, text: str) -> list[Suggestion]:
        """Each body once, with the words as they stand in the text."""
        found: dict[int, Suggestion] = {}
        for match in self.pattern.finditer(text):
            body = self.bodies.get(_fold(match[0]))
            if body is not None:
                found.setdefault(body.pk, Suggestion(body, match[0]))
        return list(found.values())


def read_names() -> Names:
    """Two queries, however many bodies there are."""
    return Names(Body.objects.prefetch_related("other_names"))


def _spelled(name: str) -> str:
    """A name as a pattern: capitals count in abbreviations only, and every apostrophe is the same one."""
    pattern = re.sub("['’‘]", "['’‘]", re.escape(name))
    return pattern if name.isupper() or " " not in name else f"(?i:{pattern})"


def _fold(name: str) -> str:
    return re.sub("[’‘]", "'", name).casefold()
