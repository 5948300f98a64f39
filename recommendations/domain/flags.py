"""Flags are computed from dates and silence, so that nobody rates their own lateness (product, section 2)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from krscp.clock import beginning_of
from krscp.tables import total
from recommendations.domain.workflow import OPEN, Status

Parts = TypeVar("Parts", bound=QuerySet)


class Flag(StrEnum):
    OVERDUE = "overdue"
    DATE_MOVED = "date-moved"
    QUIET = "quiet"
    NO_OWNER = "owner-not-confirmed"
    NO_DATE = "no-date"
    RECHECK_DUE = "re-check-due"

    @property
    def label(self) -> str:
        return TOLD[self].label.format(days=settings.QUIET_DAYS)

    @property
    def field(self) -> str:
        """The name of the annotation that says whether a part has the flag."""
        return "flag_" + self.value.replace("-", "_")


def conditions(today: date) -> dict[Flag, Q]:
    """When each flag stands on `today`, for a part annotated with `last_spoken` and `has_lead`.

    Overdue counts from the day after the agreed date; a requested date changes nothing until agreed.
    """
    is_open = Q(status__in=OPEN)
    waiting = Q(status=Status.AWAITING_SIGN_OFF)
    loud = beginning_of(today - timedelta(days=settings.QUIET_DAYS - 1))
    return total(Flag, {
        Flag.OVERDUE: is_open & ~waiting & Q(agreed_date__lt=today),
        Flag.DATE_MOVED: is_open & Q(date_moves__gt=0),
        Flag.QUIET: is_open & ~waiting & Q(last_spoken__lt=loud),
        Flag.NO_OWNER: is_open & Q(has_lead=False),
        Flag.NO_DATE: is_open & Q(agreed_date=None),
        Flag.RECHECK_DUE: Q(status=Status.COMPLETE, recheck_on__lte=today),
    })  # fmt: skip


def with_flags(parts: Parts, ownerships: QuerySet, today: date, *, key: str = "pk") -> Parts:
    """`parts` with one true-or-false annotation for each flag, in one query.

    History rows have the part's key in `id`.
    """
    leads = ownerships.filter(part=OuterRef(key), kind="lead")
    spoken = Coalesce(F("last_said_at"), F("created_at"))
    parts = parts.alias(last_spoken=spoken).annotate(last_said_on=TruncDate(spoken), has_lead=Exists(leads))
    return parts.annotate(
        **{
            flag.field: ExpressionWrapper(condition, output_field=BooleanField())
            for flag, condition in conditions(today).items()
        }
    )


def in_words(part: Any, today: date) -> list[str]:
    """The flags of a part read through `flagged(today)`, each with its number: "Overdue 41 days"."""
    return [words_of(part, flag, today) for flag in part.flags]


def worst_in_words(parts: Sequence[Any], today: date) -> dict[Flag, str]:
    """Each flag that stands on any of the parts, in the words of the part where it is worst.

    "Overdue 41 days (b)": the parts are named where not all of them are meant.
    """
    flagged = {flag: [part for part in parts if flag in part.flags] for flag in Flag}
    return {flag: _worst(flag, found, parts, today) for flag, found in flagged.items() if found}


def _worst(flag: Flag, flagged: Sequence[Any], parts: Sequence[Any], today: date) -> str:
    words = words_of(min(flagged, key=TOLD[flag].worst), flag, today)
    return words if len(flagged) == len(parts) else f"{words} ({', '.join(part.name for part in flagged)})"


@dataclass(frozen=True)
class ToldFlag:
    """How a flag is told: alone, and with the number of a part; which of several parts comes first, as the worst."""

    label: str
    words: Callable[[Any, date], str] | None = None
    worst: Callable[[Any], Any] = lambda part: 0


TOLD = total(Flag, {
    Flag.OVERDUE: ToldFlag(
        "Overdue", lambda part, today: f"Overdue {_days(today - part.agreed_date)}", lambda part: part.agreed_date
    ),
    Flag.DATE_MOVED: ToldFlag(
        "Date moved", lambda part, today: f"Date moved{_times(part.date_moves)}", lambda part: -part.date_moves
    ),
    Flag.QUIET: ToldFlag(
        "Quiet {days} days", lambda part, today: f"Quiet {_days(today - part.last_said_on)}",
        lambda part: part.last_said_on,
    ),
    Flag.NO_OWNER: ToldFlag("Owner not confirmed"),
    Flag.NO_DATE: ToldFlag("No date"),
    Flag.RECHECK_DUE: ToldFlag("Re-check due"),
})  # fmt: skip


def words_of(part: Any, flag: Flag, today: date) -> str:
    """One flag that stands on the part, with its number: “Quiet 96 days”."""
    words = TOLD[flag].words
    return words(part, today) if words is not None else flag.label


def _times(moves: int) -> str:
    return f" ×{moves}" if moves > 1 else ""


def _days(length: timedelta) -> str:
    return "1 day" if length.days == 1 else f"{length.days} days"
