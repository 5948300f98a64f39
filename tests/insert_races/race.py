"""A race: what eight do at once, and how its rounds went."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied

from krscp.refusals import Refusal

JOBS = 8
# Answers in words, which a page shows. Whatever else a job raises is a fault.
REFUSED = (Refusal, PermissionDenied)


@dataclass(frozen=True)
class Race:
    """What eight do at once, and how many rows there are afterwards; `expected` of them are right."""

    jobs: list[Callable[[], Any]]
    count: Callable[[], int]
    expected: int = 1


@dataclass
class Tally:
    """How the rounds of one race went: no row where there should be one, several of them, and raw errors."""

    lost: int = 0
    doubled: int = 0
    raw: list[str] = field(default_factory=list)

    def add(self, results: list[Any], rows: int, race: Race) -> None:
        self.lost += rows < race.expected
        self.doubled += rows > race.expected
        faults = [one for one in results if isinstance(one, Exception) and not isinstance(one, REFUSED)]
        self.raw += [f"{type(one).__name__}: {one}" for one in faults]

    @property
    def faults(self) -> int:
        return self.lost + self.doubled + len(self.raw)
