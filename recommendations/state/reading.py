"""Puts a review together: the whole picture for papers and the freeze, and the bounded front for its page."""

from dataclasses import replace
from datetime import date, datetime

from krscp import clock
from krscp.templatetags.ui import display_date
from recommendations.domain.workflow import DecisionKind
from recommendations.models import Decision, Return, Review
from recommendations.state import picture
from recommendations.state.board import Comparison, baseline, last_reviews
from recommendations.state.drawing import Board, waiting, wholes
from recommendations.state.front import Front
from recommendations.state.fronts import front_at, movement_at
from recommendations.state.picture import Compared, Picture
from recommendations.state.record import read_picture
from recommendations.state.rows import Ids, outcomes_of, read_state
from recommendations.state.sealed import read_front
from recommendations.state.source import Source, statuses_then
from subgroups.models import Partnership

NOW = "Where we are now"


def board_of(
    source: Source, before: datetime | None = None, reviews: list[datetime] | None = None, wanted: Ids = None
) -> Board:
    """How everything stands or stood, with how it stood at other moments."""
    then = statuses_then(before) if before is not None else None
    trends = [statuses_then(moment) for moment in reviews or []]
    return Board(read_state(source, wanted), outcomes_of(source, wanted), then, trends)


def moments(until: datetime | None = None) -> list[datetime]:
    """Of the last freezes until then, oldest first."""
    return [stood.moment for stood in last_reviews(until)]


def picture_now(today: date, moment: datetime) -> Picture:
    """How things stand, with no review in mind."""
    return draw(board_of(Source(today), None, moments()), NOW, moment)


def picture_at(day: date) -> Picture:
    """How things stood at the end of a day, rebuilt from history."""
    source = Source.at(day)
    return draw(board_of(source, None, moments(source.moment)), as_at_title(day), source.moment)


def as_at_title(day: date) -> str:
    return f"As at {display_date(day)}"


def picture_of(review: Review, today: date, moment: datetime) -> Picture:
    """The whole review: what was frozen, or how it stands now."""
    return read_picture(review) if review.is_frozen else live_picture_of(review, today, moment)


def live_picture_of(review: Review, today: date, moment: datetime) -> Picture:
    """The whole review as it stands now: what is frozen in the end."""
    compared, before = baseline(review)
    return complete(review, draw(board_of(Source(today), before, moments()), review.title, moment, compared))


def front_now(today: date, moment: datetime) -> Front:
    """The page of how things stand, with no review in mind."""
    return front_at(Source(today), blank(NOW, today, moment), None, moments())


def front_on(day: date) -> Front:
    """The page of how things stood at the end of a day."""
    source = Source.at(day)
    return front_at(source, blank(as_at_title(day), day, source.moment), None, moments(source.moment))


def front_of_review(review: Review, today: date, moment: datetime, chosen: Comparison | None = None) -> Front:
    """The page of a review: what was frozen, or how it stands now; beside another moment where one is chosen."""
    if review.is_frozen:
        kept = read_front(review)
        return beside(kept, review, chosen) if chosen is not None else kept
    compared, before = chosen or baseline(review)
    shown = complete(review, blank(review.title, today, moment, compared))
    return front_at(Source(today), shown, before, moments())


def beside(kept: Front, review: Review, chosen: Comparison) -> Front:
    """A frozen review's page beside another moment than the one it was frozen with."""
    compared, before = chosen
    source = Source(kept.picture.day, review.frozen_at)  # type: ignore[attr-defined]
    movement, moves = movement_at(source, before)
    return replace(kept, picture=replace(kept.picture, compared=compared), movement=movement, moves=moves)


def facts_of(review: Review, today: date, moment: datetime) -> Picture:
    """What the review itself holds, without recommendations: as it was frozen, or as it is now."""
    if review.is_frozen:
        return read_front(review).picture
    return complete(review, blank(review.title, today, moment))


def complete(review: Review, drawn: Picture) -> Picture:
    """The picture with what the review itself holds: returns, learning, attendance, decisions. Five queries."""
    partnership = Partnership.objects.first()
    return replace(
        drawn,
        partnership=partnership.name if partnership is not None else "",
        slug=review.slug,
        kind=review.get_kind_display(),
        state=review.get_state_display(),
        held_on=review.held_on,
        learning=_learning(review),
        returns=[_returned(found) for found in review.returns.in_order().select_related("review")],
        attendance=_attendance(review),
        disproportionality=review.disproportionality,
        decisions=minutes(review),
    )


def draw(board: Board, title: str, moment: datetime, compared: Compared | None = None) -> Picture:
    shown = blank(title, board.state.today, moment, compared)
    return replace(shown, recommendations=wholes(board), waiting=waiting(board.state))


def blank(title: str, day: date, moment: datetime, compared: Compared | None = None) -> Picture:
    """A picture with nothing in it yet."""
    return Picture(
        partnership="",
        title=title,
        slug="",
        kind="",
        state="",
        held_on=None,
        day=day,
        as_at=moment,
        compared=compared,
        recommendations=[],
        waiting=[],
        learning=[],
        returns=[],
        attendance=[],
        disproportionality="",
        decisions=[],
        schema=picture.SCHEMA,
    )


def _learning(review: Review) -> list[picture.Lesson]:
    return [
        picture.Lesson(one.pk, one.get_kind_display(), one.title, one.held_on, one.priorities, one.changes)
        for one in review.learning.all()
    ]


def _returned(found: Return) -> picture.Returned:
    return picture.Returned(
        body=found.body.short_name,
        name=found.body.name,
        url=found.get_absolute_url(),
        sent_on=clock.local_day(found.sent_at) if found.sent_at is not None else None,
        sent_by=found.sent_by_post,
        is_late=found.is_late,
    )


def _attendance(review: Review) -> list[picture.Present]:
    marks = review.attendance.select_related("post__body").order_by("post__body__position", "post__position")
    return [picture.Present(mark.post.body.short_name, mark.post.title, mark.get_how_display()) for mark in marks]


def minutes(review: Review) -> list[picture.Minute]:
    """The review's decisions in the order they were taken, numbered."""
    taken = review.decisions.order_by("created_at", "pk").select_related(
        "part__recommendation__report", "owner", "priority", "replacement__report", "answers"
    )
    decisions = list(taken)
    numbers = {decision.pk: number for number, decision in enumerate(decisions, 1)}
    return [_minute(decision, numbers) for decision in decisions]


def _minute(decision: Decision, numbers: dict[int, int]) -> picture.Minute:
    return picture.Minute(
        number=numbers[decision.pk],
        pk=decision.pk,
        part=decision.part_id,
        reference=decision.part.reference,
        title=decision.part.full_title,
        url=decision.part.get_absolute_url(),
        kind=decision.kind,
        label=_label(decision),
        wording=decision.wording,
        decided_on=decision.decided_on,
        owner=decision.owner.name if decision.owner is not None else "",
        by=decision.due or decision.agreed_date,
        recorded_by=decision.author_post or decision.author_name,
        corrects=numbers.get(decision.corrects_id) if decision.corrects_id else None,
    )


def _label(decision: Decision) -> str:
    """The kind in words, with what it set where no column says it."""
    label = DecisionKind(decision.kind).label
    if decision.answers is not None:
        return f"{label}: {decision.answers.ask}"
    if decision.recheck_on is not None:
        return f"{label}, check again on {display_date(decision.recheck_on)}"
    if decision.agreed_date is not None and decision.date_before not in (None, decision.agreed_date):
        return f"{label}, {display_date(decision.date_before)} before"
    if decision.priority is not None:
        return f"{label}: {decision.priority.name}"
    if decision.replacement is not None:
        return f"{label}: replaced by {decision.replacement.title}"
    return "Addendum" if decision.corrects_id else label
