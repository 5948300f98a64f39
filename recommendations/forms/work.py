"""Actions under a part, and the Manager's edits of our reading."""

from typing import Any

from django import forms

from krscp.forms import PartsDateField, Radios, date_example
from krscp.tables import total
from recommendations.forms.base import WritingForm
from recommendations.forms.edit import EditForm
from recommendations.models import Recommendation
from recommendations.workflow import AsksFor


class ActionForm(WritingForm):
    """A local sub-task: what, which post, by when."""

    what = forms.CharField(
        label="What will be done?", max_length=300, error_messages={"required": "Enter what will be done"}
    )
    who = forms.CharField(
        label="Which post will do it?",
        help_text="A post, not a person's name",
        max_length=200,
        error_messages={"required": "Enter which post will do it"},
    )
    due = PartsDateField(label="By when? (optional)", help_text=date_example(), required=False)


class ReadingForm(EditForm):
    """Our reading of the report; its own words stay as they are."""

    short_title = forms.CharField(
        label="Short title", max_length=60, error_messages={"required": "Enter a short title"}
    )
    asks_for = forms.ChoiceField(
        label="What does it ask for?",
        choices=AsksFor.choices,
        widget=Radios(
            hints=total(AsksFor, {
                AsksFor.DECIDE: "Complete when there is a reasoned decision, “no” included",
                AsksFor.DO: "Complete when it is done",
                AsksFor.KEEP_DOING: "Signed off with a day to check again",
            })
        ),
        error_messages={"required": "Select what it asks for"},
    )
    asks_for_reason = forms.CharField(
        label="Why we read it so", max_length=300, error_messages={"required": "Enter the reason"}
    )

    def __init__(self, *args: Any, recommendation: Recommendation, **kwargs: Any) -> None:
        start = {name: getattr(recommendation, name) for name in ("short_title", "asks_for", "asks_for_reason")}
        super().__init__(*args, version=recommendation.version, initial=start, **kwargs)
