"""The reviews of the world: set up, returns drafted and sent, meetings held, frozen; and who was reminded."""

import uuid
from datetime import date, timedelta
from itertools import cycle

from krscp import clock
from recommendations.models import Return, Review, ReviewKind
from recommendations.reviews.reminders.send import at_once, due_on, send
from recommendations.reviews.returns.read import read_rows
from recommendations.reviews.seats import seats_of
from recommendations.services import returns, reviews
from subgroups.models import Attending, Learning, LearningKind
from tests.factories import answer_all, freeze
from tests.world.days import a_minute_later
from tests.world.people import who

LIMIT = "The minutes are long. " * 45  # just under a thousand characters


def set_up(held_on: date, kind: str = ReviewKind.SIX_MONTHLY) -> Review:
    a_minute_later()
    due = held_on - timedelta(days=14)
    plan = reviews.ReviewPlan(kind=kind, held_on=held_on, period_from=reviews.begins(kind, held_on), returns_due=due)
    return reviews.set_up(plan=plan, by=who("manager"))


def at(slug: str) -> Review:
    return Review.objects.get(slug=slug)


def collect(slug: str) -> None:
    a_minute_later()
    reviews.ask_for_returns(review=at(slug), by=who("manager"))


def the_return(slug: str, body: str) -> Return:
    return Return.objects.at(slug=slug, body=body)


def answer(slug: str, body: str, name: str, *, sent: bool = True) -> None:
    """A return in which nothing has changed: drafted, and sent if it says so."""
    a_minute_later()
    answer_all(the_return(slug, body), who(name), send=sent)


def draft(slug: str, body: str, name: str, place: str) -> None:
    """One row of a return, left half typed."""
    a_minute_later()
    rows = read_rows(the_return(slug, body), clock.today())
    part = next(part for part in rows.parts if part.recommendation.number == place)
    typed = {"status": "at_risk", "what_happened": "Half of it", "next_date_day": "31"}
    returns.save_answers(wanted=rows.wanted, drafts={part.pk: returns.Draft(typed, 0, part.version)}, by=who(name))


def learn(slug: str, kind: LearningKind, title: str) -> Learning:
    a_minute_later()
    return reviews.add_learning(
        review=at(slug), token=uuid.uuid4(), by=who("manager"), kind=kind, title=title, held_on=clock.today(),
        priorities=["Mental health"], changes="Plans name a lead",
    )  # fmt: skip


def sit(slug: str) -> None:
    a_minute_later()
    reviews.start_meeting(review=at(slug), by=who("manager"))


def attend(slug: str) -> None:
    """Every way of attending, one seat after the other; every fourth seat is left empty."""
    a_minute_later()
    review, ways = at(slug), cycle([*Attending.values, ""])
    marks = {seat: how for seat, how in zip(seats_of(review), ways, strict=False) if how}
    reviews.record_attendance(
        review=review, marks=marks, disproportionality=LIMIT, version=review.version, by=who("manager")
    )


def close(slug: str) -> None:
    a_minute_later()
    freeze(at(slug), who("manager"))


def remind(slug: str = "") -> int:
    """The daily run, or the Manager's button for one review; says how many mails went out."""
    a_minute_later()
    day = clock.today()
    told = at_once(at(slug), day) if slug else due_on(day)
    sent = send(told, day, who("manager"))
    assert sent.failed == []
    return len(sent.notices)
