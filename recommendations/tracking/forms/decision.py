"""One decision of the SLG: its wording for the minutes, its day, and what it sets."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms

from krscp.forms.careful import WritingForm, long_text
from krscp.forms.fields import PartsDateField, date_example
from krscp.forms.found_field import MOST, FoundField
from krscp.tables import total
from recommendations.domain.workflow import AsksFor, DecisionKind
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
        own = FIELDS[kind](part)
        self.fields = {**own, **self.fields}

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
        sets = {name: self.cleaned_data[name] for name in ("wording", "decided_on", *FIELDS_SET) if name in self.fields}
        return Ruling(kind=self.kind, **sets, **more)


FIELDS_SET = ("agreed_date", "recheck_on", "due", "owner", "priority", "replacement", "asked")


def _date(name: str, label: str, required: str, hint: str = "") -> dict[str, forms.Field]:
    return {name: PartsDateField(label=label, help_text=hint or date_example(), error_messages={"required": required})}


def _choice(name: str, label: str, queryset: Any, required: str) -> dict[str, forms.Field]:
    return {
        name: forms.ModelChoiceField(
            label=label, queryset=queryset, empty_label="Select", error_messages={"required": required}
        )
    }


def _none(part: Part) -> dict[str, forms.Field]:
    """Its wording and its day say all."""
    return {}


def _sign_off(part: Part) -> dict[str, forms.Field]:
    if part.recommendation.asks_for != AsksFor.KEEP_DOING:
        return {}
    hint = date_example("This asks to keep doing something, so it is checked again. ")
    return _date("recheck_on", "When should it be checked again?", "Enter a re-check date", hint)


def _replacement(part: Part) -> dict[str, forms.Field]:
    others = Recommendation.objects.exclude(pk=part.recommendation_id).select_related("report")
    field = FoundField(
        label="Which recommendation replaces it?",
        numbered=lambda text: others.numbered(text)[: MOST + 1],
        holding=lambda text: others.holding(text)[: MOST + 1],
        called=lambda one: one.title,
        error_messages={"required": "Enter the recommendation that replaces it"},
    )
    return {"replacement": field}


def asked_field(part: Part) -> dict[str, forms.Field]:
    """Which ask of the SLG the writer sees, so that the answer is to no other."""
    return {"asked": forms.IntegerField(widget=forms.HiddenInput, required=False, initial=seen_of(part)["asked"])}


def seen_of(part: Part) -> dict[str, str]:
    """What a form says whose page shows the ask that waits now."""
    return {"asked": str(part.asked.key) if part.asked is not None else ""}


FIELDS: dict[DecisionKind, Callable[[Part], dict[str, forms.Field]]] = total(DecisionKind, {
    DecisionKind.SIGN_OFF: _sign_off,
    DecisionKind.SEND_BACK: lambda part: _date("agreed_date", "By when is it needed?", "Enter by when it is needed"),
    DecisionKind.AGREE_DATE: lambda part: _date("agreed_date", "Agreed date", "Enter the agreed date"),
    DecisionKind.AGREE_OWNER: lambda part: _choice("owner", "Who leads it?", Body.objects.all(), "Select the owner"),
    DecisionKind.SET_PRIORITY: lambda part: _choice(
        "priority", "Main priority", Priority.objects.all(), "Select the priority"
    ),
    DecisionKind.SUPERSEDE: _replacement,
    DecisionKind.ANSWER: asked_field,
    DecisionKind.RECHECK: lambda part: _date(
        "recheck_on", "When should it be checked again?", "Enter when it is checked next"
    ),
    DecisionKind.ACT: lambda part: (
        _choice("owner", "Who will do it?", Body.objects.all(), "Select who will do it")
        | _date("due", "By when?", "Enter by when")
    ),
    DecisionKind.NOT_ACCEPT: _none,
    DecisionKind.REOPEN: _none,
    DecisionKind.NOTE: _none,
})  # fmt: skip
