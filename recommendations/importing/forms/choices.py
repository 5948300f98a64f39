"""What each recommendation of an import can be given: owners, and earlier recommendations that it follows on from."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import Any
from unicodedata import normalize

from django import forms
from django.db.models import Q
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from recommendations.importing.parsed import ParsedReport
from recommendations.importing.spellings import Named
from recommendations.importing.suggest import Suggestion
from recommendations.models import Recommendation
from subgroups.models import Body

PLACE = re.compile(r"([\w-]+)/([\w-]+)[/)\s]*$")
LISTED = 500  # the latest reports' are listed; any other one is found by its address
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
    """The source, bodies and earlier recommendations to choose from, read once for all rows: three queries.

    `typed` is what stands in the boxes for earlier ones, which may name others than the list does.
    """

    def __init__(self, parsed: ParsedReport, typed: Iterable[str] = ()) -> None:
        self.paragraphs = {found.number: found for found in parsed.paragraphs if found.number}
        self.by_pk = {str(body.pk): body for body in Body.objects.all()}
        self.bodies = [("", "None"), *((pk, body.name) for pk, body in self.by_pk.items())]
        known = Recommendation.objects.select_related("report")
        listed = list(known.order_by("-report_id", "position")[:LISTED])
        # What a person chooses from: one list for the page, which would be too long to stand in every row.
        self.earlier = [_named(one) for one in sorted(listed, key=lambda one: (one.report_id, one.position))]
        found = [*listed, *known.filter(_at(typed))]
        self.recommendations = {_place(one): one for one in found} | {_named(one): one for one in found}

    def suggestions(self, named: Sequence[Named]) -> list[Suggestion]:
        """The bodies that a wording names, those left out that are no longer here."""
        found = [(self.by_pk.get(str(key)), words) for key, words in named]
        return [Suggestion(body, words) for body, words in found if body is not None]

    def place_of(self, typed: str) -> str:
        """What was typed, as it is known here: "/ISR-2021/22/" is "isr-2021/22"."""
        place = normalize("NFKC", typed).strip().strip("/").casefold()
        return place if place in self.recommendations else typed


def _place(one: Recommendation) -> str:
    return f"{one.report.code}/{one.slug}"


def _named(one: Recommendation) -> str:
    return f"{one.report.short_title}: {one.number} {one.called} ({_place(one)})"


def _at(typed: Iterable[str]) -> Q:
    """Those at the addresses that stand in what was typed, alone or behind a name."""
    places = {match.groups() for text in typed if (match := PLACE.search(normalize("NFKC", text).casefold()))}
    return reduce(or_, (Q(report__code=code, slug=slug) for code, slug in places), Q(pk=None))
