"""Propose completion: what was done, the evidence, and what is different for children."""

from typing import Any
from urllib.parse import urlsplit

from django import forms

from krscp.forms.careful import NO_NAMES, WritingForm, long_text
from krscp.forms.fields import PartsDateField, Radios, date_example
from recommendations.domain.workflow import AsksFor, Difference
from recommendations.models import Part
from recommendations.services.completion import ForChildren, Proof

DONE = {
    AsksFor.DECIDE: ("What was decided, and why?", "A reasoned “no” completes this too."),
    AsksFor.KEEP_DOING: ("What is now done as a matter of course?", "The SLG will set a day to check again."),
}
DIFFERENCES = [
    (Difference.EVIDENCED.value, "Evidenced: something is different, and we can show it"),
    (Difference.TOO_EARLY.value, "Too early: we will look again"),
    (Difference.NO_DIRECT_EFFECT.value, "No direct effect: children benefit indirectly, or not at all"),
]


class EvidenceForm(WritingForm):
    """One link with what it shows."""

    title = forms.CharField(
        label="Evidence",
        help_text="What it is called: minutes, a policy, a page, an audit summary. Do not use case records",
        max_length=200,
        error_messages={"required": "Add at least one piece of evidence"},
    )
    link = forms.URLField(
        label="Where it can be read (optional)",
        help_text="A web or SharePoint address, for example https://example.org/minutes",
        max_length=500,
        required=False,
        assume_scheme="https",
    )
    shows = forms.CharField(
        label="What does this evidence show?",
        help_text="One sentence",
        max_length=300,
        error_messages={"required": "Enter what this evidence shows"},
    )

    def clean_link(self) -> str:
        """A page to open in a browser, with no password in its address."""
        link = self.cleaned_data["link"]
        address = urlsplit(link)
        if link and (address.scheme not in ("http", "https") or address.username or address.password):
            raise forms.ValidationError("Enter a web address in the correct format, like https://example.org")
        return link

    def proof(self) -> Proof:
        return Proof(title=self.cleaned_data["title"], shows=self.cleaned_data["shows"], link=self.cleaned_data["link"])


class CompletionForm(EvidenceForm):
    """What the SLG needs in order to sign off."""

    done = long_text("What was done?", hint=NO_NAMES, required="Enter what was done or decided")
    difference = forms.ChoiceField(
        label="What is different for children?",
        help_text="“Too early” is a good answer if you say when you will look again",
        choices=DIFFERENCES,
        widget=Radios,
        error_messages={"required": "Select what is different for children"},
    )
    difference_text = long_text(
        "Say how you know, or why there is no direct effect",
        hint="Do not identify a child or family",
        required="Enter what is different, or select another answer",
        rows=3,
    )
    look_again_on = PartsDateField(
        label="When will you look again?", help_text=date_example("Only for “Too early”. "), required=False
    )
    field_order = ("done", "title", "link", "shows", "difference", "difference_text", "look_again_on")

    def __init__(self, *args: Any, part: Part, **kwargs: Any) -> None:
        super().__init__(*args, version=part.version, **kwargs)
        asks = part.recommendation.asks_for
        if asks in DONE:
            label, hint = DONE[AsksFor(asks)]
            self.fields["done"].label, self.fields["done"].help_text = label, f"{hint} {NO_NAMES}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        early = cleaned.get("difference") == Difference.TOO_EARLY
        if early and not cleaned.get("look_again_on") and "look_again_on" not in self.errors:
            self.add_error("look_again_on", "Enter when you will look again")
        return cleaned

    def for_children(self) -> ForChildren:
        chosen = self.cleaned_data["difference"]
        again = self.cleaned_data["look_again_on"] if chosen == Difference.TOO_EARLY else None
        return ForChildren(chosen, self.cleaned_data["difference_text"], again)
