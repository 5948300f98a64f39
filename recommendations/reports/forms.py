"""The Manager's edits of our reading."""

from typing import Any

from django import forms

from krscp.forms.edits import EditForm
from krscp.forms.fields import Radios
from krscp.tables import total
from recommendations.domain.workflow import AsksFor
from recommendations.models import Recommendation


class ReadingForm(EditForm):
    """Our reading of the report; its own words stay as they are."""

    short_title = forms.CharField(
        label="Short title", max_length=60, error_messages={"required": "Enter a short title"}
    )
    asks_for = forms.ChoiceField(
        label="What does it ask for?",
        choices=AsksFor.choices,
        widget=Radios(
            hints=total(
                AsksFor,
                {
                    AsksFor.DECIDE: "Complete when there is a reasoned decision, “no” included",
                    AsksFor.DO: "Complete when it is done",
                    AsksFor.KEEP_DOING: "Signed off with a day to check again",
                },
            )
        ),
        error_messages={"required": "Select what it asks for"},
    )
    asks_for_reason = forms.CharField(
        label="Why we read it so", max_length=300, error_messages={"required": "Enter the reason"}
    )

    def __init__(self, *args: Any, recommendation: Recommendation, **kwargs: Any) -> None:
        start = {name: getattr(recommendation, name) for name in ("short_title", "asks_for", "asks_for_reason")}
        super().__init__(*args, version=recommendation.version, initial=start, **kwargs)
