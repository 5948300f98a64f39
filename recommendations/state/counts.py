"""How many recommendations stand where: small tables by status, each figure opening the list that it counts."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from recommendations.domain.workflow import Difference, Status
from recommendations.state.movement import LABELS, way_of
from recommendations.state.picture import NOT_RECORDED, Named, Picture, Whole

NONE = "none"
NO_PRIORITY = "No priority recorded"
NO_OWNER = "Owner not confirmed"
Asks = dict[str, str]


@dataclass(frozen=True)
class Cell:
    """One figure and the list it opens; no status: all of them."""

    count: int
    url: str
    status: Status | None = None


@dataclass(frozen=True)
class Line:
    """One row: a figure for each status, and for all."""

    label: str
    cells: list[Cell]
    total: Cell


@dataclass(frozen=True)
class Table:
    """A small table of counts. A recommendation is counted by its worst part's status."""

    slug: str
    caption: str
    heading: str
    note: str
    lines: list[Line]
    statuses: tuple[Status, ...] = tuple(Status)


@dataclass(frozen=True)
class ForChildren:
    """One answer about the difference for children, and the recommendations that give it."""

    label: str
    recommendations: list[Whole]
    url: str


@dataclass(frozen=True)
class Counts:
    """The tables of a picture; `base` is the address of its lists."""

    picture: Picture
    base: str

    def _url(self, **asked: str) -> str:
        return f"{self.base}?{urlencode(asked)}" if asked else self.base

    def _line(self, label: str, found: list[Whole], **asked: str) -> Line:
        statuses = [whole.status for whole in found]
        cells = [Cell(statuses.count(one), self._url(**asked, status=one.value), one) for one in Status]
        return Line(label, cells, Cell(len(found), self._url(**asked)))

    @property
    def totals(self) -> Line:
        return self._line("All recommendations", self.picture.recommendations)

    @property
    def tables(self) -> list[Table]:
        return [self.by_priority, self.by_owner, self.by_step]

    @property
    def by_priority(self) -> Table:
        """Each once, by its main priority; those without one last."""
        named = {whole.priority for whole in self.picture.recommendations if whole.priority}
        lines = [self._of(found.name, "priority", found.slug) for found in sorted(named, key=_by_name)]
        lines += self._rest(NO_PRIORITY, "priority")
        note = "By main priority, each recommendation once."
        return Table("by-priority", "By priority", "Priority", note, lines)

    @property
    def by_owner(self) -> Table:
        """A line for each body that leads or supports any part, in the order of the bodies."""
        bodies = dict.fromkeys(body for whole in self.picture.recommendations for body in whole.owners)
        lines = [self._of(body.name, "owner", body.slug) for body in sorted(bodies, key=_by_name)]
        lines += self._rest(NO_OWNER, "owner")
        note = "A body counts what it leads or supports, so a shared recommendation stands under each of its owners."
        return Table("by-owner", "By owner", "Owner", note, lines)

    @property
    def by_step(self) -> Table:
        """By the steps of the printed section; 33 to 36 stand under one heading, "5 and 6"."""
        printed = sorted({tuple(whole.steps) for whole in self.picture.recommendations if whole.steps})
        lines = [self._of(steps_in_words(steps), "step", str(steps[0])) for steps in printed]
        return Table("by-step", "By step", "Step", "As the report prints them, by section.", lines)

    def _of(self, label: str, name: str, value: str) -> Line:
        return self._line(label, chosen(self.picture, {name: value}), **{name: value})

    def _rest(self, label: str, name: str) -> list[Line]:
        """The line of those that have none; nothing where all have one."""
        found = self._of(label, name, NONE)
        return [found] if found.total.count else []

    @property
    def children(self) -> list[ForChildren]:
        """Each recommendation once, by the latest answer given for any of its parts (para 27)."""
        answers = [*Difference.choices, (NONE, NOT_RECORDED)]
        return [
            ForChildren(label, chosen(self.picture, {"children": value}), self._url(children=value))
            for value, label in answers
        ]


def _by_name(named: Named) -> str:
    return named.name.lower()


def steps_in_words(steps: tuple[int, ...]) -> str:
    return f"Step{'s' if len(steps) > 1 else ''} {' and '.join(map(str, steps))}"


ASKS: dict[str, Callable[[Whole, str], bool]] = {
    "status": lambda whole, value: whole.status == value,
    "owner": lambda whole, value: (
        whole.lacks_owner if value == NONE else any(body.slug == value for body in whole.owners)
    ),
    "priority": lambda whole, value: (whole.priority.slug if whole.priority else NONE) == value,
    "step": lambda whole, value: value in map(str, whole.steps),
    "children": lambda whole, value: (whole.difference or NONE) == value,
    "moved": lambda whole, value: way_of(whole) == value,
}


def chosen(picture: Picture, asked: Asks) -> list[Whole]:
    """The recommendations of a picture that a list is asked for."""
    return [
        whole for whole in picture.recommendations if all(ASKS[name](whole, value) for name, value in asked.items())
    ]


def asked_for(sent: QueryDict) -> Asks:
    """What an address asks for; what it does not know is left out."""
    return {name: str(sent[name]) for name in ASKS if sent.get(name)}


NAMED_NONE = {"owner": NO_OWNER, "priority": NO_PRIORITY, "children": NOT_RECORDED}


def in_words(picture: Picture, asked: Asks) -> str:
    """What a list shows, in words: "VCA, Off track"."""
    return ", ".join(_word(picture, name, value) for name, value in asked.items())


def _word(picture: Picture, name: str, value: str) -> str:
    if value == NONE:
        return NAMED_NONE.get(name, value)
    if name == "children":
        return Difference(value).label if value in Difference.values else value
    if name == "status":
        return Status(value).label if value in Status.values else value
    if name == "moved":
        return LABELS.get(value, value)
    if name == "step":
        return f"Step {value}"
    named = [*(body for whole in picture.recommendations for body in whole.owners)]
    named += [whole.priority for whole in picture.recommendations if whole.priority]
    return next((found.name for found in named if found.slug == value), value)
