"""What each recommendation of an import can be given: owners, and earlier recommendations that it follows on from."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from recommendations.importing.parsed import ParsedReport
from recommendations.importing.spellings import Named
from recommendations.importing.suggest import Suggestion
from recommendations.models import Recommendation
from subgroups.models import Body

SELECTED = flatatt({"selected": True})


class PlainSelect(forms.Select):
    """A list to choose from that stands in hundreds of rows: its choices are written once for all that chose alike."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        listed = tuple((str(one), str(label)) for one, label in self.choices)
        options = _options(listed, "" if value is None else str(value))
        written = flatatt(self.build_attrs(self.attrs, attrs))
        return format_html('<select name="{}"{}>\n{}\n</select>', name, written, options)


@lru_cache(maxsize=100)
def _options(listed: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    rows = ((value, SELECTED if value == chosen else "", label) for value, label in listed)
    return format_html_join("\n", '<option value="{}"{}>{}</option>', rows)


class ImportChoices:
    """The source, bodies and earlier recommendations to choose from, read once for all rows: two queries."""

    def __init__(self, parsed: ParsedReport) -> None:
        self.paragraphs = {found.number: found for found in parsed.paragraphs if found.number}
        self.by_pk = {str(body.pk): body for body in Body.objects.all()}
        self.bodies = [("", "None"), *((pk, body.name) for pk, body in self.by_pk.items())]
        by_place = {f"{one.report.code}/{one.slug}": one for one in Recommendation.objects.select_related("report")}
        # What a person chooses from: one list for the page, which would be too long to stand in every row.
        named = {
            f"{one.report.short_title}: {one.number} {one.called} ({place})": one for place, one in by_place.items()
        }
        self.earlier = list(named)
        self.recommendations = by_place | named

    def suggestions(self, named: Sequence[Named]) -> list[Suggestion]:
        """The bodies that a wording names, those left out that are no longer here."""
        found = [(self.by_pk.get(str(key)), words) for key, words in named]
        return [Suggestion(body, words) for body, words in found if body is not None]

    def place_of(self, typed: str) -> str:
        """What was typed, as it is known here: "/ISR-2021/22/" is "isr-2021/22"."""
        place = normalize("NFKC", typed).strip().strip("/").casefold()
        return place if place in self.recommendations else typed
