"""One decision of the SLG: its wording for the minutes, its day, and what it sets."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms

from krscp.forms.careful import WritingForm, long_text
from krscp.forms.fields import PartsDateField, date_example
from krscp.forms.found_field import MOST, FoundField
from recommendations.domain.kinds import DecisionKind, Supply
from recommendations.models import Part, Priority, Recommendation
from recommendations.services.decisions import Ruling
from subgroups.models import Body


class DecisionForm(WritingForm):
    """The fields that every decision has; `kind` adds its own in front."""

    wording = long_text("Decision, for the minutes", hint="Name posts, not people", required="Enter the wording")
    decided_on = PartsDateField(
        label="When was it decided?",
        help_text=date_example(),
        error_messages={"required": "Enter when it was decided"},
    )

    def __init__(self, *args: Any, part: Part, kind: DecisionKind, today: date, **kwargs: Any) -> None:
        given = kwargs.pop("initial", None) or {}
        start = {"decided_on": today, "agreed_date": part.requested_date} | given
        super().__init__(*args, version=part.version, initial=start, **kwargs)
        self.part, self.kind, self.today = part, kind, today
        asked = kind.supplies(part.recommendation.asks_for)
        own = {one.name: FIELDS[one.name](one, part) for one in asked}
        self.fields = {**own, **(asked_field(part) if kind == DecisionKind.ANSWER else {}), **self.fields}

    def clean_decided_on(self) -> date:
        day = self.cleaned_data["decided_on"]
        if day > self.today:
            raise forms.ValidationError("The day it was decided must be today or in the past")
        return day

    def clean_agreed_date(self) -> date:
        return self._in_future("agreed_date", "The date")

    def clean_recheck_on(self) -> date:
        return self._in_future("recheck_on", "The re-check date")

    def clean_due(self) -> date:
        return self._in_future("due", "The date")

    def _in_future(self, name: str, label: str) -> date:
        day = self.cleaned_data[name]
        if day <= self.today:
            raise forms.ValidationError(f"{label} must be in the future")
        return day

    def ruling(self, **more: Any) -> Ruling:
        names = ("wording", "decided_on", "asked", *FIELDS)
        sets = {name: self.cleaned_data[name] for name in names if name in self.fields}
        return Ruling(kind=self.kind, **sets, **more)


def _day(supply: Supply, part: Part) -> forms.Field:
    return PartsDateField(
        label=supply.question, help_text=date_example(supply.hint), error_messages={"required": supply.missing}
    )


def _one_of(queryset: Callable[[], Any]) -> Callable[[Supply, Part], forms.Field]:
    return lambda supply, part: forms.ModelChoiceField(
        label=supply.question, queryset=queryset(), empty_label="Select", error_messages={"required": supply.missing}
    )


def _another(supply: Supply, part: Part) -> forms.Field:
    others = Recommendation.objects.exclude(pk=part.recommendation_id).select_related("report")
    return FoundField(
        label=supply.question,
        numbered=lambda text: others.numbered(text)[: MOST + 1],
        holding=lambda text: others.holding(text)[: MOST + 1],
        called=lambda one: one.title,
        error_messages={"required": supply.missing},
    )


def asked_field(part: Part) -> dict[str, forms.Field]:
    """Which ask of the SLG the writer sees, so that the answer is to no other."""
    return {"asked": forms.IntegerField(widget=forms.HiddenInput, required=False, initial=seen_of(part)["asked"])}


def seen_of(part: Part) -> dict[str, str]:
    """What a form says whose page shows the ask that waits now."""
    return {"asked": str(part.asked.key) if part.asked is not None else ""}


FIELDS: dict[str, Callable[[Supply, Part], forms.Field]] = {
    "agreed_date": _day,
    "recheck_on": _day,
    "due": _day,
    "owner": _one_of(Body.objects.all),
    "priority": _one_of(Priority.objects.all),
    "replacement": _another,
}
