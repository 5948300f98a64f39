"""Recommendations and parts of a source as objects, with owners and what was said of them: all, or those asked for."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from recommendations.domain.flags import Flag
from recommendations.domain.workflow import Status
from recommendations.models import Decision, Outcome, Ownership, Part, Priority, Recommendation, Update
from recommendations.state.lists import IN_ORDER
from recommendations.state.picture import Statuses
from recommendations.state.source import Source, status_at
from recommendations.state.today import State, knowing_parts

Ids = Collection[int] | QuerySet | None  # keys, or what asks for them; None: all of them
IN_REPORTS = ("report_id", "position")
COMPUTED = ["last_said_on", "has_lead", "sitting", "ask_row", *(flag.field for flag in Flag)]


def read_state(source: Source, wanted: Ids = None) -> State:
    """All that a picture shows of these recommendations: five queries live, a dozen of a past day."""
    recommendations = recommendations_of(source, wanted)
    own: dict[int, list[Part]] = {one.pk: [] for one in recommendations}
    rows = source.parts() if wanted is None else source.parts().filter(recommendation__in=wanted)
    parts = parts_of(source, rows)
    attach(parts, {one.pk: one for one in recommendations})
    for part in parts:
        own[part.recommendation_id].append(part)
    for one in recommendations:
        prefetched(one, "parts", own[one.pk])
    said = updates_of(source, parts, every=wanted is None)
    return State(source.day, recommendations, parts, said, _decisions(source, parts, every=wanted is None))


def recommendations_of(source: Source, wanted: Ids = None) -> list[Recommendation]:
    """With report, section and main priority as they were called then, in the order of the reports."""
    rows = within(source.recommendations(), "id", wanted).order_by(*IN_REPORTS)
    rows = rows.select_related("report", "section__parent")
    if source.moment is None:
        return list(rows.with_main_priority())  # type: ignore[attr-defined]
    main = _main_priorities(source, wanted)
    found = []
    for row in rows:
        one = _object(row, "report", "section")
        one.main_priority, one.main_priority_slug = main.get(one.pk, (None, None))
        found.append(one)
    return found


def within(rows: QuerySet, name: str, wanted: Ids) -> QuerySet:
    return rows if wanted is None else rows.filter(**{f"{name}__in": wanted})


def _main_priorities(source: Source, wanted: Ids) -> dict[int, tuple[str, str]]:
    """The name and slug of each recommendation's main priority, as both were then; none that was recorded later."""
    priorities = {row.id: (row.name, row.slug) for row in source.rows(Priority)}
    links = within(source.main_priorities(), "recommendation", wanted)
    named = links.filter(priority__in=priorities).values_list("recommendation", "priority")
    return {one: priorities[priority] for one, priority in named}


def _object(row: Any, *related: str) -> Any:
    """What a row of history was, with what was read along."""
    found = row.instance
    for name in related:
        setattr(found, name, getattr(row, name))
    return found


def named(
    source: Source, wanted: Collection[int], reviews: Sequence[datetime] = ()
) -> tuple[dict[int, Recommendation], list[Statuses]]:
    """These recommendations as they were called then, in the order of the reports, and how each stood at the freezes of
    the reviews: one query.
    """
    stood = {f"at_{place}": status_at(moment) for place, moment in enumerate(reviews)}
    listed = source.recommendations().filter(id__in=wanted).select_related("report").annotate(**stood)
    rows = list(listed.order_by(*IN_REPORTS))
    found = {row.id: row if source.moment is None else _object(row, "report") for row in rows}
    return found, [{row.id: Status(told) for row in rows if (told := getattr(row, name))} for name in stood]


def attach(parts: Iterable[Part], recommendations: dict[int, Recommendation]) -> None:
    for part in parts:
        part.recommendation = recommendations[part.recommendation_id]


def parts_of(source: Source, rows: QuerySet) -> list[Part]:
    """These rows of `source.parts()` as parts with their owners, in the order of the reports; without what they are
    parts of, which `attach` gives them."""
    rows = rows.order_by(*IN_ORDER)
    if source.moment is None:
        found = list(rows.select_related("proposer", "requested_by").with_owners())  # type: ignore[attr-defined]
    else:
        found = [_part(row) for row in rows]
        owned = _ownerships(source, found)
        for part in found:
            prefetched(part, "ownerships", owned.get(part.pk, []))
    return found


def _part(row: Any) -> Part:
    part = row.instance
    for name in COMPUTED:
        setattr(part, name, getattr(row, name))
    return part


def _ownerships(source: Source, parts: list[Part]) -> dict[int, list[Ownership]]:
    bodies = source.bodies
    found: dict[int, list[Ownership]] = {}
    for row in _about(source.ownerships(), parts).order_by("part_id", "position", "id"):
        owned = row.instance
        owned.body = bodies[owned.body_id]
        found.setdefault(owned.part_id, []).append(owned)
    return found


def _about(rows: QuerySet, parts: list[Part], every: bool = False) -> QuerySet:
    return rows if every else rows.filter(part__in=[part.pk for part in parts])


def prefetched(obj: models.Model, name: str, rows: list) -> None:
    """Let `obj.name.all()` give these rows, as after a prefetch."""
    queryset = getattr(obj, name).all()
    queryset._result_cache = rows
    if not hasattr(obj, "_prefetched_objects_cache"):
        obj._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    obj._prefetched_objects_cache[name] = queryset  # type: ignore[attr-defined]


def updates_of(source: Source, parts: list[Part], every: bool = False) -> list[Update]:
    """Of each part the last update that stood, and the last that says more than that nothing has changed."""
    stood = _about(source.updates(), parts, every)
    last: Any = Q(created_at=F("part__last_said_at"))
    if source.moment is not None:
        last = ~Exists(stood.order_by().filter(part=OuterRef("part"), created_at__gt=OuterRef("created_at")))
    words: Any = stood.order_by()
    wanted = stood.filter(last | Q(pk__in=words.last_words().values("pk")))
    return knowing_parts(wanted.select_related("on_behalf_of"), parts)


def _decisions(source: Source, parts: list[Part], every: bool) -> list[Decision]:
    """What was decided about each part: of a past day all of it, which the annual report counts."""
    decided = _about(source.decisions(), parts, every)
    if source.moment is None:
        decided = decided.filter(created_at__gt=F("part__last_said_at"))
    return knowing_parts(decided.select_related("owner", "priority"), parts)


def outcomes_of(source: Source, wanted: Ids = None) -> dict[int, Outcome]:
    """The last difference for children of each part that stood."""
    latest: dict[int, Outcome] = {}
    for outcome in within(source.outcomes(), "part__recommendation", wanted):
        latest.setdefault(outcome.part_id, outcome)
    return latest
