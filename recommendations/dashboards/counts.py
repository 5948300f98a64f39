"""How many recommendations stand where: tables by status, each figure opening the list that it counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from recommendations.dashboards.state import State
from recommendations.filters import NO_PRIORITY
from recommendations.flags import Flag
from recommendations.models import Priority, Recommendation
from recommendations.workflow import Status
from subgroups.models import Body


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
    """A small table of counts. A recommendation is counted by its stored status: its worst part's."""

    slug: str
    caption: str
    heading: str
    note: str
    lines: list[Line]
    statuses: tuple[Status, ...] = tuple(Status)


def list_url(**filters: str) -> str:
    """The list with these filters on."""
    address = reverse("recommendations")
    return f"{address}?{urlencode(filters)}" if filters else address


def line(label: str, recommendations: Iterable[Recommendation], **filters: str) -> Line:
    """Count these, which are what the list shows under `filters`."""
    statuses = [recommendation.status for recommendation in recommendations]
    cells = [
        Cell(statuses.count(status), list_url(**filters, status=status.value), status) for status in Status
    ]
    return Line(label, cells, Cell(len(statuses), list_url(**filters)))


def by_status(state: State) -> Line:
    return line("All recommendations", state.recommendations)


def by_owner(state: State) -> Table:
    """A line for each body that leads or supports any part, as the list's filter has it."""
    owned: dict[Body, list[Recommendation]] = {}
    for recommendation in state.recommendations:
        for body in _owners(recommendation):
            owned.setdefault(body, []).append(recommendation)
    bodies = sorted(owned, key=lambda body: (body.position, body.name))
    lines = [line(body.short_name, owned[body], owner=body.slug) for body in bodies]
    unowned = [found for found in state.recommendations if _lacks_owner(found)]
    if unowned:
        lines.append(line(Flag.NO_OWNER.label, unowned, flag=Flag.NO_OWNER.value))
    note = "A body counts what it leads or supports, so a shared recommendation stands under each of its owners."
    return Table("by-owner", "By owner", "Owner", note, lines)


def _owners(recommendation: Recommendation) -> list[Body]:
    owned = (owned.body for part in recommendation.parts.all() for owned in part.ownerships.all())
    return list(dict.fromkeys(owned))


def _lacks_owner(recommendation: Recommendation) -> bool:
    return any(Flag.NO_OWNER in part.flags for part in recommendation.parts.all())


def by_step(state: State) -> Table:
    """By the steps of the printed section; 33 to 36 stand under one heading, "5 and 6"."""
    printed: dict[tuple[int, ...], list[Recommendation]] = {}
    for recommendation in state.recommendations:
        printed.setdefault(tuple(recommendation.steps), []).append(recommendation)
    lines = [
        line(_steps_in_words(steps), printed[steps], step=str(steps[0])) for steps in sorted(filter(None, printed))
    ]
    return Table("by-step", "By step", "Step", "As the report prints them, by section.", lines)


def _steps_in_words(steps: tuple[int, ...]) -> str:
    return f"Step{'s' if len(steps) > 1 else ''} {' and '.join(map(str, steps))}"


def by_priority(state: State) -> Table:
    """By main priority, each recommendation once; those without one last."""
    main = {recommendation.pk: _main_priority(recommendation) for recommendation in state.recommendations}
    used = {found for found in main.values() if found is not None}
    priorities = sorted(used, key=lambda found: (found.priority_set_id, found.position))
    lines = [
        line(found.name, [one for one in state.recommendations if main[one.pk] == found], priority=found.slug)
        for found in priorities
    ]
    without = [one for one in state.recommendations if main[one.pk] is None]
    if without:
        lines.append(line("No priority recorded", without, priority=NO_PRIORITY))
    return Table("by-priority", "By priority", "Priority", "By main priority, each recommendation once.", lines)


def _main_priority(recommendation: Recommendation) -> Priority | None:
    return next((link.priority for link in recommendation.priority_links.all() if link.is_main), None)
