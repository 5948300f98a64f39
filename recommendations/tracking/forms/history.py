"""Which two days of a recommendation's history to compare."""

from datetime import date

from django import forms

from krscp.forms.fields import Form


class CompareDaysForm(Form):
    """Two of the days on which something changed, the latest first; the last change is chosen beforehand."""

    def __init__(self, days: list[tuple[str, str]], earlier: date | None, later: date | None) -> None:
        last, before = (days[place][0] if len(days) > place else "" for place in (0, 1))
        chosen = {"from": earlier.isoformat() if earlier else before, "to": later.isoformat() if later else last}
        super().__init__(initial=chosen)
        for name, label in (("from", "From the end of"), ("to", "To the end of")):
            self.fields[name] = forms.ChoiceField(label=label, choices=days)
