"""How everything stood at an earlier moment, rebuilt from history rows, updates and decisions."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.urls import reverse

from krscp import clock
from recommendations.domain.flags import Flag, with_flags
from recommendations.domain.workflow import SLIPPED, Status
from recommendations.models import (
    Decision,
    Escalation,
    Outcome,
    Ownership,
    Part,
    Priority,
    Recommendation,
    RecommendationPriority,
    Report,
    Section,
    Update,
)
from recommendations.models.asked import ASK
from recommendations.state.drawing import Board, Stood
from recommendations.state.picture import Statuses
from recommendations.state.today import RECENT, State, beginning_of
from subgroups.models import Body

# By part: the update that an ask came with, if it did, and what is asked.
Asks = dict[int, tuple[int | None, Any]]
COMPUTED = ["last_said_on", "has_lead", *(flag.field for flag in Flag)]


def as_at_url(day: date) -> str:
    return reverse("as_at", args=[day.isoformat()])


def end_of(day: date) -> datetime:
    """The last instant of a day in London."""
    return beginning_of(day + timedelta(days=1)) - timedelta(microseconds=1)


def first_day() -> date | None:
    """The day on which records begin: the first history row of any part."""
    first = Part.history.order_by("history_date").values_list("history_date", flat=True).first()
    return clock.local_day(first) if first is not None else None


def rows_at(model: type[models.Model], moment: datetime) -> QuerySet:
    """The history rows that stood at a moment: the last one of each record, less those removed.

    Rows of one instant are told apart by their key, which the library's own `as_of` does not do.
    """
    history: Any = model.history.model._default_manager  # type: ignore[attr-defined]
    same = history.filter(id=OuterRef("id"), history_date__lte=moment).order_by("-history_date", "-history_id")
    return history.filter(history_id=Subquery(same.values("history_id")[:1])).exclude(history_type="-")


def statuses_at(day: date) -> Statuses:
    """How each recommendation stood at the end of a day: one query."""
    return statuses_then(end_of(day))


def statuses_then(moment: datetime) -> Statuses:
    """How each recommendation stood at a moment: one query."""
    rows = rows_at(Recommendation, moment).values_list("report__code", "slug", "status")
    return {f"{code}/{slug}": Status(status) for code, slug, status in rows}


def board_at(day: date, before: Statuses | None, trends: list[Stood]) -> Board:
    """Everything as it stood at the end of `day`: a dozen queries, however many rows there are."""
    moment = end_of(day)
    return Board(state_at(day, moment), outcomes_at(moment), before, trends)


def state_at(day: date, moment: datetime) -> State:
    """The state that home and the review would have read at that moment."""
    recommendations = _recommendations(moment)
    parts = _parts(moment, day, {one.pk: one for one in recommendations})
    own: dict[int, list[Part]] = {}
    for part in parts:
        own.setdefault(part.recommendation_id, []).append(part)
    for one in recommendations:
        _prefetched(one, "parts", own.get(one.pk, []))
    by_pk = {part.pk: part for part in parts}
    return State(
        day,
        recommendations,
        parts,
        _about(by_pk, _updates(moment, parts, beginning_of(day - RECENT))),
        _about(by_pk, Decision.objects.filter(created_at__lte=moment).select_related("owner", "priority")),
    )


def _recommendations(moment: datetime) -> list[Recommendation]:
    reports = Report.objects.in_bulk()
    sections = {section.pk: section for section in Section.objects.select_related("parent")}
    main = _main_priorities(moment)
    found = [row.instance for row in rows_at(Recommendation, moment).order_by("report_id", "position")]
    for one in found:
        one.report = reports[one.report_id]
        one.section = sections.get(one.section_id)
        one.main_priority, one.main_priority_slug = main.get(one.pk, (None, None))
    return found


def _main_priorities(moment: datetime) -> dict[int, tuple[str, str]]:
    """The name and slug of each recommendation's main priority, as both were then."""
    priorities = {row.id: (row.name, row.slug) for row in rows_at(Priority, moment)}
    links = rows_at(RecommendationPriority, moment).filter(is_main=True)
    return {link.recommendation_id: priorities[link.priority_id] for link in links}


def _parts(moment: datetime, day: date, recommendations: dict[int, Recommendation]) -> list[Part]:
    owned, asks = _ownerships(moment), _asks(moment)
    rows = with_flags(rows_at(Part, moment), rows_at(Ownership, moment), day, key="id")
    rows = rows.annotate(sitting=Value("")).order_by("recommendation_id", "position")
    parts = []
    for row in rows:
        part = row.instance
        part.recommendation = recommendations[part.recommendation_id]
        for name in COMPUTED:
            setattr(part, name, getattr(row, name))
        part.ask_row = _ask_of(part, asks)
        _prefetched(part, "ownerships", owned.get(part.pk, []))
        parts.append(part)
    place = {pk: number for number, pk in enumerate(recommendations)}
    return sorted(parts, key=lambda part: (place[part.recommendation_id], part.position))


def _ownerships(moment: datetime) -> dict[int, list[Ownership]]:
    bodies = {row.id: row.instance for row in rows_at(Body, moment)}
    found: dict[int, list[Ownership]] = {}
    for row in rows_at(Ownership, moment).order_by("part_id", "position", "id"):
        owned = row.instance
        owned.body = bodies[owned.body_id]
        found.setdefault(owned.part_id, []).append(owned)
    return found


def _prefetched(obj: models.Model, name: str, rows: list) -> None:
    """Let `obj.name.all()` give these rows, as after a prefetch."""
    queryset = getattr(obj, name).all()
    queryset._result_cache = rows
    if not hasattr(obj, "_prefetched_objects_cache"):
        obj._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    obj._prefetched_objects_cache[name] = queryset  # type: ignore[attr-defined]


def _updates(moment: datetime, parts: Iterable[Part], since: datetime) -> QuerySet[Update]:
    """The updates that stood: lately given, or the last one of a part."""
    last = [part.last_said_at for part in parts if part.last_said_at is not None]
    stood = Update.objects.filter(created_at__lte=moment).exclude(withdrawal__created_at__lte=moment)
    words = models.Q(pk__in=stood.last_words().values("pk"))
    wanted = models.Q(created_at__gte=since) | models.Q(created_at__in=last) | words
    return stood.filter(wanted).select_related("on_behalf_of")


def _asks(moment: datetime) -> Asks:
    """What waited for the SLG's answer then, by part: the update it came with, if it did, and the ask."""
    asked = Escalation.objects.filter(created_at__lte=moment)
    stood = asked.exclude(update__withdrawal__created_at__lte=moment)
    later = stood.filter(part=models.OuterRef("part"), pk__gt=models.OuterRef("pk"))
    waited = stood.filter(~models.Exists(later)).exclude(answer__created_at__lte=moment)
    return {part: (update, told) for part, update, told in waited.values_list("part", "update", ASK)}


def _ask_of(part: Part, asks: Asks) -> Any:
    """What the part asked then; what came with a slip lapses when it is back on track, or done."""
    update, told = asks.get(part.pk, (None, None))
    return told if update is None or part.status in SLIPPED else None


def _about(parts: dict[int, Part], rows: Iterable[Any]) -> list:
    """The rows, each with the part as it was."""
    listed = [row for row in rows if row.part_id in parts]
    for row in listed:
        row.part = parts[row.part_id]
    return listed


def outcomes_at(moment: datetime) -> dict[int, Outcome]:
    """The last difference for children of each part, as it stood."""
    latest: dict[int, Outcome] = {}
    for outcome in Outcome.objects.filter(created_at__lte=moment).exclude(update__withdrawal__created_at__lte=moment):
        latest.setdefault(outcome.part_id, outcome)
    return latest
