"""A front made ready for its page: tables with the addresses of their lists, and buttons for those who may decide."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils.text import slugify

from recommendations.domain.kinds import DecisionKind
from recommendations.models import Part
from recommendations.reviews.arrows import Arrows, arrows
from recommendations.services.decisions import why_not
from recommendations.state.counts import CountRow, Table, line, list_url
from recommendations.state.front import Front, tables
from recommendations.state.movement import in_words
from recommendations.state.picture import AskedRow, Picture
from subgroups.models import User
from subgroups.permissions import Permission, can


@dataclass(frozen=True)
class Offer:
    """What waits for a decision: `url` when this person may take it, else `why_not` if they could take others."""

    asked: AskedRow
    label: str = ""
    url: str = ""
    why_not: str = ""


@dataclass(frozen=True)
class WaitingOnPage:
    """The first of what waits, of one kind, and the list of all of it."""

    title: str
    count: int
    offers: list[Offer]
    url: str

    @property
    def table(self) -> str:
        return slugify(self.title)


@dataclass(frozen=True)
class AnsweredOnPage:
    """How many answer the same about the difference for children, the first of them, and the list of all."""

    label: str
    count: int
    first: list[str]
    url: str

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.first)


@dataclass(frozen=True)
class Page:
    """What the template of a review shows. `prefix` is where recommendations stand as they were; "" for as they are.

    `beside` is what the reader compares with, as it stands in the address.
    """

    front: Front
    list_url: str
    prefix: str = ""
    reader: User | None = None
    parts: dict[int, Part] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)

    @property
    def picture(self) -> Picture:
        return self.front.picture

    @property
    def is_live(self) -> bool:
        return not self.prefix

    @property
    def totals(self) -> CountRow:
        return line(self.front.totals, self.list_url)

    @property
    def tables(self) -> list[Table]:
        return tables(self.front, self.list_url)

    @property
    def may_decide(self) -> bool:
        return self.is_live and self.reader is not None and can(self.reader, Permission.DECIDE)

    @property
    def waiting(self) -> Iterator[WaitingOnPage]:
        for kind in self.front.waiting:
            offers = [self._offer(asked) for asked in kind.first]
            yield WaitingOnPage(kind.title, kind.count, offers, list_url(self.list_url, waiting=kind.kind))

    def _offer(self, asked: AskedRow) -> Offer:
        """Nobody reads why they may not decide unless deciding is theirs at all."""
        part, kind = self.parts.get(asked.part), DecisionKind(asked.kind)
        if part is None or self.reader is None:
            return Offer(asked)
        reason = why_not(part, kind, self.reader)
        blocked = reason if self.may_decide else ""
        return Offer(asked, kind.label, "" if reason else part.decide_url(kind), blocked)

    @property
    def children(self) -> list[AnsweredOnPage]:
        listed = self.front.children
        return [
            AnsweredOnPage(one.label, one.count, one.first, list_url(self.list_url, children=one.value))
            for one in listed
        ]

    @property
    def exceptions_url(self) -> str:
        return list_url(self.list_url, exceptions="yes")

    @property
    def mixed_url(self) -> str:
        return list_url(self.list_url, mixed="yes")

    @property
    def moved_url(self) -> str:
        """Where the list of those that moved one way stands, up to the way itself."""
        return f"{self.list_url}?{urlencode(self.beside)}{'&' if self.beside else ''}moved="

    @property
    def arrows(self) -> Arrows:
        return arrows(self.front)

    @property
    def movement_words(self) -> str:
        return in_words(self.front.ways)
