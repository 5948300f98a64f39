"""Who sits in which post, and what is amiss: vacancies, or two co-chairs from one agency (para 14)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from krscp.days import display_date
from subgroups.models import Agency, Appointment, Body, Post, PostRole, User
from subgroups.permissions import roles_to_fill


@dataclass(frozen=True)
class Seat:
    """One post with who holds it. A post may be held by several people at once, as in a handover."""

    post: Post
    held: list[Appointment]
    vacant_since: date | None

    @property
    def vacancy(self) -> str:
        """"Vacant since 5 May 2026"; only "Vacant" where nobody has held it; "" where somebody does."""
        if self.held:
            return ""
        return f"Vacant since {display_date(self.vacant_since)}" if self.vacant_since else "Vacant"


@dataclass(frozen=True)
class Seats:
    listed: list[Seat]
    shared_agency: Agency | None

    @property
    def warnings(self) -> list[str]:
        """What the body's co-chairs lack (para 14: two, each from a different agency)."""
        found = [_no_co_chair(self.listed)]
        if self.shared_agency is not None:
            found.append(
                f"Both co-chairs come from {self.shared_agency}. "
                "Each co-chair should come from a different agency (paragraph 14)."
            )
        return [words for words in found if words]


@dataclass(frozen=True)
class PeopleAndPosts:
    """Who holds a post now or from a later day, and the posts that nobody does."""

    held: list[Appointment]
    vacant: list[Post]


def people_and_posts(day: date) -> PeopleAndPosts:
    """All of them, as on `day`: two queries."""
    held = list(Appointment.objects.exclude(ends__lt=day).select_related("person", "post__body"))
    filled = {one.post_id for one in held}
    return PeopleAndPosts(held, [post for post in Post.objects.select_related("body") if post.pk not in filled])


def posts_to_fill(user: User) -> QuerySet[Post]:
    """The posts this person may appoint people to, by body."""
    posts = Post.objects.filter(role__in=roles_to_fill(user))
    return posts.select_related("body").order_by("body__position", "position")


def with_seats(bodies: QuerySet[Body], day: date) -> QuerySet[Body]:
    """Bodies with their posts, each saying as `in_force` whether somebody holds it: one query more."""
    held = Appointment.objects.in_force(day).filter(post=OuterRef("pk"))
    return bodies.prefetch_related(Prefetch("posts", Post.objects.annotate(in_force=Exists(held))))


def seats_of(body: Body, day: date) -> Seats:
    """The body's posts with their holders on `day`: two queries, however many posts."""
    posts = list(body.posts.select_related("agency"))
    appointments = list(Appointment.objects.filter(post__in=posts).select_related("person"))
    listed = [_seat(post, [one for one in appointments if one.post_id == post.pk], day) for post in posts]
    return Seats(listed, _shared_agency(posts))


def _seat(post: Post, appointments: list[Appointment], day: date) -> Seat:
    held = [one for one in appointments if one.starts <= day and (one.ends is None or one.ends >= day)]
    ended = [one.ends for one in appointments if one.ends is not None and one.ends < day]
    vacant_since = max(ended) + timedelta(days=1) if ended and not held else None
    return Seat(post, held, vacant_since)


def _no_co_chair(seats: list[Seat]) -> str:
    """"No co-chair since 4 May 2026", when every co-chair's seat is vacant; "" where there is somebody."""
    chairs = [seat for seat in seats if seat.post.role == PostRole.CO_CHAIR]
    if not chairs or any(seat.held for seat in chairs):
        return ""
    since = [seat.vacant_since for seat in chairs if seat.vacant_since is not None]
    return f"No co-chair since {display_date(max(since))}." if since else "No co-chair yet."


def _shared_agency(posts: list[Post]) -> Agency | None:
    """The agency that holds two co-chair seats, if any."""
    chairs = [post.agency for post in posts if post.role == PostRole.CO_CHAIR and post.agency is not None]
    return next((agency for agency in chairs if chairs.count(agency) > 1), None)
