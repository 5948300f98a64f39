"""Importing a report: choosing the file, then settling what was found in it before anything is stored."""

from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any
from unicodedata import normalize

from django import forms
from django.http import QueryDict
from django.utils.text import slugify

from krscp.forms.careful import WritingForm
from krscp.forms.fields import Form, by_prefix
from krscp.text import beginning
from recommendations.importing.apply import RESERVED
from recommendations.importing.forms.choices import ImportChoices, PlainSelect
from recommendations.importing.forms.uploads import BoundedFile
from recommendations.importing.parsed import ParsedParagraph, ParsedRecommendation, ParsedReport
from recommendations.importing.plan import (
    About,
    Owner,
    PlannedRecommendation,
    corrected,
    lines_of,
    points_in,
    why_refused,
)
from recommendations.importing.readers import MAX_BYTES, TOO_LARGE
from recommendations.importing.sheets import is_table
from recommendations.importing.spellings import Named
from recommendations.importing.suggest import Suggestion
from recommendations.importing.tasks import CONVERTER
from recommendations.models import Follows, OwnershipKind
from subgroups.models import Body

LONGEST_NUMBER, LONGEST_WORDING, LONGEST_SHORT, LONGEST_PLACE = 20, 20_000, 60, 500
MOST_SOURCES, LONGEST_SOURCE = 20, 20_000  # paragraphs and characters shown beside a recommendation
NAMED_IN_FILE = "Named in the imported file"
NOT_OWNER = [("", "Not an owner"), *OwnershipKind.choices]


class ReportUploadForm(WritingForm):
    """The report's file, and what the report is called."""

    file = BoundedFile(
        label="The report", largest=MAX_BYTES, too_large=TOO_LARGE,
        help_text="Word, PDF, Markdown or text; or a list in Excel or CSV. Nothing is stored until you have seen it.",
        error_messages={"required": "Select the report’s file", "empty": "The selected file is empty"},
    )  # fmt: skip
    title = forms.CharField(
        label="Title (optional)", max_length=300, required=False,
        help_text="If you leave it empty: as printed in the report; of a list, the name of the file",
    )  # fmt: skip
    published = forms.CharField(
        label="When was it published?", help_text="As it says itself, for example September 2021", max_length=40,
        error_messages={"required": "Enter when it was published"},
    )  # fmt: skip
    code = forms.CharField(
        label="Code", max_length=40,
        help_text="A short name for its addresses, for example isr-2026. To add to a list that is here, give its code; "
        "its title and date then stay as they are",
        error_messages={"required": "Enter a code, for example isr-2026"},
    )  # fmt: skip

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].strip().lower()
        if slugify(code) != code or code in RESERVED:
            raise forms.ValidationError("Code must be small letters, numbers and hyphens, for example isr-2026")
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        code, file = cleaned.get("code"), cleaned.get("file")
        refusal = why_refused(About(code, "", "", adds=file is not None and is_table(file.name))) if code else ""
        if refusal:
            self.add_error("code", refusal)
        return cleaned


class EntryForm(Form):
    """One recommendation found: kept or left out, corrected, given owners, linked to an earlier one."""

    leave_out = forms.BooleanField(label="Leave it out: this is no recommendation", required=False)
    label = forms.CharField(
        label="Number", max_length=LONGEST_NUMBER, error_messages={"required": "Enter the number as printed"}
    )
    short_title = forms.CharField(
        label="Short title (optional)", help_text="Ours, not the report’s", max_length=LONGEST_SHORT, required=False
    )
    opening = forms.CharField(
        label="Wording", max_length=LONGEST_WORDING, widget=forms.Textarea(attrs={"rows": 6}), required=False
    )
    points = forms.CharField(
        label="Sub-points (optional)", help_text="One a line: a) and its words, or • and its words", required=False,
        max_length=LONGEST_WORDING, widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    earlier = forms.CharField(
        label="Follows on from (optional)", required=False, max_length=LONGEST_PLACE,
        help_text="Choose it from the list, or type its address, for example isr-2021/22",
        widget=forms.TextInput(attrs={"list": "earlier-recommendations"}),
    )  # fmt: skip
    how = forms.ChoiceField(
        label="How?", required=False, choices=[("", "Choose"), *Follows.choices], widget=PlainSelect
    )
    other = forms.ChoiceField(label="Another owner (optional)", required=False, choices=[], widget=PlainSelect)
    reason = forms.CharField(label="Why is it the owner? (optional)", max_length=300, required=False)

    def __init__(
        self, data: Any, *, found: ParsedRecommendation, suggestions: list[Suggestion], choices: ImportChoices,
        prefix: str, owner: Body | None = None,
    ) -> None:
        title, points = beginning(found.title.strip(), LONGEST_SHORT), lines_of(found.sub_points)
        start = {"label": found.label, "short_title": title, "opening": found.opening, "points": points}
        if owner is not None and any(one.body == owner for one in suggestions):
            start |= {f"owner_{owner.pk}": OwnershipKind.LEAD}
        elif owner is not None:
            start |= {"other": str(owner.pk), "reason": NAMED_IN_FILE}
        super().__init__(data, initial=start, prefix=prefix)
        self.found, self.suggestions, self.offered, self.owner = found, suggestions, choices, owner
        self.fields["other"].choices = choices.bodies  # type: ignore[attr-defined]
        for one in suggestions:
            label = f"{one.body.name} (named in the text: “{one.words}”)"
            self.fields[f"owner_{one.body.pk}"] = forms.ChoiceField(
                label=label, choices=NOT_OWNER, required=False, widget=PlainSelect
            )

    @cached_property
    def source(self) -> list[ParsedParagraph]:
        """The paragraphs that lead to it in the report: the last of them, as many as a person compares."""
        known = self.offered.paragraphs
        found = [known[number] for number in self.found.paragraphs[-MOST_SOURCES:] if number in known]
        lengths = list(accumulate(len(one.text) for one in reversed(found)))
        return found[-max(1, bisect(lengths, LONGEST_SOURCE)) :]

    @cached_property
    def before_source(self) -> int:
        """How many paragraphs before those are not shown."""
        return sum(number in self.offered.paragraphs for number in self.found.paragraphs) - len(self.source)

    @property
    def suggested(self) -> list[forms.BoundField]:
        return [self[f"owner_{one.body.pk}"] for one in self.suggestions]

    @property
    def corrects(self) -> bool:
        """Whether number, wording or sub-points are to be looked at."""
        return bool({"label", "opening", "points"} & set(self.errors)) if self.is_bound else False

    @property
    def adds(self) -> bool:
        """Whether another owner or an earlier recommendation was chosen here, rightly or wrongly."""
        return self.is_bound and any(self[name].value() for name in ("other", "reason", "earlier", "how"))

    @property
    def written(self) -> list[str]:
        """Short title and reason where they were typed here; what the file says itself is the report's."""
        own, why = self.cleaned_data["short_title"], self.cleaned_data["reason"]
        theirs = (beginning(self.found.title.strip(), LONGEST_SHORT), NAMED_IN_FILE, "")
        return [text for text in (own, why) if text not in theirs]

    @property
    def is_kept(self) -> bool:
        return not self.cleaned_data.get("leave_out")

    def clean_label(self) -> str:
        """A full-width “２” is the number 2, so that no number stands twice."""
        return normalize("NFKC", self.cleaned_data["label"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("leave_out"):
            self._errors = forms.utils.ErrorDict()  # what is left out needs no correcting
            return cleaned
        if not cleaned.get("opening") and not cleaned.get("points") and not {"opening", "points"} & set(self.errors):
            self.add_error("opening", "Enter the wording, or leave this out")
        cleaned["earlier"] = self.offered.place_of(cleaned.get("earlier") or "")
        if cleaned["earlier"] and cleaned["earlier"] not in self.offered.recommendations:
            self.add_error("earlier", "Choose an earlier recommendation from the list, or leave it empty")
        elif cleaned.get("earlier") and not cleaned.get("how"):
            self.add_error("how", "Select whether it continues or replaces the earlier one")
        if cleaned.get("other") and not cleaned.get("reason"):
            self.add_error("reason", "Enter why it is the owner")
        return cleaned

    def entry(self) -> PlannedRecommendation:
        """What was settled."""
        given = self.cleaned_data
        points = points_in(given["points"])
        found = corrected(self.found, label=given["label"], opening=given["opening"], points=points)
        earlier = self.offered.recommendations.get(given["earlier"])
        how, owners = given["how"] if earlier else "", tuple(self._owners())
        return PlannedRecommendation(found, given["short_title"], owners, earlier, how)

    def _owners(self) -> Iterable[Owner]:
        for one in self.suggestions:
            if kind := self.cleaned_data.get(f"owner_{one.body.pk}"):
                yield Owner(one.body, kind, words=one.words)
        other = self.offered.by_pk.get(self.cleaned_data.get("other", ""))
        if other is not None and not self.cleaned_data.get(f"owner_{other.pk}"):
            yield Owner(other, OwnershipKind.LEAD, reason=self.cleaned_data["reason"])


@dataclass
class PreviewSheet:
    """The preview: the report as it was read, what it is called, and one form for each recommendation."""

    parsed: ParsedReport
    about: About
    forms: list[EntryForm]
    faults: list[str]

    def non_form_errors(self) -> list[str]:
        """For the summary of errors, which reads a sheet as it reads a set of forms."""
        return self.faults

    @property
    def values(self) -> list[Any]:
        """The report as it was read and whom it names, to be carried by the page: nothing is read twice, or stored."""
        named = [[(one.body.pk, one.words) for one in form.suggestions] for form in self.forms]
        return [CONVERTER.unstructure(self.parsed), CONVERTER.unstructure(self.about), named]

    @property
    def kept(self) -> list[EntryForm]:
        return [form for form in self.forms if form.is_kept]

    @property
    def left_out(self) -> list[EntryForm]:
        return [form for form in self.forms if not form.is_kept]

    @property
    def earlier(self) -> list[str]:
        """The recommendations that one of these could follow on from, as they are chosen."""
        return self.forms[0].offered.earlier if self.forms else []

    @property
    def warnings(self) -> list[tuple[str, str]]:
        """What to look at first, with the id of the recommendation it is about."""
        own = [
            (f"{form.found.label}: {words}", f"{form.prefix}-panel")
            for form in self.forms
            for words in form.found.warnings
        ]
        return [*((words, "") for words in self.parsed.warnings), *own]

    @property
    def has_faults(self) -> bool:
        return bool(self.faults) or any(form.is_bound and form.errors for form in self.forms)

    def is_valid(self) -> bool:
        """Whether each row is in order and no number stands twice."""
        faulty = [form for form in self.forms if not form.is_valid()]
        if faulty:
            return False
        labels = [form.cleaned_data["label"].casefold() for form in self.kept]
        twice = sorted({label for label in labels if labels.count(label) > 1})
        self.faults = [f"Number {label} stands more than once. Correct one, or leave one out" for label in twice]
        if not labels:
            self.faults.append("Everything is left out. Keep at least one recommendation")
        return not self.faults

    def entries(self) -> list[PlannedRecommendation]:
        return [form.entry() for form in self.kept]


def sheet_of(
    parsed: ParsedReport, about: About, named: Sequence[Sequence[Named]], sent: QueryDict | None = None,
    owners: Mapping[str, Body | None] | None = None,
) -> PreviewSheet:
    """A form for each recommendation found, with what was typed if something was.

    `named` are the bodies that each names, `owners` by number those that a file has.
    """
    typed = by_prefix(sent) if sent is not None else None
    earlier = [values.get(f"{row}-earlier", "") for row, values in (typed or {}).items()]
    choices, owners = ImportChoices(parsed, earlier), owners or {}
    forms_ = [
        EntryForm(
            typed and typed[f"r{place}"], prefix=f"r{place}", found=found,
            suggestions=choices.suggestions(names), choices=choices, owner=owners.get(found.label),
        )
        for place, (found, names) in enumerate(zip(parsed.recommendations, named, strict=True))
    ]  # fmt: skip
    return PreviewSheet(parsed, about, forms_, [])


def sheet_in(values: list[Any], sent: QueryDict) -> PreviewSheet:
    """The preview that a page sent back, with what it carried."""
    parsed, about, named = values
    return sheet_of(CONVERTER.structure(parsed, ParsedReport), CONVERTER.structure(about, About), named, sent)
