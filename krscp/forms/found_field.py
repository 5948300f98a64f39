"""A box in which one of very many is found, by number or words, where a list to choose from would have no end."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms

MOST = 10
NONE = "none"
NOTHING = "Nothing is found for “%(text)s”. Enter a number or other words"
Find = Callable[[str], Iterable[Any]]


def pick_of(name: str) -> str:
    """The name under which the choice of those found is sent."""
    return f"{name}_pick"


class Sought(str):
    """What was typed, with which of those found was chosen below it."""

    pick = ""


class SoughtInput(forms.TextInput):
    """The box and, once several were found, a choice of them."""

    template_name = "components/sought_input.html"
    offered: Sequence[tuple[str, str]] = ()
    more = False

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Sought:
        found = Sought(data.get(name) or "")
        found.pick = data.get(pick_of(name)) or ""
        return found

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        pick = getattr(value, "pick", "")
        options = [(key, label, key == pick) for key, label in (*self.offered, (NONE, "None of these"))]
        told = {"offered": options if self.offered else [], "more": self.more, "pick_name": pick_of(name)}
        return super().get_context(name, value, attrs) | told


class FoundField(forms.CharField):
    """Number or words: who has exactly that number is taken, of those that hold the words one is chosen.

    `numbered` and `holding` say who that is, `called` what each is called; a few more than MOST are enough.
    """

    widget = SoughtInput

    def __init__(self, *, numbered: Find, holding: Find, called: Callable[[Any], str], **kwargs: Any) -> None:
        more: dict[str, Any] = {"help_text": "Number or words", "max_length": 100} | kwargs
        super().__init__(**more)
        self.numbered, self.holding, self.called = numbered, holding, called

    def clean(self, value: Any) -> Any:
        """The one that is meant, or None where nothing was typed and nothing need be."""
        text = super().clean(value)
        if not text:
            return None
        exact = list(self.numbered(text))
        if len(exact) == 1:
            return exact[0]
        found = exact or list(self.holding(text))
        if not found:
            raise forms.ValidationError(NOTHING, params={"text": text})
        return self._chosen(found, getattr(value, "pick", ""))

    def _chosen(self, found: Sequence[Any], pick: str) -> Any:
        """Nothing is taken for meant that only holds the words, even where it is the only one."""
        shown = {str(one.pk): one for one in found[:MOST]}
        self.widget.offered = [(key, self.called(one)) for key, one in shown.items()]  # type: ignore[attr-defined]
        self.widget.more = len(found) > MOST  # type: ignore[attr-defined]
        if pick == NONE:
            raise forms.ValidationError("Enter another number or other words")
        if pick not in shown:
            raise forms.ValidationError("Select which one you mean, or enter other words")
        return shown[pick]
