"""Who sits in a body's posts, and what is amiss: vacancies, or two co-chairs from one agency (para 14)."""

from dataclasses import dataclass
from datetime import date

from subgroups.models import Agency, Appointment, Body, Post, PostRole


@dataclass(frozen=True)
class Seat:
    post: Post
    appointment: Appointment | None
    vacant_since: date | None


@dataclass(frozen=True)
class Seats:
    listed: list[Seat]
    shared_agency: Agency | None

    @property
    def vacancies(self) -> list[Seat]:
        return [seat for seat in self.listed if seat.appointment is None]


def seats_of(body: Body, day: date) -> Seats:
    """The body's posts with their holders on `day`: three queries, however many posts."""
    posts = list(body.posts.select_related("agency"))
    appointments = list(Appointment.objects.filter(post__in=posts).select_related("person"))
    return Seats([_seat(post, appointments, day) for post in posts], _shared_agency(posts))


def _seat(post: Post, appointments: list[Appointment], day: date) -> Seat:
    own = [appointment for appointment in appointments if appointment.post_id == post.pk]
    held = [one for one in own if one.starts <= day and (one.ends is None or one.ends >= day)]
    ended = [one.ends for one in own if one.ends is not None and one.ends < day]
    return Seat(post, held[-1] if held else None, max(ended) if ended and not held else None)


def _shared_agency(posts: list[Post]) -> Agency | None:
    """The agency that holds two co-chair seats, if any."""
    chairs = [post.agency for post in posts if post.role == PostRole.CO_CHAIR and post.agency is not None]
    return next((agency for agency in chairs if chairs.count(agency) > 1), None)
