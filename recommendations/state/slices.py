"""The first rows of several lists, or one page of all of them, with how many each holds: one query for all lists."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from django.db.models import Count, F, QuerySet, Value, Window
from django.db.models.functions import RowNumber

from recommendations.models import Part

FIRST, ON_A_PAGE = 10, 50


@dataclass
class Slice:
    """The rows of a list that are shown, by their keys, in its order; how many it holds; the parts they are about."""

    keys: list[int] = field(default_factory=list)
    total: int = 0
    parts: list[int] = field(default_factory=list)


def slices(lists: Mapping[str, QuerySet], wanted: Mapping[str, slice]) -> dict[str, Slice]:
    """The rows that are wanted of each list, in its own order: parts, or what is about parts.

    A list of which no row stands there counts as empty.
    """
    found = {name: Slice() for name in lists}
    names = list(lists)
    queries = [_placed(number, lists[name], wanted[name]) for number, name in enumerate(names)]
    if queries:
        for number, _place, key, part, total in sorted(queries[0].union(*queries[1:], all=True)):
            one = found[names[number]]
            one.keys.append(key)
            one.parts.append(part)
            one.total = total
    return found


def _placed(number: int, rows: QuerySet, wanted: slice) -> QuerySet:
    placed = rows.annotate(
        which=Value(number), about=F("id" if rows.model is Part else "part"),
        place=Window(RowNumber(), order_by=cast(Any, rows.query.order_by)), total=Window(Count("*")),
    )  # fmt: skip
    chosen = placed.filter(place__gt=wanted.start or 0, place__lte=wanted.stop)
    return chosen.order_by().values_list("which", "place", "pk", "about", "total")


class Together:
    """Several lists one after the other, as a paginator takes them: a page holds some rows of some of them."""

    def __init__(self, lists: Mapping[str, QuerySet]) -> None:
        self.lists = lists
        counted = slices(lists, dict.fromkeys(lists, slice(0, 1)))
        self.totals = {name: one.total for name, one in counted.items()}

    def count(self) -> int:
        return sum(self.totals.values())

    def __getitem__(self, wanted: slice) -> dict[str, Slice]:
        """The rows of each list that stand on the page, and how many the list holds."""
        parts, before = {}, 0
        for name, total in self.totals.items():
            parts[name] = slice(max(0, wanted.start - before), max(0, min(total, wanted.stop - before)))
            before += total
        here = {name: part for name, part in parts.items() if part.start < part.stop}
        found = slices({name: self.lists[name] for name in here}, here)
        return {name: replace(found.get(name, Slice()), total=total) for name, total in self.totals.items()}
