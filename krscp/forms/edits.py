"""Forms that change what stands: they carry what stood when they were opened, so that two edits can be combined."""

import json
from typing import Any

from django import forms
from django.http import QueryDict

from krscp.forms.careful import WritingForm, as_typed
from krscp.forms.combine import AnsweredBox, answered_day, boxes_of, joint_of
from krscp.forms.date_field import DatePartsInput
from krscp.forms.tokens import STOOD

NOTHING = "Nothing"


class EditForm(WritingForm):
    """An edit of something with a version. `stood` holds what was in its boxes when it was opened."""

    stood = forms.Field(widget=forms.HiddenInput, required=False)  # no text of its writer

    def __init__(self, *args: Any, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        start = (initial or {}) | {STOOD: lambda: json.dumps(boxes_of(self.answers()))}
        super().__init__(*args, initial=start, **kwargs)

    def answers(self) -> list[AnsweredBox]:
        """What a browser sends from the form as it is; boxes to tick that only help are left out."""
        found = []
        for bound in self.visible_fields():
            value = bound.value()
            if isinstance(bound.field.widget, DatePartsInput):
                found.append(answered_day(bound.name, value))
            elif isinstance(value, list | tuple):
                found.append(AnsweredBox({bound.name: [str(one) for one in value]}))
            elif not isinstance(bound.field, forms.BooleanField):
                found.append(AnsweredBox({bound.name: ["" if value is None else str(value)]}, joint_of(bound.field)))
        return found

    def as_sent(self) -> QueryDict:
        """The same, as it arrives."""
        sent = QueryDict(mutable=True)
        for name, values in boxes_of(self.answers()).items():
            sent.setlist(name, values)
        return sent

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
