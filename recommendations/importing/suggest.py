"""Owners that a wording names: bodies whose name, abbreviation or other name stands in it, in the order it does."""

from collections.abc import Iterable
from dataclasses import dataclass

from recommendations.importing.spellings import Spellings, fold
from subgroups.models import Body

# A shorter name would be found in every second sentence.
SHORTEST = 3


@dataclass(frozen=True)
class Suggestion:
    """A body and the words that name it."""

    body: Body
    words: str


class Names:
    """What bodies are called, and which body each name is."""

    def __init__(self, bodies: Iterable[Body]) -> None:
        self.named = {
            name: body
            for body in bodies
            for name in (body.name, body.abbreviation, *(other.name for other in body.other_names.all()))
            if len(name) >= SHORTEST
        }
        self.bodies = {fold(name): body for name, body in self.named.items()}

    @property
    def keys(self) -> dict[str, int]:
        """Each name with the key of its body: plain values for a process that has no database."""
        return {name: body.pk for name, body in self.named.items()}

    def called(self, name: str) -> Body | None:
        """The body that has this name, abbreviation or other name, whatever its capitals."""
        return self.bodies.get(fold(name.strip()))

    def suggest(self, text: str) -> list[Suggestion]:
        """Each body once, with the words as they stand in the text."""
        by_key = {body.pk: body for body in self.named.values()}
        return [Suggestion(by_key[key], words) for key, words in Spellings(self.keys).found(text)]


def read_names() -> Names:
    """Two queries, however many bodies there are."""
    return Names(Body.objects.prefetch_related("other_names"))
