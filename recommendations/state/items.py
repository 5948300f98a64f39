"""One part in a list: why it is there, who owns it, when it is due, and where to update it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from krscp.days import display_date
from recommendations.domain.flags import in_words
from recommendations.domain.workflow import IN_HAND
from recommendations.models import Part
from recommendations.state.drawing import said_last
from recommendations.state.lists import Where
from recommendations.state.today import State
from subgroups.models import User
from subgroups.permissions import Permission, can


@dataclass(frozen=True)
class Item:
    part: Part
    reasons: list[str]
    update_url: str = ""
    button: str = "Update"

    @property
    def owners(self) -> str:
        return ", ".join(owned.body.short_name for owned in self.part.leads) or "Not confirmed"

    @property
    def due(self) -> str:
        """The agreed date; nothing once the part is closed."""
        return "" if self.part.is_closed else display_date(self.part.agreed_date) or "No date"


def own_item(part: Part, user: User, *reasons: str) -> Item:
    """With the address of the update, if this person may give one and the part takes one."""
    may_update = part.status in IN_HAND and can(user, Permission.UPDATE, part)
    return Item(part, list(reasons), part.update_url if may_update else "")


def flagged(parts: Iterable[Part], wheres: Collection[Where], state: State) -> list[Item]:
    """These parts, each with the words of those flags for which the list holds it."""
    flags = {where.flag for where in wheres}
    return [Item(part, [words for flag, words in _words(part, state) if flag in flags]) for part in parts]


def _words(part: Part, state: State) -> Iterable[tuple]:
    return zip(part.flags, in_words(part, state.today), strict=True)


@dataclass(frozen=True)
class Exceptional:
    """A part that is off track, overdue or whose date has moved, and what its owner says of it."""

    item: Item
    why: str


def exceptional(parts: Iterable[Part], wheres: Collection[Where], state: State) -> list[Exceptional]:
    """These parts, each with what its owner says, as a review shows it."""
    return [Exceptional(item, _why(item.part, state)) for item in flagged(parts, wheres, state)]


def _why(part: Part, state: State) -> str:
    said = said_last(state, part)
    return said.why if said is not None else ""
