"""The quick update: how is it going, what has happened, what happens next. A worse word asks why."""

from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from django import forms

from krscp.days import display_date
from krscp.forms.careful import NO_NAMES, WritingForm, long_text
from krscp.forms.fields import PartsDateField, Radios, date_example
from recommendations.domain.sayings import EXPLAINS
from recommendations.domain.workflow import Status, is_worse
from recommendations.models import Part, Update, UpdateKind
from recommendations.services.escalations import NOTHING_YET
from recommendations.services.updates import Said, why_not_asked, why_not_next

NO_CHANGE, FINISHED = "no_change", "finished"
ANSWERS = [
    (NO_CHANGE, "No change"),
    (Status.ON_TRACK.value, Status.ON_TRACK.label),
    (Status.AT_RISK.value, Status.AT_RISK.label),
    (Status.OFF_TRACK.value, Status.OFF_TRACK.label),
    (FINISHED, "Finished"),
]
HINTS = {status.value: status.definition for status in (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK)}
WHY_NEXT = "If this is worse than before, the next page asks why and for a new date, so you can leave the rest empty"
HINTS |= {NO_CHANGE: "It stands where it stood", FINISHED: "We ask for evidence and what is different for children"}


Day = TypeVar("Day", date, date | None)


def taken(day: Day, problem: str) -> Day:
    """The day, if it is one that the service takes."""
    if problem:
        raise forms.ValidationError(problem)
    return day


class UpdateForm(WritingForm):
    """One screen, under a minute. Nothing is pre-selected."""

    status = forms.ChoiceField(
        label="How is it going?",
        help_text=f"Choose what fits today. {WHY_NEXT}.",
        choices=ANSWERS,
        widget=Radios(hints=HINTS),
        error_messages={"required": "Select how it is going"},
    )
    what_happened = long_text("What has happened?", hint=f"Two or three sentences. {NO_NAMES}")
    what_next = long_text("What happens next?", rows=2)
    next_date = PartsDateField(label="When will that happen?", help_text=date_example(), required=False)
    later_date = forms.BooleanField(label="The agreed date needs to change", required=False)

    def __init__(
        self, *args: Any, part: Part, last: Update | None, today: date, second: bool = False, **kwargs: Any
    ) -> None:
        """`second`: whether “No change” would be the second one running, and has to say what holds it up."""
        super().__init__(*args, version=part.version, **kwargs)
        self.needs_reason = second
        self.part = part
        self.today = today
        self.last = last
        since = f"since {display_date(last.created_at)}" if last else "so far"
        self.fields["what_happened"].label = f"What has happened {since}{self.or_what_holds_it_up}?"
        if part.agreed_date is None:
            del self.fields["later_date"]
        else:
            agreed = display_date(part.agreed_date)
            self.fields["later_date"].label = f"It will not be done by the agreed date, {agreed}"

    @property
    def or_what_holds_it_up(self) -> str:
        """What the label adds where “No change” alone is no answer any more."""
        return ", or what is holding it up" if self.needs_reason else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        answer = cleaned.get("status")
        if answer == NO_CHANGE:
            self._say_what_holds_it_up(cleaned)
        elif answer and answer != FINISHED:
            self._require_what_is_next(cleaned)
        return cleaned

    def clean_next_date(self) -> date | None:
        day = self.cleaned_data["next_date"]
        return taken(day, why_not_next(day, self.today))

    def _require_what_is_next(self, cleaned: dict[str, Any]) -> None:
        """A worse word, or a later date, is explained on the next page instead; a better word always is here."""
        if self.asks_why and not self.improves:
            return
        self._require(cleaned, "what_happened", "Enter what has happened")
        self._require(cleaned, "what_next", "Enter what happens next")
        self._require(cleaned, "next_date", "Enter when that will happen")

    def _say_what_holds_it_up(self, cleaned: dict[str, Any]) -> None:
        """A second "No change" running must say what is holding it up (product, section 3)."""
        if self.needs_reason:
            message = "This is the second “No change” running. Enter what is holding it up"
            self._require(cleaned, "what_happened", message)

    def _require(self, cleaned: dict[str, Any], name: str, message: str) -> None:
        if name not in self.errors and not cleaned.get(name):
            self.add_error(name, message)

    @property
    def answer(self) -> str:
        return self.cleaned_data.get("status", "")

    @property
    def is_finished(self) -> bool:
        return self.answer == FINISHED

    @property
    def word(self) -> Status:
        """The status that was sent, right or wrong; the one that stands where none was."""
        sent = self.typed_at("status")
        return Status(sent) if sent in Status.values else self.part.state

    @property
    def new_status(self) -> Status:
        """The status that the answer gives: its own, or the one that stands."""
        return self.part.state if self.answer == NO_CHANGE else Status(self.answer)

    @property
    def worsens(self) -> bool:
        return self.answer not in (NO_CHANGE, FINISHED, "") and is_worse(self.part.status, self.answer)

    @property
    def improves(self) -> bool:
        return self.answer not in (NO_CHANGE, FINISHED, "", self.part.status) and not self.worsens

    @property
    def is_explained(self) -> bool:
        """Whether the next page was answered before: since then somebody else may have changed the status."""
        return any(self.typed_at(name) for name in EXPLAINS)

    @cached_property
    def why(self) -> "SlippedForm":
        """The next page, with what was answered there; it begins with what was typed here."""
        given = getattr(self, "cleaned_data", {})
        typed = {"brings_back": given.get("what_next"), "requested_date": given.get("next_date")}
        sent = self.data if any(self.add_prefix(name) in self.data for name in EXPLAINS) else None
        return SlippedForm(sent, part=self.part, status=self.word, today=self.today, initial=typed)

    @property
    def also(self) -> "SlippedForm | None":
        return self.why if self.is_bound and self.is_explained else None

    @property
    def slips(self) -> bool:
        """A worse status, or a later date, must say why (product, section 2)."""
        return self.worsens or bool(self.cleaned_data.get("later_date"))

    @property
    def asks_why(self) -> bool:
        """What slips needs one more page; so does what was said there."""
        return self.slips or self.is_explained

    def said_in_all(self) -> Said:
        """What is said on this page, and on the next one where that was asked."""
        return self.said(**(self.why.answers() if self.asks_why else {}))

    def said(self, **more: Any) -> Said:
        """What the owner says, with the answers about what slipped; with any of them it is more than "No change"."""
        given = {name: self.cleaned_data[name] for name in ("what_happened", "what_next", "next_date")}
        kind = UpdateKind.NO_CHANGE if self.answer == NO_CHANGE and not any(more.values()) else UpdateKind.UPDATE
        return Said(status=self.new_status, kind=kind, **given, **more)


class SlippedForm(WritingForm):
    """The page that a worse status or a later date leads to."""

    why_slipped = long_text(
        "Why has this slipped?",
        hint=f"For example, waiting for another agency. {NO_NAMES}",
        required="Enter why this has slipped",
        rows=3,
    )
    brings_back = long_text(
        "What will bring it back?", hint="One next step", required="Enter what will bring it back", rows=2
    )
    requested_date = PartsDateField(
        label="New target date",
        help_text=date_example("The SLG will be asked to agree it. "),
        error_messages={"required": "Enter the new target date"},
    )
    needs_slg = forms.ChoiceField(
        label="What do you need from the SLG?",
        help_text="Besides agreeing the new date",
        choices=[("no", NOTHING_YET), ("yes", "A decision")],
        widget=Radios(hints={"yes": "Ask for one decision, in the box below"}),
        error_messages={"required": "Enter what you need, or select “Nothing yet”"},
    )
    ask_of_slg = long_text("What do you need the SLG to do?", hint="Ask for one decision", rows=2)

    def __init__(self, *args: Any, part: Part, status: Status, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["token"], self.fields["version"]  # carried on from the first page
        self.part, self.today = part, today
        if status != Status.OFF_TRACK:
            del self.fields["needs_slg"], self.fields["ask_of_slg"]

    def clean_requested_date(self) -> date:
        asked = self.cleaned_data["requested_date"]
        return taken(asked, why_not_asked(self.part, asked, self.today))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("needs_slg") == "yes" and not cleaned.get("ask_of_slg") and "ask_of_slg" not in self.errors:
            self.add_error("ask_of_slg", "Enter what you need, or select “Nothing yet”")
        return cleaned

    def answers(self) -> dict[str, Any]:
        """What goes into the update beside the first page."""
        given = {name: self.cleaned_data[name] for name in ("why_slipped", "brings_back", "requested_date")}
        if "needs_slg" in self.fields:
            asks = self.cleaned_data["needs_slg"] == "yes"
            given["ask_of_slg"] = self.cleaned_data["ask_of_slg"] if asks else NOTHING_YET
        return given
