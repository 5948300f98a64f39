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

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable

from krscp.tables import total
from recommendations.domain.flags import Flag
from recommendations.domain.workflow import IN_HAND, OPEN, DecisionKind, Status
from recommendations.models import Confirmation, Decision, Ownership, Part, Update, UpdateKind
from subgroups.models import User

SOON = timedelta(days=14)
IN_ORDER = ("recommendation__report_id", "recommendation__position", "position", "id")
Parts = TypeVar("Parts", bound=QuerySet)


@dataclass(frozen=True)
class Where:
    """Parts in one of these statuses, with this flag, with a date or something else asked for: as far as it is said."""

    statuses: Collection[Status] = ()
    flag: Flag | None = None
    asks_date: bool = False
    asks: bool = False

    @property
    def q(self) -> Q:
        found = Q(status__in=self.statuses) if self.statuses else Q()
        found &= Q(**{self.flag.field: True}) if self.flag is not None else Q()
        found &= Q(requested_date__isnull=False) if self.asks_date else Q()
        return found & (Q(has_ask=True) if self.asks else Q())

    def holds(self, part: Part) -> bool:
        """The same of a part that is read already."""
        return (
            (not self.statuses or part.status in self.statuses)
            and (self.flag is None or self.flag in part.flags)
            and (not self.asks_date or part.requested_date is not None)
            and (not self.asks or part.asked is not None)
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
    Urgency.OFF_TRACK: Status.OFF_TRACK,
    Urgency.AT_RISK: Status.AT_RISK,
    Urgency.NOT_STARTED: Status.NOT_STARTED,
}
RETURNED = (DecisionKind.SEND_BACK, DecisionKind.REOPEN)


def urgencies(person: User, today: date) -> dict[Urgency, Q]:
    """When each reason stands, for a part of `with_urgency`.

    A status alone is none while the SLG has yet to answer what the owner asked.
    """
    in_hand, last = Q(status__in=IN_HAND), Update.objects.filter(pk=OuterRef("last_update"))
    decided = Decision.objects.filter(part=OuterRef("id")).order_by()
    since = decided.filter(Q(created_at__gt=OuterRef("last_said_at")) | Q(part__last_said_at=None))
    answered = Confirmation.objects.filter(proposal=OuterRef("pk"), author=person)
    proposed = last.filter(kind=UpdateKind.PROPOSAL)
    to_confirm = proposed.exclude(author=person).filter(~Exists(answered))
    asked_date, returned = last.filter(requested_date__isnull=False), since.filter(kind__in=RETURNED)
    alone = Q(requested_date=None, has_ask=False)
    return total(Urgency, {
        Urgency.TO_CONFIRM: Q(status=Status.AWAITING_SIGN_OFF) & Exists(to_confirm),
        **{urgency: Q(status=status) & alone for urgency, status in BY_STATUS.items()},
        Urgency.OVERDUE: OVERDUE.q,
        Urgency.SENT_BACK: in_hand & (Q(Exists(proposed)) | Exists(returned)),
        Urgency.DUE_SOON: in_hand & Q(agreed_date__range=(today, today + SOON)),
        Urgency.ANSWERED: in_hand & Exists(since.filter(kind=DecisionKind.AGREE_DATE)) & Exists(asked_date),
        Urgency.RECHECK: Where(flag=Flag.RECHECK_DUE).q,
        Urgency.QUIET: Where(flag=Flag.QUIET).q,
    })  # fmt: skip


def with_urgency(parts: Parts, person: User, today: date) -> Parts:
    """With `urgency`, the worst reason why a part needs its owner, and `speaks`, the one to say; None when it can wait.

    What dates, decisions or silence say comes before the status, which its badge says already.
    """
    said = Update.objects.standing().filter(part=OuterRef("id")).order_by("-created_at", "-pk")
    reasons = urgencies(person, today)
    spoken = sorted(Urgency, key=lambda urgency: (urgency in BY_STATUS, urgency))
    return parts.alias(last_update=Subquery(said.values("pk")[:1])).annotate(
        urgency=_case([(reasons[urgency], Value(urgency.value)) for urgency in Urgency]),
        speaks=_case([(reasons[urgency], Value(urgency.value)) for urgency in spoken]),
    )


def needing_answer(parts: Parts, person: User, today: date) -> Parts:
    """What needs this person, the most urgent first, then by the agreed date."""
    found = with_urgency(parts, person, today).filter(urgency__isnull=False)
    due = Case(When(urgency__gt=Urgency.TO_CONFIRM, then=F("agreed_date")))
    return found.order_by("urgency", due.asc(nulls_last=True), *IN_ORDER)


def needing_none(parts: Parts, person: User, today: date) -> Parts:
    """What can wait, in the order of the reports."""
    return in_order(with_urgency(parts, person, today).filter(urgency=None))


def _first(condition: Q) -> Case:
    return _case([(condition, Value(0))], Value(1))


def _case(cases: Iterable[tuple[Q, Combinable]], default: Combinable | None = None) -> Case:
    return Case(*(When(condition, then=value) for condition, value in cases), default=default)
