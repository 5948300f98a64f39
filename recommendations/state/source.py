"""What stands, or stood at a moment: the one place that knows live rows from rows of history."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.urls import reverse

from krscp import clock
from krscp.clock import end_of
from recommendations.domain.flags import with_flags
from recommendations.domain.workflow import SLIPPED, Status
from recommendations.models import (
    Decision,
    Escalation,
    Outcome,
    Ownership,
    Part,
    Recommendation,
    RecommendationPriority,
    Update,
    Withdrawal,
)
from recommendations.models.asked import ASK
from recommendations.state.picture import Statuses
from subgroups.models import Body

LATEST_FIRST = ("-history_date", "-history_id")


def as_at_url(day: date) -> str:
    return reverse("as_at", args=[day.isoformat()])


def first_day() -> date | None:
    """The day on which records begin: the first history row of any part."""
    first = Part.history.order_by("history_date").values_list("history_date", flat=True).first()
    return clock.local_day(first) if first is not None else None


def history_of(model: type[models.Model]) -> QuerySet:
    return model.history.model._default_manager.order_by()  # type: ignore[attr-defined]


def rows_at(model: type[models.Model], moment: datetime) -> QuerySet:
    """The history rows that stood at a moment: those with no later one of the same record, less those removed.

    Rows of one instant are told apart by their key, which the library's own `as_of` does not do.
    """
    until = history_of(model).filter(history_date__lte=moment)
    later = Q(history_date__gt=OuterRef("history_date")) | Q(history_id__gt=OuterRef("history_id"))
    after = until.filter(later, id=OuterRef("id"), history_date__gte=OuterRef("history_date"))
    return until.filter(~Exists(after)).exclude(history_type="-")


def status_at(moment: datetime, key: str = "id") -> Subquery:
    """The status of a recommendation as it stood at a moment; None where there was none yet."""
    until = history_of(Recommendation).filter(id=OuterRef(key), history_date__lte=moment)
    return Subquery(until.order_by(*LATEST_FIRST).values("status")[:1])


def statuses_by_address(moment: datetime) -> dict[str, Status]:
    """The same by report code and slug, for what a record holds: "isr-2021/12"."""
    rows = rows_at(Recommendation, moment).values_list("report__code", "slug", "status")
    return {f"{code}/{slug}": Status(status) for code, slug, status in rows}


def statuses_of(recommendations: Collection[int] | QuerySet, moments: Sequence[datetime]) -> list[Statuses]:
    """How each of these stood at each of the moments, where it stood yet: one query."""
    if not moments:
        return []
    stood = {f"at_{place}": status_at(moment) for place, moment in enumerate(moments)}
    found: list[Any] = list(Recommendation.objects.filter(pk__in=recommendations).order_by().values("pk", **stood))
    return [{row["pk"]: Status(row[name]) for row in found if row[name] is not None} for name in stood]


def statuses_then(moment: datetime) -> Statuses:
    """How each recommendation stood at a moment: one query."""
    return {key: Status(status) for key, status in rows_at(Recommendation, moment).values_list("id", "status")}


@dataclass(frozen=True)
class Source:
    """Query sets of the same rows by the same names: live where `moment` is None, else as they stood at it.

    A record's key is `id` in both. What only a recommendation or a part says of itself is asked of these rows; where a
    recommendation stands in its report, and its wording, never change.
    """

    day: date
    moment: datetime | None = None

    @staticmethod
    def at(day: date) -> "Source":
        """The end of a day."""
        return Source(day, end_of(day))

    def rows(self, model: type[models.Model]) -> QuerySet:
        if self.moment is None:
            return model._default_manager.order_by()
        return rows_at(model, self.moment)

    def recommendations(self) -> QuerySet:
        return self.rows(Recommendation)

    @cached_property
    def bodies(self) -> dict[int, Body]:
        """Every body by its key, as it was called then."""
        return {row.id: row if self.moment is None else row.instance for row in self.rows(Body)}

    def ownerships(self) -> QuerySet:
        return self.rows(Ownership)

    def main_priorities(self) -> QuerySet:
        """Which recommendation has which main priority."""
        return self.rows(RecommendationPriority).filter(is_main=True)

    def parts(self) -> QuerySet:
        """With the flags of the day and what the SLG is asked, as `Part.objects.flagged` has them."""
        if self.moment is None:
            return Part.objects.order_by().flagged(self.day)
        parts = with_flags(self.rows(Part), self.ownerships(), self.day, key="id").annotate(sitting=Value(""))
        asks, lasting = self.asks(), self.asks().filter(update=None)
        asked = Q(status__in=SLIPPED, id__in=asks.values("part")) | Q(id__in=lasting.values("part"))
        told = Case(
            When(status__in=SLIPPED, then=Subquery(asks.filter(part=OuterRef("id")).values(told=ASK)[:1])),
            default=Subquery(lasting.filter(part=OuterRef("id")).values(told=ASK)[:1]),
        )
        return parts.alias(has_ask=_whether(asked)).annotate(ask_row=told)

    def asks(self) -> QuerySet:
        """What waited for the SLG's answer; what came with a slip lapses when its part is back on track, or done."""
        until = Escalation.objects.filter(created_at__lte=self.moment).order_by()
        stood = until.exclude(update__withdrawal__created_at__lte=self.moment)
        later = stood.filter(part=OuterRef("part"), pk__gt=OuterRef("pk"))
        return stood.filter(~Exists(later)).exclude(answer__created_at__lte=self.moment)

    def updates(self) -> QuerySet[Update]:
        """Those that stood: given by then and not taken back by then."""
        return self._said(Update, "pk")

    def outcomes(self) -> QuerySet[Outcome]:
        """The differences for children that stood; what came with a withdrawn update counts nowhere."""
        return self._said(Outcome, "update")

    def decisions(self) -> QuerySet[Decision]:
        return self._until(Decision)

    def _until(self, model: type[models.Model]) -> QuerySet:
        rows: Any = model._default_manager.all()
        return rows if self.moment is None else rows.filter(created_at__lte=self.moment)

    def _said(self, model: type[models.Model], update: str) -> QuerySet:
        taken_back = Withdrawal.objects.filter(update=OuterRef(update)).order_by()
        if self.moment is not None:
            taken_back = taken_back.filter(created_at__lte=self.moment)
        return self._until(model).filter(~Exists(taken_back))

    def status_of(self, path: str) -> Combinable:
        """How the recommendation at the end of a relation stands: “part__recommendation”."""
        return F(f"{path}__status") if self.moment is None else status_at(self.moment, path)

    def stood(self, before: datetime) -> Combinable:
        """How a recommendation of these rows stood at another moment: as now where nothing was recorded between."""
        between = history_of(Recommendation).filter(history_date__gt=min(before, self.moment or before))
        if self.moment is not None:
            between = between.filter(history_date__lte=max(before, self.moment))
        return Case(When(id__in=between.values("id").distinct(), then=status_at(before)), default=F("status"))


def _whether(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())
