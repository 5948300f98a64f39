"""What eight do at once: each entry of RACES prepares a turn, and gives its jobs and what to count afterwards."""

import datetime as dt
import itertools
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction

from krscp import clock
from recommendations.annual.keeping import drawn, make_files
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from recommendations.importing import plan
from recommendations.importing.rows import ListedRow, ListedRows, report_of
from recommendations.models import (
    AnnualReport,
    AnnualRun,
    Part,
    Priority,
    Recommendation,
    Reminder,
    Report,
    Review,
    ReviewState,
    Update,
)
from recommendations.reviews.reminders.send import at_once
from recommendations.reviews.reminders.send import send as send_reminders
from recommendations.reviews.returns.read import read_rows
from recommendations.services import annual, reviews
from recommendations.services.actions import add_action
from recommendations.services.completion import Proof, add_evidence
from recommendations.services.decisions import Ruling, decide
from recommendations.services.escalations import escalate
from recommendations.services.priorities import set_main
from recommendations.services.readings import edit_reading
from recommendations.services.returns import Draft, save_answers
from recommendations.services.returns import send as send_return
from recommendations.services.updates import Said, give_update
from subgroups.models import Appointment, Learning, Post, User
from subgroups.once import FormAnswer, act_once
from subgroups.services.people import appoint, end_appointment, invite
from tests.conftest import cast_member
from tests.factories import A_DAY, a_day_to_come, answer_all, learn, review_in, the_part, the_recommendation
from tests.insert_races.race import JOBS, Race

SEAT = "qi-co-chair-1"


def eight(job: Callable[[], Any]) -> list[Callable[[], Any]]:
    return [job] * JOBS


SINCE = dt.date(2020, 1, 1)
FREE = (dt.date(1100, 1, 15) + dt.timedelta(days=40 * place) for place in itertools.count())


def a_day() -> dt.date:
    """A day, and so a month, that no review has."""
    return next(FREE)


def manager() -> User:
    return cast_member("manager")


# People.


def an_invitation(turn: int) -> Race:
    email, post, by = f"new{turn}@people.example", Post.objects.get(slug=SEAT), manager()
    asked = partial(invite, email=email, name="New", post=post, starts=SINCE, by=by)
    people, held = User.objects.filter(email=email), Appointment.objects.filter(person__email=email)
    return Race(eight(asked), lambda: max(people.count(), held.count()))


def invitations_to_eight_posts(turn: int) -> Race:
    email, by = f"busy{turn}@people.example", manager()
    posts = list(Post.objects.order_by("pk")[:JOBS])
    jobs = [partial(invite, email=email, name="Busy", post=post, starts=SINCE, by=by) for post in posts]
    return Race(jobs, lambda: User.objects.filter(email=email).count())


def appointments_from_eight_days(turn: int) -> Race:
    person = User.objects.create_user(email=f"seat{turn}@people.example", name="Seat")
    post = Post.objects.get(slug=SEAT)
    jobs = [partial(appoint, person=person, post=post, starts=SINCE + dt.timedelta(n)) for n in range(JOBS)]

    def overlapping() -> int:
        """One, as long as no day has the person twice in the post."""
        held = list(person.appointments.order_by("starts"))
        gaps = [one.ends is not None and one.ends < two.starts for one, two in itertools.pairwise(held)]
        return 1 if held and all(gaps) else len(held)

    return Race(jobs, overlapping)


def last_days(turn: int) -> Race:
    person = User.objects.create_user(email=f"over{turn}@people.example", name="Over")
    held = appoint(person=person, post=Post.objects.get(slug=SEAT), starts=SINCE)
    jobs = [partial(end_appointment, appointment=held, ends=dt.date(2090, 1, n + 1)) for n in range(JOBS)]
    return Race(jobs, lambda: held.history.filter(history_type="~").count())


def a_form(turn: int) -> Race:
    email, token = f"form{turn}@people.example", uuid.uuid4()

    def act() -> FormAnswer:
        invite(email=email, name="Form", post=Post.objects.get(slug=SEAT), starts=SINCE)
        return FormAnswer("Invited.", "/people/")

    def answered() -> None:
        answer, _ = act_once(token, act)
        assert answer == FormAnswer("Invited.", "/people/")

    return Race(eight(answered), Appointment.objects.filter(person__email=email).count)


# Reviews.


def a_plan(day: dt.date) -> reviews.ReviewPlan:
    return reviews.ReviewPlan("six_monthly", day, day - dt.timedelta(days=20), day)


def a_review(day: dt.date | None = None) -> Review:
    return reviews.set_up(plan=a_plan(day or a_day()), by=manager())


def reviews_on_one_day(turn: int) -> Race:
    day = a_day()
    return Race(
        eight(partial(reviews.set_up, plan=a_plan(day), by=manager())), Review.objects.filter(held_on=day).count
    )


def reviews_moved_to_one_day(turn: int) -> Race:
    to, by = a_day(), manager()
    found = [a_review() for _ in range(JOBS)]
    jobs = [partial(reviews.change, review=one, plan=a_plan(to), version=one.version, by=by) for one in found]
    return Race(jobs, Review.objects.filter(held_on=to).count)


def returns_asked_for(turn: int) -> Race:
    review, by = a_review(), manager()
    expected = len(reviews.who_returns(clock.today()))
    return Race(eight(partial(reviews.ask_for_returns, review=review, by=by)), review.returns.count, expected)


def meetings_started(turn: int) -> Race:
    by = manager()
    Review.objects.sitting().update(state=ReviewState.FROZEN)
    found = [a_review() for _ in range(JOBS)]
    return Race([partial(reviews.start_meeting, review=one, by=by) for one in found], Review.objects.sitting().count)


def learning_added(turn: int) -> Race:
    review, told = a_review(), {"kind": "audit", "title": "Audit", "changes": "Nothing", "priorities": []}
    job = partial(reviews.add_learning, review=review, token=uuid.uuid4(), by=manager(), **told)
    return Race(eight(job), review.meeting.learning.count)


def learning_removed(turn: int) -> Race:
    review, by = a_review(), manager()
    one = learn(review, by)
    removals = Learning.history.filter(id=one.pk, history_type="-")
    return Race(eight(partial(reviews.remove_learning, review=review, pk=one.pk, by=by)), removals.count)


def attendance_recorded(turn: int) -> Race:
    by = manager()
    review = review_in("collecting", by, a_day())
    marks = {Post.objects.get(slug=SEAT): "present"}
    told = {"marks": marks, "disproportionality": "", "version": review.version}
    job = partial(reviews.record_attendance, review=review, by=by, **told)
    return Race(eight(job), review.meeting.attendance.count)


def reminders_sent(turn: int) -> Race:
    by, _ = manager(), cast_member("vca_cochair1")
    day = clock.today() + dt.timedelta(days=turn)
    told = at_once(review_in("collecting", by, a_day()), day)[:1]
    return Race(eight(partial(send_reminders, told, day, by)), Reminder.objects.filter(sent_on=day).count)


def drafts_of_one_row(turn: int) -> Race:
    by, part, _ = manager(), the_part("25"), cast_member("vca_cochair1")
    wanted = review_in("collecting", by, a_day()).returns.get(body__slug="vca")
    jobs = [
        partial(save_answers, wanted=wanted, drafts={part.pk: Draft({"what_happened": str(n)}, 0, part.version)}, by=by)
        for n in range(JOBS)
    ]
    return Race(jobs, wanted.answers.count)


def a_return_sent(turn: int) -> Race:
    by, _ = manager(), cast_member("qi_cochair")
    wanted = review_in("collecting", by, a_day()).returns.get(body__slug="qi")
    answer_all(wanted, by)
    lines = read_rows(wanted, clock.today()).checked().lines
    assert all(line.form.is_valid() for line in lines)
    said = {line.part.pk: line.form.answer_as_said() for line in lines}
    versions = {line.part.pk: line.part.version for line in lines}
    job = partial(send_return, wanted=wanted, said=said, versions=versions, version=wanted.version, by=by)
    return Race(eight(job), Update.objects.filter(review=wanted.review).count, len(lines))


# The annual report.


def annual_choices(turn: int) -> annual.Choices:
    return annual.Choices(f"Annual report {turn}", SINCE, SINCE, ["children"])


def annual_reports_of_equal_choices(turn: int) -> Race:
    by = manager()

    def build() -> None:
        report = annual.build(choices=annual_choices(turn), token=uuid.uuid4(), by=by)
        make_files(annual.keep(report=report, draw=drawn, by=by))

    title = annual_choices(turn).title
    reports, runs = AnnualReport.objects.filter(title=title), AnnualRun.objects.filter(report__title=title)
    return Race(eight(build), lambda: max(reports.count(), runs.count()))


def annual_choices_changed(turn: int) -> Race:
    by = manager()
    to = annual.Choices(f"Annual report {turn}, one", SINCE, SINCE, ["children"])
    found = [
        annual.build(
            choices=annual.Choices(f"Annual report {turn} {n}", SINCE, SINCE, ["children"]),
            token=uuid.uuid4(), by=by,
        )
        for n in range(JOBS)
    ]  # fmt: skip
    jobs = [partial(annual.change, report=one, choices=to, version=one.version, by=by) for one in found]
    return Race(jobs, AnnualReport.objects.filter(title=to.title).count)


# Recommendations.


def said_of(part: Part) -> dict[str, Any]:
    return {"part": part, "version": part.version, "token": uuid.uuid4()}


def an_update(turn: int) -> Race:
    part = the_part("25")
    said = Said(status=Status.ON_TRACK, what_happened=f"Turn {turn}", what_next="Write", next_date=a_day_to_come())
    job = partial(give_update, said=said, by=manager(), **said_of(part))
    return Race(eight(job), part.updates.filter(what_happened=f"Turn {turn}").count)


def a_decision(turn: int) -> Race:
    part = the_part("25")
    ruling = Ruling(DecisionKind.AGREE_DATE, f"Turn {turn}", A_DAY, agreed_date=A_DAY)
    job = partial(decide, ruling=ruling, by=cast_member("slg_member"), **said_of(part))
    return Race(eight(job), part.decisions.filter(wording=f"Turn {turn}").count)


def an_ask(turn: int) -> Race:
    part = the_part("25")
    job = partial(
        escalate, part=part, ask=f"Turn {turn}", by_when=None, otherwise="", token=uuid.uuid4(), by=manager()
    )
    return Race(eight(job), part.escalations.filter(ask=f"Turn {turn}").count)


def main_priorities(turn: int) -> Race:
    found, priorities, by = the_recommendation("25"), list(Priority.objects.all()[:2]), manager()

    def set_one(priority: Any) -> None:
        with transaction.atomic():
            set_main(recommendation=found, priority=priority, by=by)

    jobs = [partial(set_one, priorities[n % len(priorities)]) for n in range(JOBS)]
    return Race(jobs, found.priority_links.filter(is_main=True).count)


def evidence_added(turn: int) -> Race:
    part = the_part("25")
    job = partial(add_evidence, part=part, proof=Proof(f"Turn {turn}", "It"), by=manager(), token=uuid.uuid4())
    return Race(eight(job), part.evidence.filter(title=f"Turn {turn}").count)


def an_action(turn: int) -> Race:
    part = the_part("25")
    job = partial(add_action, part=part, what=f"Turn {turn}", who="Chair", due=None, token=uuid.uuid4(), by=manager())
    return Race(eight(job), part.actions.filter(what=f"Turn {turn}").count)


def our_reading(turn: int) -> Race:
    found, by = the_recommendation("25"), manager()
    jobs = [
        partial(
            edit_reading, recommendation=found, short_title=f"Turn {turn}, {n}", asks_for="do", asks_for_reason="So",
            version=found.version, by=by,
        )
        for n in range(JOBS)
    ]  # fmt: skip
    return Race(jobs, found.history.filter(short_title__startswith=f"Turn {turn}, ").count)


def an_import(turn: int, wordings: dict[str, str], token: uuid.UUID | None) -> Callable[[], Any]:
    rows = [ListedRow(place, number, text, "", None, ()) for place, (number, text) in enumerate(wordings.items(), 2)]
    parsed, by, code = report_of(ListedRows(rows, {}), "List"), manager(), f"list-{turn}"
    entries = [plan.PlannedRecommendation(found) for found in parsed.recommendations]

    def store() -> Any:
        about = plan.about_list(code, "List", "2026")
        return plan.store(parsed=parsed, about=about, entries=entries, token=token or uuid.uuid4(), by=by)

    return store


def one_import(turn: int) -> Race:
    job = an_import(turn, {"1": "One.", "2": "Two."}, uuid.uuid4())
    return Race(eight(job), Recommendation.objects.filter(report__code=f"list-{turn}").count, 2)


def imports_of_one_code(turn: int) -> Race:
    job = an_import(turn + 100_000, {"1": "One."}, None)
    return Race(eight(job), Report.objects.filter(code=f"list-{turn + 100_000}").count)


RACES: dict[str, Callable[[int], Race]] = {
    race.__name__.replace("_", " "): race
    for race in (
        an_invitation, invitations_to_eight_posts, appointments_from_eight_days, last_days, a_form,
        reviews_on_one_day, reviews_moved_to_one_day, returns_asked_for, meetings_started, learning_added,
        learning_removed, attendance_recorded, reminders_sent, drafts_of_one_row, a_return_sent,
        annual_reports_of_equal_choices, annual_choices_changed, an_update, a_decision, an_ask, main_priorities,
        evidence_added, an_action, our_reading, one_import, imports_of_one_code,
    )
}  # fmt: skip
