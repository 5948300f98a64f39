"""Builders for tests: people in posts, and parts moved along by the same services that the product uses."""

import datetime as dt
import json
import uuid

from django.conf import settings

from krscp import clock
from recommendations.annual.keeping import drawn, make_files
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import OPEN, Difference, PartStatus, Status, worst
from recommendations.importing.apply import apply_report
from recommendations.importing.reading import read_report
from recommendations.models import (
    AnnualReport,
    Decision,
    Part,
    Recommendation,
    Return,
    Review,
    Snapshot,
    Update,
)
from recommendations.reviews.frozen.freezing import frozen, make_papers
from recommendations.reviews.returns.read import read_rows
from recommendations.services import annual, completion, decisions, returns, reviews, updates
from recommendations.services.loading import load_reading
from subgroups.models import Learning, Meeting, Post, User
from subgroups.services.people import appoint

LONG_AGO = dt.date(2020, 1, 1)
A_DAY = dt.date(2026, 3, 31)
PASSWORD = "a long demonstration password"


def make_person(*posts: str, email: str = "", name: str = "") -> User:
    """A person who has held these posts (slugs) since long ago, and can sign in with PASSWORD."""
    email = email or f"{posts[0] if posts else 'nobody'}@people.example"
    person = User.objects.create_user(email=email, name=name or email.split("@")[0], password=PASSWORD)
    for slug in posts:
        appoint(person=person, post=Post.objects.get(slug=slug), starts=LONG_AGO)
    return person


def the_recommendation(number: str) -> Recommendation:
    return Recommendation.objects.get(report__code="isr-2021", number=number)


def made_of_parts(whole: Recommendation) -> tuple[str, dt.date | None]:
    """The worst status and the earliest open date, as `sum_up` should have stored them."""
    parts = list(whole.parts.values("status", "is_option", "agreed_date"))
    dates = [part["agreed_date"] for part in parts if part["agreed_date"] and part["status"] in OPEN]
    return worst(PartStatus(part["status"], part["is_option"]) for part in parts), min(dates, default=None)


def the_part(number: str, slug: str = "whole") -> Part:
    """A part of the real report, read afresh."""
    return Part.objects.at(code="isr-2021", number=number, part=slug)


def make_review(held_on: dt.date = A_DAY, **given: object) -> Review:
    """A review on a day, as set up; `given` is what the test is about."""
    times = {"period_from": held_on - dt.timedelta(days=182), "returns_due": held_on - dt.timedelta(days=14)}
    return Review.objects.create(
        slug=f"{held_on:%Y-%m}", held_on=held_on, meeting=Meeting.objects.create(), **(times | given)
    )


def review_in(stage: str, manager: User, held_on: dt.date = A_DAY, **given: object) -> Review:
    """A review brought to a stage ("scheduled", "collecting", "meeting", "frozen") by the Manager."""
    review = make_review(held_on, **given)
    if stage != "scheduled":
        reviews.ask_for_returns(review=review, by=manager)
    if stage in ("meeting", "frozen"):
        reviews.start_meeting(review=review, by=manager)
    if stage == "frozen":
        freeze(review, manager)
    return Review.objects.get(pk=review.pk)


def freeze(review: Review, manager: User) -> Snapshot:
    """The record of the review; its papers stand too."""
    kept = reviews.freeze(review=review, draw=lambda current: frozen(current, manager, clock.now()), by=manager)
    make_papers(kept.review)
    return kept


def learn(review: Review, manager: User, **told: object) -> Learning:
    told = {"kind": "audit", "title": "Audit of plans", "changes": "Plans name a lead", "priorities": []} | told
    return reviews.add_learning(review=review, token=uuid.uuid4(), by=manager, **told)


def annual_report_in(stage: str, manager: User) -> AnnualReport:
    """An annual report: a "draft" of today's, or of a day that is "over", or "kept" besides."""
    last = clock.today() - dt.timedelta(days=0 if stage == "draft" else 1)
    choices = annual.Choices("Annual report", last, last, ["children"])
    report = annual.build(choices=choices, token=uuid.uuid4(), by=manager)
    if stage == "kept":
        make_files(annual.keep(report=report, draw=drawn, by=manager))
    return AnnualReport.objects.at(report.pk)


def answer_all(wanted: Return, by: User, *, send: bool = False) -> Return:
    """Every row of a return answered “No change”, and the return sent if asked."""
    day = clock.today()
    parts = read_rows(wanted, day).parts
    drafts = {part.pk: returns.Draft({"status": "no_change", "what_happened": "As before"}, 0, part.version)
              for part in parts}  # fmt: skip
    returns.save_answers(wanted=wanted, drafts=drafts, by=by)
    if not send:
        return wanted
    lines = read_rows(wanted, day).checked().lines
    assert all(line.form.is_valid() for line in lines)
    return returns.send(
        wanted=wanted,
        said={line.part.pk: line.form.answer_as_said() for line in lines},
        versions={line.part.pk: line.part.version for line in lines},
        version=wanted.version,
        by=by,
    )


def a_day_to_come(after: dt.date | None = None) -> dt.date:
    """A_DAY where that lies ahead, as in tests with a day of their own; else a day from the clock's, or `after` it."""
    latest = max(clock.today(), after or clock.today())
    return A_DAY if latest < A_DAY else latest + dt.timedelta(days=30)


def say(part: Part, by: User, status: str = Status.ON_TRACK, **said: object) -> Update:
    """An update with everything that any status needs; override what the test is about."""
    part = Part.objects.get(pk=part.pk)
    texts = {
        "what_happened": "The group met",
        "what_next": "Write it up",
        "next_date": a_day_to_come(),
        "why_slipped": "Waiting for an analyst",
        "brings_back": "Borrow one",
        "requested_date": None if status == Status.ON_TRACK else a_day_to_come(part.agreed_date),
        "ask_of_slg": "Nothing yet",
    }
    return updates.give_update(
        part=part,
        said=updates.Said(status=status, **(texts | said)),
        version=part.version,
        token=uuid.uuid4(),
        by=by,
    )


def propose(part: Part, by: User, difference: str = Difference.NO_DIRECT_EFFECT) -> Update:
    """A complete proposal of completion."""
    part = Part.objects.get(pk=part.pk)
    look_again = A_DAY if difference == Difference.TOO_EARLY else None
    return completion.propose_completion(
        part=part,
        done="It was done",
        proof=completion.Proof(title="Minutes", shows="That it was agreed", link="https://example.org/minutes"),
        for_children=completion.ForChildren(difference, "Children benefit indirectly", look_again),
        version=part.version,
        token=uuid.uuid4(),
        by=by,
    )


def decide(part: Part, by: User, kind: DecisionKind, **sets: object) -> Decision:
    """A decision with wording and day; `sets` is what it agrees."""
    part = Part.objects.get(pk=part.pk)
    ruling = decisions.Ruling(kind=kind, decided_on=LONG_AGO, **({"wording": "The SLG agreed"} | sets))
    return decisions.decide(part=part, ruling=ruling, version=part.version, token=uuid.uuid4(), by=by)


def second_report(code: str = "isr-2022") -> None:
    """The same 36 once more, as another report: twice the recommendations."""
    reading = json.loads((settings.FIXTURES / "isr-2021.reading.json").read_text(encoding="utf-8"))
    organisation = json.loads((settings.FIXTURES / "organisation.json").read_text(encoding="utf-8"))
    parsed = read_report(settings.FIXTURES / "isr-2021.md")
    report = apply_report(parsed, code=code, title="A second report", published="2022", by=None)
    load_reading(report, reading, organisation["steps"])
