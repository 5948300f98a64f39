"""Setting up a review, who was there, and what it is compared with."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from krscp.days import display_date
from krscp.forms.careful import long_text
from krscp.forms.edits import EditForm
from krscp.forms.fields import Form, PartsDateField, Radios, date_example
from krscp.tables import total
from recommendations.models import Review, ReviewKind
from recommendations.services.reviews import ReviewPlan, begins
from subgroups.meetings.forms import AttendanceForm

BEFORE = "before"
OF = re.compile("([a-z0-9-]{1,40})/([a-z0-9-]{1,20})")
A_DAY = "day"
NOTICE = timedelta(days=14)


class ReviewForm(EditForm):
    """When it is held and what it looks back on. All open recommendations of all reports are in its scope."""

    kind = forms.ChoiceField(
        label="What kind of review is it?",
        choices=ReviewKind.choices,
        widget=Radios(
            hints=total(ReviewKind, {
                ReviewKind.SIX_MONTHLY: "The SLG’s own (“bi-annual” in the report): everything open, with sign-off",
                ReviewKind.QUARTERLY: "Between co-chairs: actions and notes, no sign-off",
            })
        ),
        error_messages={"required": "Select what kind of review it is"},
    )
    held_on = PartsDateField(
        label="When is it held?", help_text=date_example(), error_messages={"required": "Enter when it is held"}
    )
    period_from = PartsDateField(
        label="It looks back to (optional)", required=False,
        help_text="If you leave it empty: to the last frozen one of its kind, or six months (a quarterly: three)",
    )  # fmt: skip
    returns_due = PartsDateField(
        label="When are returns due? (optional)", help_text="If you leave it empty: two weeks before the review",
        required=False,
    )  # fmt: skip
    compare = forms.ChoiceField(label="What is it compared with?", widget=Radios, choices=[])
    compared_on = PartsDateField(label="Which date?", help_text="Only for “A date”", required=False)

    def __init__(self, *args: Any, review: Review | None = None, today: date, **kwargs: Any) -> None:
        start = _as_set_up(review) if review is not None else {"compare": BEFORE, "kind": ReviewKind.SIX_MONTHLY}
        version = review.version if review is not None else 0
        super().__init__(*args, version=version, initial=start, **kwargs)
        self.review, self.today = review, today
        self.earlier = {str(one.pk): one for one in Review.objects.frozen()}
        choices = [(BEFORE, "The frozen review before it, if there is one")]
        choices += [(pk, one.dated_title) for pk, one in self.earlier.items()]
        self.fields["compare"].choices = [*choices, (A_DAY, "A date")]  # type: ignore[attr-defined]

    def clean_compared_on(self) -> date | None:
        day = self.cleaned_data["compared_on"]
        if day is not None and day >= self.today:
            raise forms.ValidationError("The date to compare with must be in the past")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        wants_day = cleaned.get("compare") == A_DAY
        if wants_day and not cleaned.get("compared_on") and "compared_on" not in self.errors:
            self.add_error("compared_on", "Enter the date to compare with")
        return cleaned

    def plan(self) -> ReviewPlan:
        """What was answered, with the usual days where a box was left empty."""
        given = self.cleaned_data
        held_on, compare = given["held_on"], given["compare"]
        return ReviewPlan(
            kind=given["kind"],
            held_on=held_on,
            period_from=given["period_from"] or begins(given["kind"], held_on),
            returns_due=given["returns_due"] or held_on - NOTICE,
            compared_with=self.earlier.get(compare),
            compared_on=given["compared_on"] if compare == A_DAY else None,
        )


def _as_set_up(review: Review) -> dict[str, Any]:
    compare = A_DAY if review.compared_on else str(review.compared_with_id or BEFORE)
    names = ("kind", "held_on", "period_from", "returns_due", "compared_on")
    return {name: getattr(review, name) for name in names} | {"compare": compare}


class ReviewAttendanceForm(AttendanceForm):
    """Who was there, and what came of the item on disproportionality (Rec 18)."""

    disproportionality = long_text(
        "What came of the item on disproportionality?",
        hint="The standing item (recommendation 18). Leave it empty if it was not taken",
        rows=3,
    )

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        start = {"disproportionality": review.disproportionality}
        super().__init__(*args, meeting=review.meeting, version=review.version, initial=start, **kwargs)


class CompareForm(Form):
    """What to compare with: an earlier frozen review, or any date."""

    compare = forms.ChoiceField(label="Compared with", choices=[], required=False)
    day = PartsDateField(
        label="Or with a day", help_text=date_example(), required=False,
        error_messages={"not_real": "The day to compare with must be a real date"},
    )  # fmt: skip

    def __init__(
        self, *args: Any, reviews: QuerySet[Review], today: date, first: Callable[[], date | None], **kwargs: Any
    ) -> None:
        """`first` says on which day records begin; it is asked only where a day is."""
        super().__init__(*args, **kwargs)
        self.today, self.first = today, first
        named = [(one.slug, one.dated_title) for one in reviews]
        self.fields["compare"].choices = [("", "As it was set up"), *named]  # type: ignore[attr-defined]

    def clean_day(self) -> date | None:
        day = self.cleaned_data["day"]
        if day is not None and day > self.today:
            raise forms.ValidationError("The day to compare with must be today or in the past")
        if day is not None and ((first := self.first()) is None or day < first):
            since = f"before {display_date(first)}" if first else "yet"
            raise forms.ValidationError(f"Nothing is recorded {since}. Choose a later day")
        return day


class DayForm(Form):
    """Which day to go back to."""

    day = PartsDateField(
        label="Which day?", help_text=date_example("", "20 4", -1), error_messages={"required": "Enter a day"}
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_day(self) -> date:
        day = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError("The day must be today or in the past")
        return day

    @property
    def of(self) -> list[str]:
        """The code and number of the one recommendation that is asked about, or nothing."""
        asked = OF.fullmatch(str(self.data.get(self.add_prefix("of")) or ""))
        return list(asked.groups()) if asked else []


