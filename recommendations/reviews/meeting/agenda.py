"""The order in which a meeting takes the parts: exceptions first, then what waits for it, then the rest."""

from dataclasses import dataclass

from recommendations.state.picture import Minute, Picture, Row, Whole


@dataclass(frozen=True)
class Item:
    """One screen of the meeting."""

    whole: Whole
    row: Row
    asked: list[str]
    decisions: list[Minute]
    number: int
    total: int
    previous: Row | None
    next: Row | None


@dataclass(frozen=True)
class Group:
    title: str
    rows: list[Row]


def groups(shown: Picture) -> list[Group]:
    """What is decided stays in the list, so that nobody loses their place."""
    decided = {minute.part for minute in shown.decisions}
    waits = {asked.part for kind in shown.waiting for asked in kind.rows}
    waits |= {row.part for row in shown.rows if row.ask}
    first = [row for row in shown.rows if row.is_exception]
    taken = {row.part for row in first}
    others = (waits | decided) - taken
    second = [row for row in shown.rows if row.part in others]
    taken |= others
    rest = [row for row in shown.rows if row.part not in taken and row.status.is_open]
    titles = ("Exceptions", "Waiting for the SLG, or decided", "The rest")
    return [Group(title, rows) for title, rows in zip(titles, (first, second, rest), strict=True)]


def order(shown: Picture) -> list[Row]:
    return [row for group in groups(shown) for row in group.rows]


def item_at(shown: Picture, part: int) -> Item | None:
    """The screen of a part, with its neighbours; None when the meeting does not take it."""
    rows = order(shown)
    place = next((place for place, row in enumerate(rows) if row.part == part), None)
    if place is None:
        return None
    return Item(
        whole=shown.wholes[part],
        row=rows[place],
        asked=[found.asked for kind in shown.waiting for found in kind.rows if found.part == part],
        decisions=[minute for minute in shown.decisions if minute.part == part],
        number=place + 1,
        total=len(rows),
        previous=rows[place - 1] if place else None,
        next=rows[place + 1] if place + 1 < len(rows) else None,
    )
