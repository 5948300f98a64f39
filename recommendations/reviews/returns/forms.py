"""One row of a return: the quick update's questions and, where it slipped, why; and the sheet of all rows."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict

from krscp.days import display_date
from krscp.forms.careful import as_typed, long_text
from krscp.forms.combine import PARAGRAPH, AnsweredBox, combine
from krscp.forms.date_field import PARTS, day_boxes
from krscp.forms.fields import PartsDateField, Radios, date_example
from krscp.text import clean_text
from recommendations.domain.sayings import DAYS, EXPLAINS, SAYINGS, WORDS
from recommendations.domain.workflow import Status, is_worse
from recommendations.models import Decision, Part, Update, UpdateKind
from recommendations.services.escalations import NOTHING_YET
from recommendations.services.updates import Said, why_not_asked
from recommendations.tracking.forms.update import ANSWERS, FINISHED, NO_CHANGE, UpdateForm, taken

ANSWERS_ALONE = ("status", "later_date", *WORDS)
TYPED = (*ANSWERS_ALONE, *(f"{name}_{box}" for name in DAYS for box in PARTS))
Typed = dict[str, str]


def prefix_of(part: int) -> str:
    return f"row-{part}"


def typed_in(sent: QueryDict, part: int) -> Typed:
    """What was typed in a part's row, the empty boxes left out."""
    found = {name: clean_text(sent.get(f"{prefix_of(part)}-{name}") or "").strip() for name in TYPED}
    return {name: value for name, value in found.items() if value}


def start_of(last: Update | None, today: date) -> Typed:
    """What a row begins with: the next step said last and its day, as long as that is still to come."""
    if last is None or last.next_date is None or last.next_date < today:
        return {}
    start = {"what_next": last.what_next} | day_boxes("next_date", last.next_date)
    return {name: value for name, value in start.items() if value}


class AnswerForm(UpdateForm):
    """The quick update and the page that a worse word leads to, in one row. Completion has a page of its own."""

    why_slipped = long_text("Why has this slipped?", hint="For example, waiting for another agency", rows=2)
    brings_back = long_text("What will bring it back?", hint="One next step", rows=2)
    requested_date = PartsDateField(
        label="New target date", help_text=date_example("The SLG will be asked to agree it. "), required=False
    )
    ask_of_slg = long_text("What do you need the SLG to do? (optional)", hint="Ask for one decision", rows=2)
    stands = forms.BooleanField(label="I have read it, and this answer still stands", required=False)

    def __init__(
        self, *, part: Part, last: Update | None, today: date, typed: Typed, second: bool = False,
        checked: bool = False, outdated: bool = False,
    ) -> None:  # fmt: skip
        """`outdated`: whether something was said or decided since the answer was drafted."""
        self.given, self.checked, self.outdated = typed, checked, outdated
        prefix = prefix_of(part.pk)
        data = QueryDict(mutable=True)
        data.update({f"{prefix}-{name}": value for name, value in typed.items()})
        super().__init__(data, part=part, last=last, today=today, second=second, prefix=prefix)
        del self.fields["token"], self.fields["version"]
        if not outdated:
            del self.fields["stands"]
        answers = [(value, label) for value, label in ANSWERS if value != FINISHED]
        self.fields["status"].choices = answers  # type: ignore[attr-defined]
        self.fields["status"].widget = Radios(choices=answers, small=True, inline=True)
        self.fields["status"].help_text = ""

    def full_clean(self) -> None:
        """A draft may be unfinished: it is judged only when it is checked, before the return is sent."""
        if not self.checked:
            self._errors, self.cleaned_data = ErrorDict(), {}
            return
        super().full_clean()
        self.faults = [str(error) for errors in self.errors.values() for error in errors]
        for name, errors in self.errors.items():
            self._errors[name] = self.error_class([f"{self.part}: {error}" for error in errors])

    @property
    def lacks_reason(self) -> bool:
        """Whether it says “No change” where that alone is no answer."""
        return self.needs_reason and self.given.get("status") == NO_CHANGE and "what_happened" not in self.given

    @property
    def is_answered(self) -> bool:
        return "status" in self.given and not self.outdated and not self.lacks_reason

    @property
    def worse(self) -> list[str]:
        """The answers that would be a step down, which the page asks more about."""
        slips = (Status.AT_RISK, Status.OFF_TRACK)
        return [status.value for status in slips if is_worse(self.part.status, status)]

    def clean_requested_date(self) -> date | None:
        asked = self.cleaned_data["requested_date"]
        return taken(asked, why_not_asked(self.part, asked, self.today))

    @property
    def asks_why(self) -> bool:
        """The row has all its boxes on one page, so what was typed in them asks for no other page."""
        return self.slips

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.outdated:
            self.add_error("stands", "Something newer was said or decided. Change your answer, or say that it stands")
        if self.slips or cleaned.get("requested_date"):
            self._require(cleaned, "why_slipped", "Enter why this has slipped")
            self._require(cleaned, "brings_back", "Enter what will bring it back")
        if self.slips:
            self._require(cleaned, "requested_date", "Enter the new target date")
        return cleaned

    def answer_as_said(self) -> Said:
        """What goes into the update: every text that was typed."""
        given = {name: self.cleaned_data[name] for name in (*EXPLAINS, "requested_date")}
        if self.slips and self.new_status == Status.OFF_TRACK:
            given["ask_of_slg"] = given["ask_of_slg"] or NOTHING_YET
        return self.said(**given)

    @property
    def texts(self) -> list[tuple[str, str]]:
        """What else the draft holds, each with what it answers."""
        return [(f"{one.short}:", said) for one in SAYINGS if (said := as_typed(self[one.name]))]

    @property
    def words(self) -> str:
        """The answer in a word, for the page that checks all of them."""
        return dict(ANSWERS).get(self.given.get("status", ""), "Not answered")


def word_of(said: Said | Update) -> str:
    """What was said, in a word."""
    return UpdateKind.NO_CHANGE.label if said.kind == UpdateKind.NO_CHANGE else Status(said.status).label


def texts_of(said: Said | Update) -> list[tuple[str, str]]:
    """All else that is said, each with what it answers: what a page shows before it is sent and after."""
    found = ((f"{one.short}:", getattr(said, one.name)) for one in SAYINGS)
    return [(label, display_date(value) if isinstance(value, date) else value) for label, value in found if value]


def told_of(news: Update | Decision) -> list[tuple[str, str]]:
    """What was said or decided since, in its own words."""
    if isinstance(news, Decision):
        return [(f"{news.get_kind_display()}:", news.wording)]
    return [("Said:", word_of(news)), *texts_of(news)]


def text_of(rows: Iterable[Typed]) -> str:
    """All that was written, for the check for personal details."""
    return "\n".join(typed.get(name, "") for typed in rows for name in TYPED if "_date_" not in name)


def combined(theirs: Typed, mine: Typed) -> Typed:
    """Both texts, theirs first; of single answers mine."""
    stands = [AnsweredBox({name: [theirs.get(name, "")]}, PARAGRAPH if name in WORDS else "") for name in ANSWERS_ALONE]
    stands += [AnsweredBox({f"{name}_{box}": [theirs.get(f"{name}_{box}", "")] for box in PARTS}) for name in DAYS]
    own = {name: [mine.get(name, "")] for name in TYPED}
    both = own | combine(own, None, stands)
    return {name: values[0] for name, values in both.items() if values[0]}
