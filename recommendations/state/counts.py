"""How many recommendations stand where: small tables by status, each figure opening the list that it counts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from recommendations.domain.workflow import Difference, Status
from recommendations.state.picture import NOT_RECORDED, Named

NONE = "none"
NO_PRIORITY = "No priority recorded"
NO_OWNER = "Owner not confirmed"
ANSWERS = [*Difference.choices, (NONE, NOT_RECORDED)]
Asks = dict[str, str]
Numbers = dict[Status, int]
Groups = dict[Named | None, Numbers]


@dataclass(frozen=True)
class Tally:
    """One row of a table: how many stand in each status, and what the list of all of them is asked for.

    A recommendation is counted by its worst part's status; statuses that nobody has are left out.
    """

    label: str
    asked: Asks
    numbers: Numbers

    @property
    def total(self) -> int:
        return sum(self.numbers.values())


def tally(label: str, numbers: Mapping[Status, int], **asked: str) -> Tally:
    return Tally(label, asked, {status: numbers[status] for status in Status if numbers.get(status)})


def added(listed: Iterable[Mapping[Status, int]]) -> Numbers:
    total: Counter[Status] = Counter()
    for numbers in listed:
        total.update(numbers)
    return dict(total)


def of_priorities(groups: Groups) -> list[Tally]:
    """Each once, by its main priority; those without one last."""
    return _named(groups, "priority", NO_PRIORITY)


def of_owners(groups: Groups) -> list[Tally]:
    """A line for each body that leads or supports any part, in the order of their names; at None what lacks a lead."""
    return _named(groups, "owner", NO_OWNER)


def _named(groups: Groups, name: str, rest: str) -> list[Tally]:
    found = sorted((named for named in groups if named is not None), key=lambda named: named.name.lower())
    lines = [tally(named.name, groups[named], **{name: named.slug}) for named in found]
    return lines + ([tally(rest, groups[None], **{name: NONE})] if groups.get(None) else [])


def of_steps(groups: dict[tuple[int, ...], Numbers]) -> list[Tally]:
    """By the steps of the printed section; 33 to 36 stand under one heading, "5 and 6"."""
    return [
        tally(steps_in_words(steps), added(groups[other] for other in groups if steps[0] in other), step=str(steps[0]))
        for steps in sorted(filter(None, groups))
    ]


def steps_in_words(steps: tuple[int, ...]) -> str:
    return f"Step{'s' if len(steps) > 1 else ''} {' and '.join(map(str, steps))}"


@dataclass(frozen=True)
class Cell:
    """One figure and the list it opens; no status: all of them."""

    count: int
    url: str
    status: Status | None = None


@dataclass(frozen=True)
class CountRow:
    """One row: a figure for each status, and for all."""

    label: str
    cells: list[Cell]
    total: Cell


@dataclass(frozen=True)
class Table:
    """A small table of counts."""

    slug: str
    caption: str
    heading: str
    note: str
    lines: list[CountRow]
    statuses: tuple[Status, ...] = tuple(Status)


def line(found: Tally, base: str) -> CountRow:
    """With the addresses of its lists; `base` is that of all of them."""
    cells = [Cell(found.numbers.get(one, 0), list_url(base, **found.asked, status=one.value), one) for one in Status]
    return CountRow(found.label, cells, Cell(found.total, list_url(base, **found.asked)))


def list_url(base: str, **asked: str) -> str:
    return f"{base}?{urlencode(asked)}" if asked else base


TABLES = {
    "by-priority": ("By priority", "Priority", "By main priority, each recommendation once."),
    "by-owner": (
        "By owner",
        "Owner",
        "A body counts what it leads or supports, so a shared recommendation stands under each of its owners.",
    ),
    "by-step": ("By step", "Step", "As the report prints them, by section."),
}


def table(slug: str, tallies: Iterable[Tally], base: str) -> Table:
    caption, heading, note = TABLES[slug]
    return Table(slug, caption, heading, note, [line(found, base) for found in tallies])
