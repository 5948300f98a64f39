"""Actions under a part, and the Manager's edits of our reading."""

from django import forms

from krscp.forms.careful import WritingForm
from krscp.forms.fields import PartsDateField, date_example


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
