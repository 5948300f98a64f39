"""Which parts a list holds and in which order, asked of the database: each rule once, for every page and paper.

The functions take parts as they stand, or the history rows that stood at a moment: read with `with_flags` and with
`has_ask`, whether something waits for the SLG's answer. `Part.objects.flagged(today)` has all of it; a past day gives
the flags of that day and `alias(has_ask=Exists(asks that waited then, by part=OuterRef("id")))`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import TypeVar

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Least

from recommendations.domain.flags import Flag
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import IN_HAND, OPEN, Status
from recommendations.models import Answered, Confirmation, Ownership, Part
from subgroups.models import User

SOON = timedelta(days=14)
IN_ORDER = ("recommendation__report_id", "recommendation__position", "position", "id")
Parts = TypeVar("Parts", bound=QuerySet)


@dataclass(frozen=True)
class Where:
    """Parts in one of these statuses, with this flag, with a date or something else asked for, with this answer, due
    in these days: as far as it is said.
    """

    statuses: Collection[Status] = ()
    flag: Flag | None = None
    asks_date: bool = False
    asks: bool = False
    answered: Answered | None = None
    due: tuple[date, date] | None = None

    @property
    def q(self) -> Q:
        found = Q(status__in=self.statuses) if self.statuses else Q()
        found &= Q(**{self.flag.field: True}) if self.flag is not None else Q()
        found &= Q(requested_date__isnull=False) if self.asks_date else Q()
        found &= Q(answered=self.answered) if self.answered is not None else Q()
        found &= Q(agreed_date__range=self.due) if self.due is not None else Q()
        return found & (Q(has_ask=True) if self.asks else Q())

    def holds(self, part: Part) -> bool:
        """The same of a part that is read already."""
        return (
            (not self.statuses or part.status in self.statuses)
            and (self.flag is None or self.flag in part.flags)
            and (not self.asks_date or part.requested_date is not None)
            and (not self.asks or part.asked is not None)
            and (self.answered is None or part.answered == self.answered)
            and (self.due is None or (part.agreed_date is not None and self.due[0] <= part.agreed_date <= self.due[1]))
        )


OFF_TRACK, OVERDUE = Where((Status.OFF_TRACK,)), Where(flag=Flag.OVERDUE)
# What a review counts as an exception; what home calls "off track or overdue"; what the Manager follows up.
EXCEPTIONS = (OFF_TRACK, OVERDUE, Where(flag=Flag.DATE_MOVED))
LATE = (OFF_TRACK, OVERDUE)
CHASED = (OVERDUE, Where(flag=Flag.QUIET))
# What waits for the SLG, in the order of the page.
WAITING = {
    DecisionKind.ANSWER: Where(OPEN, asks=True),
    DecisionKind.SIGN_OFF: Where((Status.AWAITING_SIGN_OFF,)),
    DecisionKind.AGREE_DATE: Where(OPEN, asks_date=True),
    DecisionKind.AGREE_OWNER: Where(IN_HAND, flag=Flag.NO_OWNER),
}


def is_any(part: Part, wheres: Iterable[Where]) -> bool:
    """Whether one of the rules holds a part that is read already."""
    return any(where.holds(part) for where in wheres)


def among(parts: Parts, wheres: Iterable[Where]) -> Parts:
    """The parts that one of the rules holds."""
    found = Q(pk__in=[])
    for where in wheres:
        found |= where.q
    return parts.filter(found)


def in_order(parts: Parts) -> Parts:
    """In the order of the reports."""
    return parts.order_by(*IN_ORDER)


def worst_first(parts: Parts) -> Parts:
    """Off track first, then overdue, the longest leading (product, section 3)."""
    return parts.order_by(
        _first(Q(status=Status.OFF_TRACK)), _first(OVERDUE.q), F("agreed_date").asc(nulls_last=True), *IN_ORDER
    )


def exceptions(parts: Parts, wheres: Iterable[Where] = EXCEPTIONS) -> Parts:
    """What is off track, overdue or whose date has moved, worst first."""
    return worst_first(among(parts, wheres))


def to_chase(parts: Parts) -> Parts:
    """What is overdue or quiet, worst first."""
    return worst_first(among(parts, CHASED))


def waiting(parts: Parts, kind: DecisionKind) -> Parts:
    """What waits for one kind of decision of the SLG, in the order of the reports."""
    return in_order(parts.filter(WAITING[kind].q))


def led_by(parts: Parts, bodies: Collection[int], ownerships: QuerySet | None = None) -> Parts:
    """What any of these bodies leads; the ownerships are those of today, or the history rows of a moment."""
    rows = Ownership.objects.all() if ownerships is None else ownerships
    return parts.filter(id__in=rows.filter(kind="lead", body__in=bodies).order_by().values("part"))


CAN_WAIT = Value(99)


class Urgency(IntEnum):
    """Why a part needs its owner, worst first; what a person is asked to confirm comes before all of it."""

    TO_CONFIRM = 0
    OFF_TRACK = 1
    OVERDUE = 2
    AT_RISK = 3
    SENT_BACK = 4
    DUE_SOON = 5
    ANSWERED = 6
    RECHECK = 7
    QUIET = 8
    NOT_STARTED = 9


BY_STATUS = {
    Status.OFF_TRACK: Urgency.OFF_TRACK,
    Status.AT_RISK: Urgency.AT_RISK,
    Status.NOT_STARTED: Urgency.NOT_STARTED,
}


def dated(today: date) -> dict[Urgency, Where]:
    """What dates, decisions or silence say, worst first."""
    return {
        Urgency.OVERDUE: OVERDUE,
        Urgency.SENT_BACK: Where(IN_HAND, answered=Answered.RETURNED),
        Urgency.DUE_SOON: Where(IN_HAND, due=(today, today + SOON)),
        Urgency.ANSWERED: Where(IN_HAND, answered=Answered.AGREED),
        Urgency.RECHECK: Where(flag=Flag.RECHECK_DUE),
        Urgency.QUIET: Where(flag=Flag.QUIET),
    }


def reason_of(part: Part, today: date) -> Urgency:
    """Which reason to speak of, of a part that needs this person and is read already.

    What dates, decisions or silence say comes before the status, which its badge says already.
    """
    if part.status == Status.AWAITING_SIGN_OFF:
        return Urgency.TO_CONFIRM
    spoken = (urgency for urgency, where in dated(today).items() if where.holds(part))
    return next(spoken, None) or BY_STATUS[part.state]


def with_urgency(parts: Parts, person: User, today: date) -> Parts:
    """With `urgency`, the worst reason why a part needs this person; CAN_WAIT where there is none.

    A status alone is no reason while the SLG has yet to answer what the owner asked.
    """
    confirmed = Confirmation.objects.filter(author=person, proposal__part=OuterRef("id"))
    confirmed = confirmed.filter(proposal__created_at=OuterRef("last_said_at"))
    proposed = Q(status=Status.AWAITING_SIGN_OFF) & ~Q(proposer=person) & ~Exists(confirmed)
    alone = Q(requested_date=None, has_ask=False)
    by_dates = [(where.q, Value(urgency.value)) for urgency, where in dated(today).items()]
    by_status = _case((Q(status=status), Value(urgency.value)) for status, urgency in BY_STATUS.items())
    return parts.alias(
        urgency=Least(
            _case([(Q(proposed), Value(Urgency.TO_CONFIRM.value)), *by_dates], CAN_WAIT),
            Case(When(alone & Q(status__in=BY_STATUS), then=by_status), default=CAN_WAIT),
        )
    )


def needing_answer(parts: Parts) -> Parts:
    """What needs a person, the most urgent first, then by the agreed date; what to confirm has none to go by."""
    due = Case(When(~Q(status=Status.AWAITING_SIGN_OFF), then=F("agreed_date")))
    return parts.filter(urgency__lt=CAN_WAIT).order_by("urgency", due.asc(nulls_last=True), *IN_ORDER)


def needing_none(parts: Parts) -> Parts:
    """What can wait, in the order of the reports."""
    return in_order(parts.filter(urgency=CAN_WAIT))


def _first(condition: Q) -> Case:
    return _case([(condition, Value(0))], Value(1))


def _case(cases: Iterable[tuple[Q, Combinable]], default: Combinable | None = None) -> Case:
    return Case(*(When(condition, then=value) for condition, value in cases), default=default)
