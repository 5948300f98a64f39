"""Tables keyed by an enumeration: a member without its row is found when the program starts, not on somebody's page."""

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

Member = TypeVar("Member", bound=Enum)
Value = TypeVar("Value")


def total(members: type[Member], table: Mapping[Member, Value]) -> dict[Member, Value]:
    """The table, which has a row for every member and none for anything else. Raises TypeError otherwise."""
    missing = [member.name for member in members if member not in table]
    strange = [str(key) for key in table if not isinstance(key, members)]
    if missing or strange:
        raise TypeError(f"A table of {members.__name__} lacks {missing} and has as strangers {strange}.")
    return dict(table)
