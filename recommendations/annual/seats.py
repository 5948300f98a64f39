"""Which posts were represented at the reviews of a period: posts, not people, by the names they had."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from krscp.clock import end_of, local_day
from recommendations.models import Review, Snapshot
from recommendations.state.source import rows_at
from subgroups.models import Attendance, Attending, Body, Post


@dataclass(frozen=True)
class SeatAtReviews:
    """A post, and for the day of each review how it was represented."""

    body: str
    post: str
    how: dict[date, str]


def seats_between(first: date, last: date) -> list[SeatAtReviews]:
    """A mark counts in the period in which its review was held, or in which it was recorded if that is later.

    So none counts twice, and one recorded after a period's end is in the next. A review that was frozen before its day
    was held by then (a day is a column, so not where another review has that day). Six queries.
    """
    moment = end_of(last)
    meeting = Subquery(Review.objects.filter(pk=OuterRef("id")).values("meeting"))
    held = dict(rows_at(Review, moment).annotate(meeting=meeting).values_list("meeting", "held_on"))
    for pk, at in Snapshot.objects.filter(created_at__lte=moment).values_list("review__meeting", "created_at"):
        if local_day(at) < held[pk] and local_day(at) not in held.values():
            held[pk] = local_day(at)
    loaded = Attendance.history.filter(history_type="+", history_date__lte=moment)
    recorded = {pk: local_day(at) for pk, at in loaded.values_list("id", "history_date")}
    marks: dict[int, dict[date, str]] = {}
    for mark in rows_at(Attendance, moment).filter(meeting__in=list(held)):
        day = held[mark.meeting_id]
        if first <= max(day, recorded.get(mark.id, day)) <= last:
            marks.setdefault(mark.post_id, {})[day] = Attending(mark.how).label
    bodies = {row.id: row for row in rows_at(Body, moment)}
    posts = [row for row in rows_at(Post, moment) if row.id in marks]
    posts.sort(key=lambda row: (bodies[row.body_id].position, row.position, row.id))
    return [SeatAtReviews(bodies[row.body_id].name, row.title, marks[row.id]) for row in posts]
