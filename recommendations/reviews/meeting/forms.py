"""One decision in the meeting: which, in which words, who and by when. One form for every kind, for two clicks."""

from datetime import date
from typing import Any

from django import forms

from krscp.forms.careful import WritingForm, long_text
from krscp.forms.fields import PartsDateField, Radios, date_example
from recommendations.domain.workflow import AsksFor, DecisionKind
from recommendations.models import Part
from recommendations.services.decisions import Ruling
from recommendations.tracking.forms.decision import asked_field
from subgroups.models import Body

# Those that one wording, one owner and one day can say; the others have pages of their own.
IN_MEETING = (
    DecisionKind.SIGN_OFF,
    DecisionKind.SEND_BACK,
    DecisionKind.AGREE_DATE,
    DecisionKind.ANSWER,
    DecisionKind.AGREE_OWNER,
    DecisionKind.RECHECK,
    DecisionKind.NOT_ACCEPT,
    DecisionKind.ACT,
    DecisionKind.NOTE,
)
# What the day in “By” is for each kind, and what to say when it is missing.
DAYS = {
    DecisionKind.SEND_BACK: ("agreed_date", "Enter by when it is needed"),
    DecisionKind.AGREE_DATE: ("agreed_date", "Enter the agreed date"),
    DecisionKind.RECHECK: ("recheck_on", "Enter when it is checked next"),
    DecisionKind.ACT: ("due", "Enter by when"),
}
OWNERS = {DecisionKind.AGREE_OWNER: "Select the owner", DecisionKind.ACT: "Select who will do it"}


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
        self.fields["kind"].choices = [(kind.value, SHORT.get(kind, kind.label)) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["owner"].queryset = Body.objects.all()  # type: ignore[attr-defined]
        self.fields["by"].help_text = date_example()
        self.fields |= asked_field(part)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("kind"):
            return cleaned
        kind = DecisionKind(cleaned["kind"])
        if self._day_of(kind)[0]:
            self._check_day(cleaned, self._day_of(kind)[1])
        if kind in OWNERS and not cleaned.get("owner"):
            self.add_error("owner", OWNERS[kind])
        return cleaned

    @property
    def keeps_doing(self) -> bool:
        return self.part.recommendation.asks_for == AsksFor.KEEP_DOING

    @property
    def asks_recheck(self) -> bool:
        """Whether signing off is offered and needs the day of the next check."""
        offered = [value for value, _ in self.fields["kind"].choices]  # type: ignore[attr-defined]
        return self.keeps_doing and DecisionKind.SIGN_OFF.value in offered

    def _day_of(self, kind: DecisionKind) -> tuple[str, str]:
        """What the day sets, and what to say when it is missing; two empty words when the kind has none."""
        if kind == DecisionKind.SIGN_OFF and self.keeps_doing:
            return "recheck_on", "This asks to keep doing something. Enter when it is checked again"
        return DAYS.get(kind, ("", ""))

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
        name = self._day_of(kind)[0]
        sets: dict[str, Any] = {name: self.cleaned_data["by"]} if name else {}
        if kind in OWNERS:
            sets["owner"] = self.cleaned_data["owner"]
        sets["asked"] = self.cleaned_data["asked"]
        return Ruling(kind=kind, wording=self.cleaned_data["wording"], decided_on=self.today, **sets)


SHORT = {
    DecisionKind.AGREE_DATE: "Agree date",
    DecisionKind.AGREE_OWNER: "Agree owner",
    DecisionKind.ANSWER: "Answer",
    DecisionKind.ACT: "Act",
    DecisionKind.NOTE: "Note",
    DecisionKind.NOT_ACCEPT: "Not accept",
}
