"""Which column of a list is which."""

from typing import Any

from django import forms

from krscp.forms.fields import Form
from recommendations.importing.rows import COLUMNS, NEEDED, NO_COLUMN, Matching, guess
from recommendations.importing.sheets import SheetTable

NONE = (str(NO_COLUMN), "Not in the file")


class MatchForm(Form):
    """A choice of column for each thing that a row says; guessed from the headings."""

    expected = forms.IntegerField(
        label="How many recommendations should there be? (optional)", min_value=1, max_value=10_000, required=False
    )

    def __init__(self, data: Any, *, table: SheetTable) -> None:
        self.table = table
        header = [(str(place), str(heading) or f"Column {place + 1}") for place, heading in enumerate(table.rows[0])]
        super().__init__(data, initial={name: str(place) for name, place in guess(table).items()})
        for name, (label, _) in COLUMNS.items():
            needed = name in NEEDED
            self.fields[name] = forms.ChoiceField(
                label=label if needed else f"{label} (optional)", choices=[NONE, *header], required=False
            )
        self.order_fields([*COLUMNS, "expected"])

    @property
    def not_taken(self) -> list[str]:
        """The headings of the columns that nothing is chosen for."""
        chosen = {str(self[name].value()) for name in COLUMNS}
        header = enumerate(self.table.rows[0])
        return [str(heading) for place, heading in header if heading and str(place) not in chosen]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = [place for place in self.matching(cleaned).values() if place != NO_COLUMN]
        for name in NEEDED:
            if self.matching(cleaned)[name] == NO_COLUMN:
                self.add_error(name, f"Select the column that holds the {COLUMNS[name][0].lower()}")
        if len(set(chosen)) < len(chosen):
            self.add_error(None, "Select each column once")
        return cleaned

    @staticmethod
    def matching(cleaned: dict[str, Any]) -> Matching:
        return {name: int(cleaned.get(name) or NO_COLUMN) for name in COLUMNS}
