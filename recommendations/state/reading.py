"""Puts a review's picture together: from what stands now, from a past day, or from its frozen record."""

from dataclasses import replace
from datetime import date, datetime

from krscp import clock
from krscp.templatetags.ui import display_date
from recommendations.domain.workflow import DecisionKind
from recommendations.models import Decision, Return, Review
from recommendations.state import picture
from recommendations.state.board import baseline, last_reviews, read_board
from recommendations.state.drawing import Board, waiting, wholes
from recommendations.state.past import board_at, end_of
from recommendations.state.picture import Compared, Picture, Statuses
from recommendations.state.record import read_picture
from subgroups.models import Partnership, User

NOW = "Where we are now"


def picture_now(user: User, today: date, moment: datetime) -> tuple[Picture, Board]:
    """How things stand, with no review in mind; and the board, for what may be done about it."""
    board = read_board(user, today)
    return draw(board, NOW, moment), board


def picture_at(day: date) -> Picture:
    """How things stood at the end of a day, rebuilt from history."""
    moment = end_of(day)
    return draw(board_at(day, None, last_reviews(moment)), f"As at {display_date(day)}", moment)


def picture_of(review: Review, user: User, today: date, moment: datetime) -> tuple[Picture, Board | None]:
    """The review: what was frozen, or how it stands now with the board for what may be done about it."""
    if review.is_frozen:
        return read_picture(review), None
    compared, before = baseline(review)
    board = read_board(user, today, before=before)
    return complete(review, draw(board, review.title, moment, compared)), board


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


def compared_with(shown: Picture, compared: Compared, before: Statuses) -> Picture:
    """The same picture beside another moment than the one it was drawn with."""
    moved = [replace(whole, before=before.get(whole.key)) for whole in shown.recommendations]
    return replace(shown, compared=compared, recommendations=moved)


def draw(board: Board, title: str, moment: datetime, compared: Compared | None = None) -> Picture:
    return Picture(
        partnership="",
        title=title,
        slug="",
        kind="",
        state="",
        held_on=None,
        day=board.state.today,
        as_at=moment,
        compared=compared,
        recommendations=wholes(board),
        waiting=waiting(board.state),
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
