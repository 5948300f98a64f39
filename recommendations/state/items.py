"""One part in a list: why it is there, who owns it, when it is due, and where to update it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from krscp.templatetags.ui import display_date
from recommendations.domain.flags import Flag, in_words
from recommendations.domain.workflow import IN_HAND, Status
from recommendations.models import Part, UpdateKind
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


def to_confirm(part: Part, user: User, state: State) -> Item | None:
    """What this person's co-chair proposed as complete and this person has not answered yet."""
    said = state.latest(part)
    if part.status != Status.AWAITING_SIGN_OFF or said is None or said.kind != UpdateKind.PROPOSAL:
        return None
    if said.author_id == user.pk or said.is_answered:  # type: ignore[attr-defined]
        return None
    reason = f"{said.author_post or said.author_name} proposed this as complete: do you agree?"
    return Item(part, [reason], reverse("confirm", args=[said.pk]), "Confirm")


# What a review counts as an exception, besides what is off track.
EXCEPTIONS = {Flag.OVERDUE, Flag.DATE_MOVED}


def is_exception(part: Part, flags: set[Flag]) -> bool:
    """Whether the part is off track or has one of the flags."""
    return part.status == Status.OFF_TRACK or bool(flags & set(part.flags))


def exceptions(parts: Iterable[Part], flags: set[Flag], today: date) -> list[Item]:
    """Parts that are off track or have one of the flags: off track first, then overdue, the longest leading."""
    return flagged([part for part in parts if is_exception(part, flags)], flags, today)


def flagged(parts: Iterable[Part], flags: set[Flag], today: date) -> list[Item]:
    """These parts, worst first, each with the words of those of the flags that it has."""
    return [Item(part, _words(part, flags, today)) for part in sorted(parts, key=_worst_first)]


def _worst_first(part: Part) -> tuple[bool, bool, date]:
    return part.status != Status.OFF_TRACK, Flag.OVERDUE not in part.flags, part.agreed_date or date.max


def _words(part: Part, flags: set[Flag], today: date) -> list[str]:
    said = zip(part.flags, in_words(part, today), strict=True)
    return [words for flag, words in said if flag in flags]


@dataclass(frozen=True)
class Exceptional:
    """A part that is off track, overdue or whose date has moved, and what its owner says of it."""

    item: Item
    why: str


def exceptional(state: State, flags: set[Flag]) -> list[Exceptional]:
    """What is off track or has one of the flags, each with what its owner says."""
    return [Exceptional(item, _owner_says(item, state)) for item in exceptions(state.parts, flags, state.today)]


def _owner_says(item: Item, state: State) -> str:
    said = state.latest(item.part)
    return said.why_slipped or said.what_happened if said is not None else ""
