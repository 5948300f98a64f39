"""Whom to remind of a return: holders of posts with something missing, each with just what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from krscp.days import display_date
from recommendations.models import Return, Review, ReviewState
from recommendations.reviews.returns.read import read_rows
from recommendations.reviews.returns.tally import row_in
from subgroups.models import Appointment, Partnership, User
from subgroups.permissions import leading_roles

# Days before returns are due (product, section 4).
MARKS = (28, 14, 3)


@dataclass(frozen=True)
class MissingAnswer:
    """One recommendation or part without an answer, with the address of its row."""

    title: str
    url: str


@dataclass(frozen=True)
class Notice:
    """What one person is told: how much of theirs is missing, over all the bodies they lead."""

    person: User
    review: Review
    total: int
    missing: list[MissingAnswer]

    @property
    def subject(self) -> str:
        """"2 of your 9 recommendations need an update before 20 April 2026"."""
        needs = "needs" if len(self.missing) == 1 else "need"
        due = display_date(self.review.returns_due)
        return f"{len(self.missing)} of your {self.total} recommendations {needs} an update before {due}"


def mark_on(review: Review, day: date) -> int | None:
    """The mark that a day has reached: 28, 14 or 3 days before returns are due. A missed day is caught up."""
    left = (review.returns_due - day).days
    reached = [mark for mark in MARKS if 0 <= left <= mark]
    return min(reached) if reached else None


def collecting() -> list[Review]:
    """The reviews whose returns are asked for and not all in."""
    return list(Review.objects.filter(state=ReviewState.COLLECTING).order_by("returns_due"))


def notices(review: Review, day: date) -> list[Notice]:
    """One for each holder of a leading post, today, of a body whose return is not sent and lacks an answer."""
    lacking: dict[int, tuple[int, list[MissingAnswer]]] = {}
    for wanted in review.returns.in_order().filter(sent_at=None).select_related("review"):
        lacking[wanted.body_id] = _lacking(wanted, day)
    found: dict[User, list[int]] = {}
    for seat in _seats(lacking, day):
        bodies = found.setdefault(seat.person, [])
        if seat.post.body_id not in bodies:
            bodies.append(seat.post.body_id)
    told = [_notice(person, review, [lacking[body] for body in bodies]) for person, bodies in found.items()]
    return [notice for notice in told if notice.missing]


def _lacking(wanted: Return, day: date) -> tuple[int, list[MissingAnswer]]:
    """How many rows the return has, and those without an answer."""
    lines = read_rows(wanted, day).sheet().lines
    address = f"{settings.SITE_URL}{wanted.get_absolute_url()}"
    empty = [line.part for line in lines if not line.form.is_answered]
    return len(lines), [MissingAnswer(part.full_title, f"{address}{row_in(len(lines), part.pk)}") for part in empty]


def _seats(bodies: Iterable[int], day: date) -> Iterable[Appointment]:
    held = Appointment.objects.in_force(day).filter(post__role__in=leading_roles(), post__body__in=bodies)
    return held.filter(person__is_active=True).select_related("person", "post").order_by("person__email", "pk")


def _notice(person: User, review: Review, lacking: list[tuple[int, list[MissingAnswer]]]) -> Notice:
    total = sum(count for count, _ in lacking)
    return Notice(person, review, total, [one for _, missing in lacking for one in missing])


def mail_of(notice: Notice) -> EmailMultiAlternatives:
    """Plain text with an HTML part; links lead to the row, and never sign anybody in."""
    context = {"notice": notice, "partnership": Partnership.objects.first(), "site": settings.SITE_URL}
    mail = EmailMultiAlternatives(
        notice.subject,
        render_to_string("emails/reminder.txt", context),
        settings.DEFAULT_FROM_EMAIL,
        [notice.person.email],
    )
    mail.attach_alternative(render_to_string("emails/reminder.html", context), "text/html")
    return mail
