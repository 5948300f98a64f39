"""Draws the picture of a review from how everything stands, whether that was read live or rebuilt from history."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from krscp.clock import local_day
from krscp.days import display_date
from recommendations.domain.flags import Flag, in_words
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import AsksFor, Difference, Status
from recommendations.models import Decision, Outcome, Part, Recommendation, Update, UpdateKind
from recommendations.state import picture
from recommendations.state.lists import EXCEPTIONS, is_any
from recommendations.state.picture import Statuses
from recommendations.state.today import State
from recommendations.state.waiting import what_waits


@dataclass(frozen=True)
class Board:
    """How everything stands at one moment, and how it stood before: what a picture is drawn from."""

    state: State
    outcomes: dict[int, Outcome]
    before: Statuses | None = None
    trends: list[Statuses] = field(default_factory=list)


def wholes(board: Board) -> list[picture.Whole]:
    """Every recommendation, in the order of the reports."""
    return [_whole(recommendation, board) for recommendation in board.state.recommendations]


def waiting(state: State) -> list[picture.Waiting]:
    """What waits for the SLG."""
    return [
        picture.Waiting(title, [asked_of(part, kind, asked) for part, asked in rows])
        for title, kind, rows in what_waits(state)
    ]


def asked_of(part: Part, kind: str, asked: str) -> picture.AskedRow:
    return picture.AskedRow(
        part=part.pk,
        kind=kind,
        reference=part.reference,
        title=part.full_title,
        url=part.get_absolute_url(),
        status=part.state,
        asked=asked,
    )


def _whole(recommendation: Recommendation, board: Board) -> picture.Whole:
    parts = list(recommendation.parts.all())
    return picture.Whole(
        code=recommendation.report.code,
        number=recommendation.number,
        slug=recommendation.slug,
        title=recommendation.title,
        url=recommendation.get_absolute_url(),
        text=recommendation.text,
        asks_for=AsksFor(recommendation.asks_for).label if recommendation.asks_for else "",
        status=recommendation.state,
        before=board.before.get(recommendation.pk) if board.before is not None else None,
        trend=trend_of(recommendation.pk, board.trends),
        owners=_owners(parts),
        lacks_owner=any(Flag.NO_OWNER in part.flags for part in parts),
        priority=_priority(recommendation),
        steps=recommendation.steps,
        difference=_latest_difference(parts, board.outcomes),
        rows=[_row(part, board) for part in parts],
        label=recommendation.label,
    )


def trend_of(key: int, trends: list[Statuses]) -> list[Status]:
    """How a recommendation stood at the last reviews, where it stood yet."""
    return [statuses[key] for statuses in trends if key in statuses]


def _owners(parts: Iterable[Part]) -> list[picture.Named]:
    """The bodies that lead or support any part, each once."""
    bodies = dict.fromkeys(owned.body for part in parts for owned in part.ownerships.all())
    return [picture.Named(body.slug, body.short_name) for body in bodies]


def _priority(recommendation: Recommendation) -> picture.Named | None:
    name, slug = recommendation.main_priority, recommendation.main_priority_slug
    return picture.Named(slug, name) if name and slug else None


def _latest_difference(parts: Iterable[Part], outcomes: dict[int, Outcome]) -> Difference | None:
    """The latest answer given for any of its parts."""
    given = [outcomes[part.pk] for part in parts if part.pk in outcomes]
    if not given:
        return None
    return Difference(max(given, key=lambda outcome: (outcome.created_at, outcome.pk)).difference)


def _row(part: Part, board: Board) -> picture.Row:
    outcome = board.outcomes.get(part.pk)
    return picture.Row(
        part=part.pk,
        address=address_of(part),
        reference=part.reference,
        title=part.full_title,
        url=part.get_absolute_url(),
        status=part.state,
        flags=in_words(part, board.state.today),
        owners=[owned.body.short_name for owned in part.leads],
        due=None if part.is_closed else part.agreed_date,
        first_due=part.first_agreed_date,
        requested=part.requested_date,
        recheck_on=part.recheck_on,
        said=said_last(board.state, part),
        ask=part.asked.words if part.asked is not None else "",
        difference=_difference(outcome),
        is_exception=is_any(part, EXCEPTIONS),
        decided=[_decided(decision) for decision in board.state.decisions_since_update(part)],
        label=str(part),
    )


def address_of(part: Part) -> str:
    return f"{part.recommendation.report.code}/{part.recommendation.slug}/{part.slug}"


def _decided(decision: Decision) -> str:
    """“Send back, 26 September 2026 (SLG chair): show attendance.”"""
    by = decision.author_post or decision.author_name
    return f"{DecisionKind(decision.kind).label}, {display_date(decision.decided_on)} ({by}): {decision.wording}"


def _difference(outcome: Outcome | None) -> picture.DifferenceMade | None:
    if outcome is None:
        return None
    return picture.DifferenceMade(Difference(outcome.difference).label, outcome.text, outcome.look_again_on)


def said_last(state: State, part: Part) -> picture.SaidWords | None:
    """What was said last; a bare “No change” goes with the words that it leaves as they were."""
    update, words = state.latest(part), state.latest_words(part)
    if update is None:
        return None
    spoken = update if words is None or update.says_more else words
    step = update if update.what_next else spoken
    return picture.SaidWords(
        on=local_day(update.created_at),
        by=update.author_post or update.author_name,
        what_happened=spoken.what_happened if spoken is update else _unchanged(spoken),
        what_next=step.what_next,
        next_date=step.next_date,
        why_slipped=spoken.why_slipped,
        brings_back=spoken.brings_back,
    )


def _unchanged(words: Update) -> str:
    """“No change since 13 October 2026: two of nine boards have answered.”"""
    since = f"{UpdateKind.NO_CHANGE.label} since {display_date(local_day(words.created_at))}"
    return f"{since}: {words.what_happened}" if words.what_happened else since


def exceptions(shown: picture.Picture) -> list[picture.Row]:
    """Off track first, then overdue, the longest leading (product, section 3)."""
    return sorted((row for row in shown.rows if row.is_exception), key=partial(_worst_first, shown.day))


def _worst_first(day: date, row: picture.Row) -> tuple[bool, bool, date]:
    overdue = row.status != Status.AWAITING_SIGN_OFF and row.due is not None and row.due < day
    return row.status != Status.OFF_TRACK, not overdue, row.due or date.max
