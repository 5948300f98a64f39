"""One decision in the meeting: which, in which words, who and by when. One form for every kind, for two clicks."""

from datetime import date
from typing import Any

from django import forms

from krscp.forms.careful import WritingForm, long_text
from krscp.forms.fields import PartsDateField, Radios, date_example
from recommendations.domain.kinds import DecisionKind, Supply
from recommendations.models import Part
from recommendations.services.decisions import Ruling
from recommendations.tracking.forms.decision import asked_field
from subgroups.models import Body


class MeetingForm(WritingForm):
    """What the recorder fills in while the meeting speaks."""

    kind = forms.ChoiceField(
        label="Decision", choices=[], widget=Radios(small=True, inline=True),
        error_messages={"required": "Select a decision"},
    )  # fmt: skip
    wording = long_text("Wording, for the minutes", hint="Name posts, not people", required="Enter the wording", rows=2)
    owner = forms.ModelChoiceField(
        label="Owner", queryset=Body.objects.none(), empty_label="None", required=False
    )
    by = PartsDateField(label="By", help_text="", required=False)

    def __init__(self, *args: Any, part: Part, kinds: list[DecisionKind], today: date, **kwargs: Any) -> None:
        start = {"by": part.requested_date}
        super().__init__(*args, version=part.version, initial=start, **kwargs)
        self.part, self.today = part, today
        self.fields["kind"].choices = [(kind.value, kind.row.in_meeting) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["owner"].queryset = Body.objects.all()  # type: ignore[attr-defined]
        self.fields["by"].help_text = date_example()
        self.fields |= asked_field(part)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("kind"):
            return cleaned
        for supply in self._supplies(cleaned["kind"]):
            if supply.is_day:
                self._check_day(cleaned, supply.missing)
            elif not cleaned.get("owner"):
                self.add_error("owner", supply.missing)
        return cleaned

    @property
    def asks_recheck(self) -> bool:
        """Whether signing off is offered and needs the day of the next check."""
        offered = [value for value, _ in self.fields["kind"].choices]  # type: ignore[attr-defined]
        return DecisionKind.SIGN_OFF.value in offered and bool(self._supplies(DecisionKind.SIGN_OFF))

    def _supplies(self, kind: str) -> list[Supply]:
        return DecisionKind(kind).supplies(self.part.recommendation.asks_for)

    def _check_day(self, cleaned: dict[str, Any], message: str) -> None:
        if "by" in self.errors:
            return
        day = cleaned.get("by")
        if day is None:
            self.add_error("by", message)
        elif day <= self.today:
            self.add_error("by", "The date must be in the future")

    def ruling(self) -> Ruling:
        """The decision, taken today."""
        kind = DecisionKind(self.cleaned_data["kind"])
        given = self.cleaned_data
        sets = {one.name: given["by" if one.is_day else "owner"] for one in self._supplies(kind)}
        sets["asked"] = self.cleaned_data["asked"]
        return Ruling(kind=kind, wording=self.cleaned_data["wording"], decided_on=self.today, **sets)

