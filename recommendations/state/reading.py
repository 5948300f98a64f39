"""Puts a review together: the whole picture for papers and the freeze, and the bounded front for its page."""

from dataclasses import replace
from datetime import date, datetime

from krscp import clock
from krscp.clock import end_of
from krscp.days import display_date
from recommendations.domain.kinds import DecisionKind
from recommendations.models import Decision, Part, Recommendation, Return, Review
from recommendations.state import picture
from recommendations.state.board import Comparison, baseline, frozen_at, last_reviews
from recommendations.state.drawing import Board, waiting, wholes
from recommendations.state.front import Front
from recommendations.state.front_of_source import front_at, movement_at
from recommendations.state.picture import Compared, Picture
from recommendations.state.record_form import read_picture
from recommendations.state.rows import Ids, outcomes_of, read_state
from recommendations.state.sealed import read_front
from recommendations.state.source import Source, statuses_of, statuses_then
from subgroups.models import Partnership

NOW = "Where we are now"
# A front, and the parts that it names where something may be done about them.
Fronted = tuple[Front, dict[int, Part]]


def board_of(
    source: Source, before: datetime | None = None, reviews: list[datetime] | None = None, wanted: Ids = None
) -> Board:
    """How everything stands or stood, or these recommendations, with how they stood at other moments."""
    listed = [*(reviews or []), *([before] if before is not None else [])]
    trends = [statuses_then(one) for one in listed] if wanted is None else statuses_of(wanted, listed)
    then = trends.pop() if before is not None else None
    return Board(read_state(source, wanted), outcomes_of(source, wanted), then, trends)


def moments(until: datetime | None = None) -> list[datetime]:
    """Of the last freezes until then, oldest first."""
    return [stood.moment for stood in last_reviews(until)]


def looked_back(
    review: Review, chosen: Comparison | None = None
) -> tuple[Compared | None, datetime | None, list[datetime]]:
    """What a review that is not frozen is compared with, in words and when, and the moments of the last freezes."""
    last = last_reviews()
    compared, before = chosen or baseline(review, last)
    return compared, before, [stood.moment for stood in last]


def picture_now(today: date, moment: datetime) -> Picture:
    """How things stand, with no review in mind."""
    return draw(board_of(Source(today), None, moments()), NOW, moment)


def picture_at(day: date) -> Picture:
    """How things stood at the end of a day, rebuilt from history."""
    source = Source.at(day)
    return draw(board_of(source, None, moments(source.moment)), as_at_title(day), end_of(day))


def as_at_title(day: date) -> str:
    return f"As at {display_date(day)}"


def picture_of(review: Review, today: date, moment: datetime) -> Picture:
    """The whole review: what was frozen, or how it stands now."""
    return read_picture(review) if review.is_frozen else live_picture_of(review, today, moment)


def live_picture_of(review: Review, today: date, moment: datetime) -> Picture:
    """The whole review as it stands now: what is frozen in the end."""
    compared, before, last = looked_back(review)
    drawn = draw(board_of(Source(today), before, last), review.title, moment, compared)
    partnership = Partnership.objects.first()
    return replace(complete(review, drawn), partnership=partnership.name if partnership is not None else "")


def front_now(today: date, moment: datetime, reviews: list[datetime]) -> Fronted:
    """The page of how things stand, with no review in mind."""
    return front_at(Source(today), blank(NOW, today, moment), None, reviews)


def front_on(day: date) -> Front:
    """The page of how things stood at the end of a day."""
    shown = blank(as_at_title(day), day, end_of(day))
    return front_at(Source.at(day), shown, None, moments(end_of(day)))[0]


def front_of_review(review: Review, today: date, moment: datetime, chosen: Comparison | None = None) -> Fronted:
    """The page of a review: what was frozen, or how it stands now; beside another moment where one is chosen."""
    if review.is_frozen:
        kept = read_front(review)
        return beside(kept, review, chosen) if chosen is not None else kept, {}
    compared, before, last = looked_back(review, chosen)
    shown = complete(review, blank(review.title, today, moment, compared))
    return front_at(Source(today), shown, before, last)


def one_at(
    source: Source, shown: Picture, code: str, number: str, last: list[datetime], before: datetime | None = None
) -> Picture:
    """The picture with one recommendation, if there was one of that number then."""
    found = Recommendation.objects.filter(report__code=code, slug=number).order_by().values("pk")
    board = board_of(source, before, last, found)
    return replace(shown, recommendations=wholes(board), waiting=waiting(board.state))


def one_of(review: Review, today: date, moment: datetime, code: str, number: str) -> Picture:
    """One recommendation as the review shows it."""
    if review.is_frozen:
        kept = read_picture(review)
        return replace(kept, recommendations=[one for one in kept.recommendations if one.key == f"{code}/{number}"])
    compared, before, last = looked_back(review)
    return one_at(Source(today), blank(review.title, today, moment, compared), code, number, last, before)


def beside(kept: Front, review: Review, chosen: Comparison) -> Front:
    """A frozen review's page beside another moment than the one it was frozen with."""
    compared, before = chosen
    source = Source(kept.picture.day, frozen_at(review))
    movement, moves = movement_at(source, before)
    return replace(kept, picture=replace(kept.picture, compared=compared), movement=movement, moves=moves)


def facts_of(review: Review, today: date, moment: datetime) -> Picture:
    """What the review itself holds, without recommendations: as it was frozen, or as it is now."""
    if review.is_frozen:
        return read_front(review).picture
    return complete(review, blank(review.title, today, moment))


def complete(review: Review, drawn: Picture) -> Picture:
    """The picture with what the review itself holds: returns, learning, attendance, decisions. Four queries."""
    return replace(
        drawn,
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
        for one in review.meeting.learning.all()
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
    marks = review.meeting.attendance.select_related("post__body").order_by("post__body__position", "post__position")
    return [picture.Present(mark.post.body.short_name, mark.post.title, mark.get_how_display()) for mark in marks]


def minutes(review: Review, part: Part | None = None) -> list[picture.Minute]:
    """The review's decisions in the order they were taken, numbered among all; those about one part alone."""
    taken = review.decisions.order_by("created_at", "pk")
    told = taken.select_related("part__recommendation__report", "owner", "priority", "replacement__report", "answers")
    listed = list(told if part is None else told.filter(part=part))
    keys = [one.pk for one in listed] if part is None else taken.values_list("pk", flat=True)
    numbers = {key: number for number, key in enumerate(keys, 1)}
    return [_minute(decision, numbers) for decision in listed]


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
