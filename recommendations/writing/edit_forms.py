"""Forms that change what stands: they carry what stood when they were opened, so that two edits can be combined."""

import json
from typing import Any, cast

from django import forms
from django.http import QueryDict

from krscp.forms.date_field import PARTS, DatePartsInput
from krscp.forms.tokens import KEEP, STOOD
from recommendations.writing.forms import WritingForm, as_typed

Boxes = dict[str, list[str]]
NOTHING = "Nothing"


class Carried(forms.CharField):
    """What goes with a page and is nobody's writing."""

    widget = forms.HiddenInput


class EditForm(WritingForm):
    """An edit of something with a version. `stood` holds what was in its boxes when it was opened."""

    stood = Carried(required=False)

    def __init__(self, *args: Any, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        start = (initial or {}) | {STOOD: lambda: json.dumps(self.boxes())}
        super().__init__(*args, initial=start, **kwargs)

    def boxes(self) -> Boxes:
        """What a browser sends from the form as it is; boxes to tick that only help are left out."""
        found: Boxes = {}
        for bound in self.visible_fields():
            value = bound.value()
            if isinstance(bound.field.widget, DatePartsInput):
                day = bound.field.widget.format_value(value)
                found |= {f"{bound.name}_{part}": [getattr(day, part)] for part in PARTS}
            elif isinstance(value, list | tuple):
                found[bound.name] = [str(one) for one in value]
            elif not isinstance(bound.field, forms.BooleanField):
                found[bound.name] = ["" if value is None else str(value)]
        return found

    def as_sent(self) -> QueryDict:
        """The same, as it arrives."""
        sent = QueryDict(mutable=True)
        for name, values in self.boxes().items():
            sent.setlist(name, values)
        return sent

    def stood_before(self) -> Boxes:
        """What stood in the boxes when they were opened; nothing, where that did not come back whole."""
        try:
            found = json.loads(str(self.data.get(STOOD) or "{}"))
            return {name: [str(one) for one in values] for name, values in found.items()}
        except (ValueError, AttributeError, TypeError):
            return {}

    def over(self, now: "EditForm") -> QueryDict:
        """What was sent, as an edit of what stands now."""
        again = cast(QueryDict, self.data).copy()
        again["version"] = str(now.initial["version"])
        return again

    def combined_with(self, now: "EditForm") -> QueryDict:
        """What was sent and what stands now, to be looked through and saved on top of it.

        A box that only one of the two changed holds that change; a text that both changed holds both, theirs first.
        """
        both, before, mine = self.over(now), self.stood_before(), self.boxes()
        both.pop(KEEP, None)
        both[STOOD] = json.dumps(now.boxes())
        for name, theirs in now.boxes().items():
            stood, own = before.get(name, theirs), mine.get(name, [])
            if own == stood or not any(own):
                both.setlist(name, theirs)
            elif theirs != stood and type(self.fields.get(name)) is forms.CharField:
                both[name] = both_texts(self.fields[name], theirs[0], own[0])
        return both

    def in_words(self) -> dict[str, tuple[str, str]]:
        """Each question with its answer in words, by its name."""
        return {
            bound.name: (str(bound.label), as_typed(bound) or self.empty_word(bound.field))
            for bound in self.visible_fields()
            if not isinstance(bound.field, forms.BooleanField)
        }

    @staticmethod
    def empty_word(field: forms.Field) -> str:
        """How no answer is called: by the choice for it, if there is one."""
        return next((str(label) for value, label in getattr(field, "choices", ()) if not value), NOTHING)

    def differing(self, now: "EditForm") -> list[tuple[str, str, str]]:
        """What is answered differently: the question, what stands now, what was sent. `now` holds what stands."""
        mine = self.in_words()
        return [(label, text, mine[name][1]) for name, (label, text) in now.in_words().items() if text != mine[name][1]]


def both_texts(field: forms.Field, theirs: str, mine: str) -> str:
    """Both texts, each once, theirs first; in a box of one line with a stroke between them."""
    if theirs.strip() in mine or mine.strip() in theirs:
        return max(theirs, mine, key=len)
    return f"{theirs}\n\n{mine}" if isinstance(field.widget, forms.Textarea) else f"{theirs} / {mine}"
