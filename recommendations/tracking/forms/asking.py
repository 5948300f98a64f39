"""Asking the SLG, and confirming what one's co-chair proposed."""

from datetime import date
from typing import Any

from django import forms

from krscp.forms.careful import NO_NAMES, WritingForm, long_text
from krscp.forms.fields import PartsDateField, Radios, date_example
from recommendations.models import Escalation


class AskForm(WritingForm):
    """One ask, by when, and what happens otherwise."""

    ask = long_text(
        "What do you need the SLG to do?",
        hint=f"Ask for one decision. {NO_NAMES}",
        required="Enter what you need the SLG to do",
    )
    by_when = PartsDateField(label="By when? (optional)", help_text=date_example(), required=False)
    otherwise = long_text("What happens otherwise? (optional)", rows=2)

    asked = forms.IntegerField(widget=forms.HiddenInput, required=False)  # the ask that waits, as its writer sees it

    def __init__(self, *args: Any, today: date, waits: Escalation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial={"asked": waits.pk if waits is not None else 0}, **kwargs)
        self.today = today

    def clean_by_when(self) -> date | None:
        day = self.cleaned_data["by_when"]
        if day is not None and day < self.today:
            raise forms.ValidationError("The day by which you need it must be today or in the future")
        return day


class ConfirmForm(WritingForm):
    """Whether the other co-chair agrees that it is complete."""

    answer = forms.ChoiceField(
        label="Do you agree that this is complete?",
        choices=[("yes", "Yes, I confirm it"), ("no", "No, I object")],
        widget=Radios(hints={"no": "It goes back to where it was, and whoever proposed it sees why"}),
        error_messages={"required": "Select whether you agree"},
    )
    reason = long_text("Why do you object?", hint=f"Only if you object. {NO_NAMES}", rows=3)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("answer") == "no" and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Enter why you object")
        return cleaned
