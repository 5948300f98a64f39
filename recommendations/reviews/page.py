"""A picture made ready for its page: sections in their order, and buttons for those who may decide."""

from dataclasses import dataclass

from recommendations.reviews.arrows import Arrows, arrows
from recommendations.state.counts import Counts
from recommendations.state.drawing import Board, exceptions
from recommendations.state.movement import Group, in_words, movement
from recommendations.state.picture import Picture, Row, Whole
from recommendations.state.waiting import ForDecision, for_decision
from subgroups.models import User


@dataclass(frozen=True)
class Exceptional:
    """A part that is an exception, with how its recommendation stood at earlier reviews."""

    row: Row
    whole: Whole


@dataclass(frozen=True)
class Page:
    """What the template of a review shows. `decisions` is None where nothing can be decided any more."""

    picture: Picture
    counts: Counts
    decisions: ForDecision | None
    list_url: str
    prefix: str = ""

    @property
    def is_past(self) -> bool:
        """Whether it shows what was: its links lead to recommendations as they stood."""
        return bool(self.prefix)

    @property
    def exceptions(self) -> list[Exceptional]:
        wholes = self.picture.wholes
        return [Exceptional(row, wholes[row.part]) for row in exceptions(self.picture)]

    @property
    def movement(self) -> list[Group]:
        return movement(self.picture.recommendations) if self.picture.compared is not None else []

    @property
    def arrows(self) -> Arrows:
        return arrows(self.picture.recommendations)

    @property
    def movement_words(self) -> str:
        return in_words(self.picture.recommendations)


def page_of(shown: Picture, board: Board | None, user: User, place: str) -> Page:
    """The page of a picture at an address; with the board, what waits can be decided, and links lead to today's."""
    decisions = for_decision(board.state, user) if board is not None else None
    list_url = f"{place}list/"
    return Page(shown, Counts(shown, list_url), decisions, list_url, "" if board is not None else place)
