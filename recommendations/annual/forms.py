"""What goes into an annual report: title, period, sections."""

from datetime import date
from typing import Any

from django import forms

from krscp.days import display_date
from krscp.forms.edits import EditForm
from krscp.forms.fields import Checkboxes, PartsDateField
from recommendations.annual.building import last_year
from recommendations.models import AnnualReport, AnnualSection
from recommendations.services.annual import Choices

HINTS = {
    AnnualSection.PRIORITIES: "Under the headings of the key priorities (recommendation 6), then cross-cutting",
    AnnualSection.REFUSED: "With the decision’s own words; superseded ones too",
    AnnualSection.ATTENDANCE: "At reviews: posts, not people",
    AnnualSection.IMPACT: "Differences for children that are evidenced, with the evidence kept in the period",
}


class AnnualForm(EditForm):
    """The builder's choices; it opens with the last complete year from April to March, and every section."""

    title = forms.CharField(
        label="Title",
        help_text="It stands on the report and in the list of saved reports",
        max_length=120,
        error_messages={"required": "Enter a title"},
    )
    period_from = PartsDateField(
        label="First day of the period", error_messages={"required": "Enter the first day of the period"}
    )
    period_to = PartsDateField(
        label="Last day of the period",
        help_text="If it is still to come, the report is a draft until then",
        error_messages={"required": "Enter the last day of the period"},
    )
    sections = forms.MultipleChoiceField(
        label="Which sections?",
        choices=AnnualSection.choices,
        widget=Checkboxes(hints=HINTS),
        error_messages={"required": "Select at least one section"},
    )

    def __init__(
        self, *args: Any, report: AnnualReport | None = None, today: date, records_begin: date | None, **kwargs: Any
    ) -> None:
        start = _as_saved(report) if report is not None else _usual(today)
        super().__init__(*args, version=report.version if report is not None else 0, initial=start, **kwargs)
        self.today, self.records_begin = today, records_begin

    def clean_period_from(self) -> date:
        first = self.cleaned_data["period_from"]
        if first > self.today:
            raise forms.ValidationError("The first day of the period must be today or in the past")
        return first

    def clean_period_to(self) -> date:
        """A report can only be about a time that is recorded."""
        last = self.cleaned_data["period_to"]
        if self.records_begin is not None and last < self.records_begin:
            begins = display_date(self.records_begin)
            raise forms.ValidationError(f"Nothing is recorded before {begins}. The last day must be {begins} or later")
        return last

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("period_from"), cleaned.get("period_to")
        if first is not None and last is not None and last < first:
            self.add_error("period_to", "The last day of the period must be the first day or later")
        return cleaned

    def choices(self) -> Choices:
        """The answers, the sections in their own order."""
        given = self.cleaned_data
        sections = [section.value for section in AnnualSection if section in given["sections"]]
        return Choices(given["title"], given["period_from"], given["period_to"], sections)


def _as_saved(report: AnnualReport) -> dict[str, Any]:
    return {name: getattr(report, name) for name in ("title", "period_from", "period_to", "sections")}


def _usual(today: date) -> dict[str, Any]:
    first, last = last_year(today)
    title = f"Annual report {first.year} to {last.year}"
    return {"title": title, "period_from": first, "period_to": last, "sections": AnnualSection.values}
