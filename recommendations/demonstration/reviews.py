"""The reviews of the demonstration's story: set up, returns drafted and sent, meetings held, frozen."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from krscp import clock
from recommendations.models import Return, Review, ReviewKind
from recommendations.reviews.frozen.freezing import frozen, make_papers
from recommendations.reviews.returns.read import read_rows
from recommendations.reviews.seats import seats_of
from recommendations.services import returns, reviews
from subgroups.models import Attending, Body, User

# Every made-up statement begins with it, so that a copied sentence is never taken for progress.
LABEL = "Demonstration: "
UNCHANGED = {"status": "no_change", "what_happened": f"{LABEL}stands as it stood."}

Event = dict[str, Any]
MANAGER = "manager"


def steps(story: list[Event]) -> tuple[list[Event], list[Event]]:
    """What opens the reviews, before the other events of a day, and what closes them, after those."""
    opening, closing = [], []
    for told in story:
        common = {"review": told, "by": MANAGER}
        opening.append(common | {"day": told["set_up"], "does": "review_set_up"})
        learned = told.get("learning", [])
        opening += [common | {"day": told["set_up"], "does": "review_learning", "told": one} for one in learned]
        opening.append(common | {"day": told["ask"], "does": "review_ask"})
        closing += [common | one | {"does": "return_draft"} for one in told.get("draft", [])]
        for body in told.get("sent", []):
            closing.append(common | {"day": -2, "by": f"{body}.cochair1", "does": "return_send", "body": body})
        if told.get("frozen"):
            opening.append(common | {"day": told["held"], "does": "review_start"})
            closing.append(common | {"day": told["held"], "does": "review_freeze"})
    return opening, closing


def review_of(event: Event, today: date) -> Review:
    return Review.objects.get(held_on=today + timedelta(days=event["review"]["held"]))


def set_up(event: Event, by: User, today: date) -> None:
    told = event["review"]
    held_on = today + timedelta(days=told["held"])
    plan = reviews.ReviewPlan(
        kind=ReviewKind.SIX_MONTHLY,
        held_on=held_on,
        period_from=reviews.begins(ReviewKind.SIX_MONTHLY, held_on),
        returns_due=today + timedelta(days=told["due"]),
    )
    reviews.set_up(plan=plan, by=by)


def add_learning(event: Event, by: User, today: date) -> None:
    told = event["told"]
    reviews.add_learning(
        review=review_of(event, today),
        token=uuid.uuid4(),
        by=by,
        kind=told["kind"],
        title=f"{LABEL}{told['title']}",
        held_on=today + timedelta(days=told["day"]),
        priorities=told["priorities"],
        changes=f"{LABEL}{told['changes']}",
    )


def ask(event: Event, by: User, today: date) -> None:
    reviews.ask_for_returns(review=review_of(event, today), by=by)


def draft(event: Event, by: User, today: date) -> None:
    """One row of a return, left as a draft."""
    rows = read_rows(the_return(event, by, today), today)
    part = next(part for part in rows.parts if part.reference == event["part"])
    given = {key: f"{LABEL}{text}" if key == "what_happened" else text for key, text in event["given"].items()}
    returns.save_answers(wanted=rows.wanted, drafts={part.pk: returns.Draft(given, 0, part.version)}, by=by)


def the_return(event: Event, by: User, today: date) -> Return:
    bodies = Body.objects.filter(slug=event["body"]) if "body" in event else [post.body for post in by.current_posts]
    return review_of(event, today).returns.select_related("review", "body").get(body__in=bodies)


def send(event: Event, by: User, today: date) -> None:
    """A return in which nothing has changed."""
    rows = read_rows(the_return(event, by, today), today)
    drafts = {part.pk: returns.Draft(dict(UNCHANGED), 0, part.version) for part in rows.parts}
    returns.save_answers(wanted=rows.wanted, drafts=drafts, by=by)
    sheet = read_rows(rows.wanted, today).checked()
    said = {line.part.pk: line.said for line in sheet.lines if line.form.is_valid()}
    versions = {line.part.pk: line.part.version for line in sheet.lines}
    returns.send(wanted=rows.wanted, said=said, versions=versions, version=rows.wanted.version, by=by)


def start(event: Event, by: User, today: date) -> None:
    reviews.start_meeting(review=review_of(event, today), by=by)


def freeze(event: Event, by: User, today: date) -> None:
    """Attendance and the standing item, then the freeze."""
    review = review_of(event, today)
    marks = dict.fromkeys(seats_of(review), Attending.PRESENT.value)
    reviews.record_attendance(
        review=review,
        marks=marks,
        disproportionality=f"{LABEL}{event['review']['disproportionality']}",
        version=review.version,
        by=by,
    )
    reviews.freeze(review=review, draw=lambda current: frozen(current, by, clock.now()), by=by)
    make_papers(review)


STEPS: dict[str, Callable[[Event, User, date], None]] = {
    "review_set_up": set_up,
    "review_learning": add_learning,
    "review_ask": ask,
    "return_draft": draft,
    "return_send": send,
    "review_start": start,
    "review_freeze": freeze,
}
