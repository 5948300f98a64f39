"""Inviting a person to a post."""

from typing import Any, cast

from django import forms

from krscp.forms.careful import PlainForm
from krscp.forms.fields import AddressField, PartsDateField, date_example
from subgroups.models import Appointment, Post


class InviteForm(PlainForm):
    """Who, and to which post. The account is made at once; the person chooses a password by mail."""

    email = AddressField(label="Email address", error_messages={"required": "Enter an email address"})
    name = forms.CharField(
        label="How the person is named on screen", max_length=200, error_messages={"required": "Enter a name"}
    )
    post = forms.ModelChoiceField(
        label="Post", queryset=Post.objects.none(), empty_label="Select", error_messages={"required": "Select a post"}
    )
    starts = PartsDateField(
        label="From", help_text=date_example(), error_messages={"required": "Enter the first day"}
    )

    def __init__(self, *args: Any, posts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["post"]).queryset = posts


class EndForm(PlainForm):
    """The last day of an appointment; `seen` is the one that stood on the page."""

    ends = PartsDateField(
        label="Last day in the post", help_text=date_example("Included. "),
        error_messages={"required": "Enter the last day"},
    )  # fmt: skip

    seen = forms.DateField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, appointment: Appointment, **kwargs: Any) -> None:
        start = {"ends": appointment.ends, "seen": appointment.ends}
        super().__init__(*args, initial=start, **kwargs)
        self.starts = appointment.starts

    def clean_ends(self) -> Any:
        ends = self.cleaned_data["ends"]
        if ends < self.starts:
            raise forms.ValidationError("The last day must be on or after the first day")
        return ends
