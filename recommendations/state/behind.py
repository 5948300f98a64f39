"""The list behind a figure, page by page: of how things stand or stood, or of a frozen record."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from krscp.clock import end_of
from recommendations.models import Review
from recommendations.state.board import Comparison
from recommendations.state.chosen import called_in, called_of, chosen, chosen_in, in_words
from recommendations.state.counts import Asks
from recommendations.state.drawing import wholes
from recommendations.state.picture import Picture, Whole
from recommendations.state.reading import NOW, as_at_title, blank, board_of, looked_back, moments
from recommendations.state.record_form import read_picture
from recommendations.state.source import Source, statuses_by_address

CHUNK = 500


@dataclass(frozen=True)
class Behind:
    """What is listed: `keys` in their order, which a page cuts and `draw` makes rows of. `shown` says what of."""

    shown: Picture
    words: str
    keys: Sequence[Any] | QuerySet
    draw: Callable[[Sequence[Any]], list[Whole]]

    @property
    def rows(self) -> Iterator[Whole]:
        """All of them, some hundreds at a time."""
        for start in range(0, len(self.keys), CHUNK):
            yield from self.draw(list(self.keys[start : start + CHUNK]))


def behind(
    source: Source, shown: Picture, asked: Asks, last: list[datetime], before: datetime | None = None
) -> Behind:
    """Of how things stand, or stood."""
    def draw(keys: Sequence[int]) -> list[Whole]:
        return wholes(board_of(source, before, last, list(keys)))

    keys = chosen_in(source, asked, before).values_list("id", flat=True)
    return Behind(shown, in_words(asked, called_in(source)), keys, draw)


def behind_now(today: date, moment: datetime, asked: Asks) -> Behind:
    return behind(Source(today), blank(NOW, today, moment), asked, moments())


def behind_day(day: date, asked: Asks) -> Behind:
    return behind(Source.at(day), blank(as_at_title(day), day, end_of(day)), asked, moments(end_of(day)))


def behind_review(review: Review, today: date, moment: datetime, asked: Asks, beside: Comparison | None) -> Behind:
    """Of a review as its page shows it."""
    if review.is_frozen:
        return behind_record(read_picture(review), asked, beside)
    _, before, last = looked_back(review, beside)
    return behind(Source(today), blank(review.title, today, moment), asked, last, before)


def behind_record(shown: Picture, asked: Asks, beside: Comparison | None = None) -> Behind:
    if beside is not None and beside[1] is not None:
        then = statuses_by_address(beside[1])
        moved = [replace(whole, before=then.get(whole.key)) for whole in shown.recommendations]
        shown = replace(shown, compared=beside[0], recommendations=moved)
    return Behind(shown, in_words(asked, called_of(shown)), chosen(shown, asked), list)
