"""Puts the front of a source together: the figures, and the words of those rows alone that the page shows."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Q

from krscp.unchanged import until_written
from recommendations.domain.flags import in_words
from recommendations.domain.workflow import Status
from recommendations.models import Part, Recommendation
from recommendations.state import rows
from recommendations.state.counts import ANSWERS, Groups, added, of_owners, of_priorities, of_steps, tally
from recommendations.state.drawing import asked_of, said_last, trend_of
from recommendations.state.figures import NO_PICKS, Figures, Moves, Picks, figures, moves
from recommendations.state.front import (
    FIRST,
    AnswerCount,
    ExceptionRow,
    Exceptions,
    Front,
    Mixed,
    Mixture,
    MoveCount,
    MoveGroup,
    PlaceInList,
    Standing,
    Waits,
    moved,
)
from recommendations.state.movement import LABELS, way, ways
from recommendations.state.picture import Picture, Statuses, owners_in_words
from recommendations.state.source import Source
from recommendations.state.today import State
from recommendations.state.waiting import what_waits

ByKey = dict[int, Recommendation]


def front_at(
    source: Source, drawn: Picture, before: datetime | None, reviews: list[datetime]
) -> tuple[Front, dict[int, Part]]:
    """The front of how things stand or stood, and the parts that it names, for what may be done about them.

    `drawn` is all but recommendations and what waits for a decision; `before` is the moment that is compared with,
    `reviews` those of the last freezes, oldest first.
    """
    asked = ("front", source, before, reviews)
    front, parts = until_written(asked, lambda: _front(source, drawn, before, reviews))
    return replace(front, picture=drawn), parts


def _front(
    source: Source, drawn: Picture, before: datetime | None, reviews: list[datetime]
) -> tuple[Front, dict[int, Part]]:
    found = figures(source, before, FIRST)
    mixed = found.lists.get("mixed", NO_PICKS)
    wanted = Q(id__in=keys_of(found.parts)) | Q(recommendation__in=mixed.keys)
    parts = rows.parts_of(source, source.parts().filter(wanted))
    listed = keys_of(found.lists) | keys_of(found.moves) | {part.recommendation_id for part in parts}
    named, trends = rows.named(source, listed, reviews)
    rows.attach(parts, named)
    state = State(source.day, [], parts, rows.updates_of(source, parts), [])
    front = Front(
        picture=drawn,
        **_tables(found),
        children=[_answer(value, label, found.lists.get(value, NO_PICKS), named) for value, label in ANSWERS],
        waiting=_waiting(state, found.parts),
        exceptions=_exceptions(state, found.parts["exceptions"], trends),
        movement=_movement(found.moves, named),
        moves=moved({pair: one.total for pair, one in found.moves.items()}),
        mixed=_mixed(mixed, parts, named),
    )
    return front, {part.pk: part for part in parts}


def keys_of(listed: Mapping[Any, Picks]) -> set[int]:
    return {key for one in listed.values() for key in one.keys}


def _tables(counted: Figures) -> dict[str, Any]:
    total = added(counted.steps.values())
    with_one = added(counted.priorities.values())
    without = {status: number - with_one.get(status, 0) for status, number in total.items()}
    rest: Groups = {None: without} if any(without.values()) else {}
    return {
        "totals": tally("All recommendations", total),
        "by_priority": of_priorities(counted.priorities | rest),
        "by_owner": of_owners(counted.owners),
        "by_step": of_steps(counted.steps),
    }


def _answer(value: str, label: str, picks: Picks, named: ByKey) -> AnswerCount:
    return AnswerCount(value, label, picks.total, [named[key].label for key in picks.keys])


def _waiting(state: State, picked: Mapping[str, Picks]) -> list[Waits]:
    found = []
    for title, kind, asked in what_waits(state):
        picks = picked[kind.value]
        first = [asked_of(part, kind, words) for part, words in asked if part.pk in picks.keys]
        found.append(Waits(title, picks.total, first))
    return found


def _exceptions(state: State, picks: Picks, trends: list[Statuses]) -> Exceptions:
    by_key = {part.pk: part for part in state.parts}
    return Exceptions(picks.total, [_exceptional(state, by_key[key], trends) for key in picks.keys])


def _exceptional(state: State, part: Part, trends: list[Statuses]) -> ExceptionRow:
    said = said_last(state, part)
    return ExceptionRow(
        part=part.pk,
        key=key_of(part.recommendation),
        url=part.get_absolute_url(),
        title=part.full_title,
        status=part.state,
        flags=in_words(part, state.today),
        owner_words=owners_in_words(owned.body.short_name for owned in part.leads),
        due=None if part.is_closed else part.agreed_date,
        trend=trend_of(part.recommendation_id, trends),
        why=said.why if said is not None else "",
    )


def key_of(recommendation: Recommendation) -> str:
    return f"{recommendation.report.code}/{recommendation.slug}"


def movement_at(source: Source, before: datetime | None) -> tuple[list[MoveGroup], list[MoveCount]]:
    """Which way everything moved between a moment and the source."""
    return until_written(("movement", source, before), lambda: _moved(source, before))


def _moved(source: Source, before: datetime | None) -> tuple[list[MoveGroup], list[MoveCount]]:
    found = moves(source, before, FIRST)
    named, _ = rows.named(source, keys_of(found))
    return _movement(found, named), moved({pair: one.total for pair, one in found.items()})


def _movement(moves: Moves, named: ByKey) -> list[MoveGroup]:
    """Of each way the first in the order of the reports, from whichever status to which they went."""
    pair_of = {key: pair for pair, picks in moves.items() for key in picks.keys}
    places: dict[str, list[PlaceInList]] = {}
    for key, one in named.items():
        if key in pair_of:
            places.setdefault(way(*pair_of[key]), []).append(_place(one, *pair_of[key]))
    counts = ways((pair, picks.total) for pair, picks in moves.items())
    return [MoveGroup(name, LABELS[name], count, places.get(name, [])[:FIRST]) for name, count in counts.items()]


def _place(one: Recommendation, before: Status | None, now: Status) -> PlaceInList:
    return PlaceInList(key_of(one), one.label, one.title, one.get_absolute_url(), now, before)


def _mixed(picks: Picks, listed: list[Part], named: ByKey) -> Mixed:
    parts: dict[int, list[Standing]] = {key: [] for key in picks.keys}
    for part in listed:
        if part.recommendation_id in parts:
            parts[part.recommendation_id].append(Standing(part.reference, part.state))
    first = [
        Mixture(key_of(one), one.title, one.get_absolute_url(), one.state, parts[key])
        for key, one in named.items() if key in parts
    ]  # fmt: skip
    return Mixed(picks.total, first)
