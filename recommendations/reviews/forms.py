"""Setting up a review, what it considers, who was there, and what it is compared with."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from krscp.days import display_date
from krscp.forms.careful import WritingForm, long_text
from krscp.forms.edits import EditForm
from krscp.forms.fields import Checkboxes, Form, PartsDateField, Radios, date_example
from krscp.tables import total
from recommendations.models import Attending, LearningKind, Priority, Review, ReviewKind
from recommendations.services.reviews import ReviewPlan, begins
from subgroups.models import Post

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


class LearningForm(WritingForm):
    """An audit, deep dive or piece of scrutiny, the priorities it speaks to and what it changes (Rec 7)."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=LearningKind.choices,
        widget=Radios,
        error_messages={"required": "Select what it is"},
    )
    title = forms.CharField(label="Title", max_length=200, error_messages={"required": "Enter a title"})
    held_on = PartsDateField(label="Date (optional)", help_text=date_example(), required=False)
    priorities = forms.MultipleChoiceField(
        label="Which priorities does it speak to? (optional)", required=False, widget=Checkboxes, choices=[]
    )
    changes = long_text("What does it change?", required="Enter what it changes, or “Nothing”", rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = Priority.objects.values_list("name", flat=True)
        self.fields["priorities"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("kind", "title", "held_on", "priorities", "changes")}


class AttendanceForm(EditForm):
    """One answer for each post, and what came of the item on disproportionality (Rec 18)."""

    others_present = forms.BooleanField(label="Everyone in post who is not marked below was present", required=False)
    disproportionality = long_text(
        "What came of the item on disproportionality?",
        hint="The standing item (recommendation 18). Leave it empty if it was not taken",
        rows=3,
    )

    def __init__(self, *args: Any, review: Review, posts: list[Post], **kwargs: Any) -> None:
        start = {self.name_of(mark.post_id): mark.how for mark in review.attendance.all()}
        start["disproportionality"] = review.disproportionality
        super().__init__(*args, version=review.version, initial=start, **kwargs)
        self.posts = posts
        self.held = held = {post.pk: post.is_held for post in posts}  # type: ignore[attr-defined]
        for post in posts:
            self.fields[self.name_of(post.pk)] = forms.ChoiceField(
                label=f"{post.body.short_name}: {post.title}{'' if held[post.pk] else ' (vacant)'}",
                choices=[("", "Not recorded"), *Attending.choices],
                required=False,
                widget=Radios(small=True, inline=True),
            )
        self.order_fields(["others_present", *(self.name_of(post.pk) for post in posts), "disproportionality"])

    @staticmethod
    def name_of(post: int) -> str:
        return f"post_{post}"

    def marks(self) -> dict[Post, str]:
        """The posts that were answered for, one by one or all the others at once; "" takes a mark off."""
        asked = [post for post in self.posts if self.name_of(post.pk) in self.data]
        answers = {post: self.cleaned_data[self.name_of(post.pk)] for post in asked}
        others = self.posts if self.cleaned_data["others_present"] else []
        present = {post: Attending.PRESENT.value for post in others if self.held[post.pk] and not answers.get(post)}
        return answers | present


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


