"""No lost edit and no doubled submit: of simultaneous saves of one version exactly one wins."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.core import mail

from krscp import clock
from krscp.sealed_records import Record
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Difference, PartStatus, Status, WorkflowError, worst
from recommendations.importing import plan
from recommendations.importing.rows import ListedRow, ListedRows, report_of
from recommendations.models import (
    Decision,
    Escalation,
    Part,
    Recommendation,
    Reminder,
    Report,
    Update,
)
from recommendations.reviews.reminders.send import at_once, send
from recommendations.services import actions, annual, completion, decisions, readings, reviews, updates
from recommendations.services.claims import EditClash
from recommendations.services.escalations import AskedMeanwhile, escalate
from subgroups.models import Learning
from tests.factories import A_DAY, a_day_to_come, annual_report_in, decide, learn, make_review, review_in, the_part

WRITERS = 8
ROUNDS = 10
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("loaded")]


def an_update(part: Part, by, words: str, token: uuid.UUID | None = None) -> Callable[[], Update]:
    said = updates.Said(status=Status.ON_TRACK, what_happened=words, what_next="Write it up", next_date=a_day_to_come())
    return lambda: updates.give_update(
        part=part, said=said, version=part.version, token=token or uuid.uuid4(), by=by
    )


def a_proposal(part: Part, by) -> Callable[[], Update]:
    return lambda: completion.propose_completion(
        part=part,
        done="It was done",
        proof=completion.Proof("Minutes", "That it was agreed"),
        for_children=completion.ForChildren(Difference.NO_DIRECT_EFFECT, "Indirectly"),
        version=part.version,
        token=uuid.uuid4(),
        by=by,
    )


def a_decision(part: Part, by, token: uuid.UUID | None = None) -> Callable[[], Decision]:
    ruling = decisions.Ruling(DecisionKind.AGREE_DATE, "Agreed", A_DAY, agreed_date=A_DAY)
    return lambda: decisions.decide(part=part, ruling=ruling, version=part.version, token=token or uuid.uuid4(), by=by)


def the_one(results: list[Any]) -> Any:
    """The only winner; everybody else was told of the clash."""
    winners = [result for result in results if not isinstance(result, Exception)]
    assert len(winners) == 1, results
    assert [type(result) for result in results if result is not winners[0]] == [EditClash] * (len(results) - 1)
    return winners[0]


def test_of_simultaneous_saves_of_one_version_exactly_one_wins(manager, together):
    for turn in range(ROUNDS):
        [part] = together(lambda: the_part("25"))
        winner = the_one(together(*(an_update(part, manager, f"Writer {n}") for n in range(WRITERS))))
        [after] = together(lambda: the_part("25"))
        [kept] = together(lambda: list(Update.objects.values_list("what_happened", flat=True)))
        assert (after.version, len(kept)) == (part.version + 1, turn + 1)
        assert winner.what_happened == kept[0]


def test_the_losers_are_shown_what_won(manager, together):
    part = the_part("25")
    results = together(*(an_update(part, manager, f"Writer {n}") for n in range(WRITERS)))
    winner = the_one(results)
    assert {clash.latest for clash in results if isinstance(clash, EditClash)} == {winner}


def test_one_form_sent_eight_times_at_once_makes_one_update(manager, together):
    part, token = the_part("25"), uuid.uuid4()
    results = together(*(an_update(part, manager, "The same words", token) for _ in range(WRITERS)))
    assert len({update.pk for update in results}) == 1
    assert together(Update.objects.count) == [1]


def test_one_decision_sent_eight_times_at_once_is_recorded_once(slg_member, together):
    part, token = the_part("25"), uuid.uuid4()
    results = together(*(a_decision(part, slg_member, token) for _ in range(WRITERS)))
    assert len({decision.pk for decision in results}) == 1
    assert together(Decision.objects.count) == [1]


def test_an_update_a_proposal_and_a_decision_at_once_leave_one_winner(manager, slg_member, together):
    part = the_part("25")
    the_one(together(an_update(part, manager, "On"), a_proposal(part, manager), a_decision(part, slg_member)))


def test_two_parts_are_saved_at_once_without_a_clash(manager, together):
    parts = [the_part("18", slug) for slug in ("llr", "qi", "vca", "ld")]
    results = together(*(an_update(part, manager, part.slug) for part in parts))
    assert [update.part for update in results] == parts


def test_an_action_finished_by_several_at_once_is_finished_once(manager, together):
    add = {"what": "Ask", "who": "Chair", "due": None, "token": uuid.uuid4(), "by": manager}
    [action] = together(lambda: actions.add_action(part=the_part("25"), **add))
    together(*(lambda: actions.finish_action(action=action, on=A_DAY, by=manager) for _ in range(WRITERS)))
    assert together(lambda: action.history.filter(history_type="~").count()) == [1]


def test_two_parts_that_slip_at_once_both_count(manager, together):
    for _ in range(3):
        [parts] = together(lambda: [the_part("18", slug) for slug in ("llr", "qi", "vca", "ld")])
        together(*(slip(part, manager) for part in parts))
        [after] = together(lambda: list(the_part("18", "qi").recommendation.parts.select_related("recommendation")))
        assert after[0].recommendation.status == worst(PartStatus(part.status) for part in after)
        assert after[0].recommendation.status != Status.NOT_STARTED


def slip(part: Part, by) -> Callable[[], Update]:
    """Off track for the Q&I part, at risk for the others."""
    status = Status.OFF_TRACK if part.slug == "qi" else Status.AT_RISK
    if part.status == status:
        status = Status.ON_TRACK
    said = updates.Said(
        status, what_happened="x", what_next="y", next_date=a_day_to_come(), why_slipped="z", brings_back="a",
        requested_date=a_day_to_come(), ask_of_slg="Nothing yet",
    )  # fmt: skip
    return lambda: updates.give_update(part=part, said=said, version=part.version, token=uuid.uuid4(), by=by)


def test_an_action_sent_eight_times_at_once_is_added_once(manager, together):
    part, token = the_part("25"), uuid.uuid4()
    sent = [
        lambda: actions.add_action(part=part, what="Write", who="Co-chair", due=None, token=token, by=manager)
    ] * WRITERS
    results = together(*sent)
    assert {action.pk for action in results} == {results[0].pk}


def test_our_reading_edited_while_an_update_is_saved_stays(manager, together):
    part = the_part("25")
    recommendation = part.recommendation

    def edit():
        return readings.edit_reading(
            recommendation=recommendation, short_title="Community audit", asks_for="do", asks_for_reason="It does",
            version=recommendation.version, by=manager,
        )  # fmt: skip

    together(edit, an_update(part, manager, "Said at the same time"))
    [after] = together(lambda: the_part("25").recommendation)
    assert (after.short_title, after.status) == ("Community audit", Status.ON_TRACK)


def an_import(token: uuid.UUID, by, wordings: dict[str, str]) -> Callable[[], Report]:
    rows = [ListedRow(place, number, text, "", None, ()) for place, (number, text) in enumerate(wordings.items(), 2)]
    parsed = report_of(ListedRows(rows, {}), "List")
    entries = [plan.PlannedRecommendation(found) for found in parsed.recommendations]

    def store() -> Report:
        about = plan.about_list("list-2026", "List", "2026")
        return plan.store(parsed=parsed, about=about, entries=entries, token=token, by=by)

    return store


def test_one_import_sent_eight_times_at_once_is_stored_once(manager, together):
    token = uuid.uuid4()
    results = together(*(an_import(token, manager, {"1": "One.", "2": "Two."}) for _ in range(WRITERS)))
    assert len({report.pk for report in results}) == 1
    assert together(Recommendation.objects.filter(report__code="list-2026").count) == [2]


def test_rows_that_eight_people_add_at_once_stand_once(manager, together):
    together(an_import(uuid.uuid4(), manager, {"1": "One."}))
    together(*(an_import(uuid.uuid4(), manager, {"1": "One.", "2": "Two."}) for _ in range(WRITERS)))
    assert together(Recommendation.objects.filter(report__code="list-2026").count) == [2]


def test_a_person_whom_eight_runs_remind_at_once_gets_one_mail(manager, vca_cochair1, together):
    [told] = together(lambda: at_once(review_in("collecting", manager), clock.today()))
    together(*(lambda: send(told, clock.today(), manager) for _ in range(WRITERS)))
    addresses = [address for one in mail.outbox for address in one.to]
    assert sorted(addresses) == sorted({notice.person.email for notice, _ in told})
    assert together(Reminder.objects.count) == [len(told)]


def an_ask(part: Part, by, words: str) -> Callable[[], Escalation]:
    return lambda: escalate(part=part, ask=words, by_when=None, otherwise="", token=uuid.uuid4(), by=by, seen=0)


def an_answer(part: Part, by) -> Callable[[], Decision]:
    return lambda: decide(part, by, DecisionKind.ANSWER)


def test_of_two_who_ask_at_once_one_is_told_of_the_others_ask(manager, slg_member, together):
    for turn in range(1, 4):
        [part] = together(lambda: the_part("25"))
        results = together(*(an_ask(part, manager, f"Ask {turn}.{n}") for n in range(WRITERS)))
        [kept] = [result for result in results if not isinstance(result, Exception)]
        told = [result for result in results if result is not kept]
        assert {type(one) for one in told} == {AskedMeanwhile}, results
        assert {one.ask for one in told} == {kept}
        assert together(lambda: list(Escalation.objects.open())) == [[kept]]
        together(an_answer(part, slg_member))


def test_of_two_reviews_started_at_once_one_sits_and_the_other_is_told(manager, together):
    days = [A_DAY, A_DAY.replace(month=9, day=30)]
    [found] = together(lambda: [make_review(day) for day in days])
    results = together(*(partial(reviews.start_meeting, review=review, by=manager) for review in found))
    assert sorted(type(result).__name__ for result in results) == ["Review", "WorkflowError"], results
    [refused] = [result for result in results if isinstance(result, WorkflowError)]
    assert "is in its meeting. Freeze it first." in str(refused)


def test_of_reviews_set_up_or_moved_to_one_day_at_once_one_takes_it(manager, together):
    [found] = together(lambda: make_review(A_DAY.replace(month=9, day=30)))
    plan = reviews.ReviewPlan("six_monthly", A_DAY, A_DAY.replace(year=2025), A_DAY)
    results = together(
        *(partial(reviews.set_up, plan=plan, by=manager) for _ in range(WRITERS - 1)),
        partial(reviews.change, review=found, plan=plan, version=found.version, by=manager),
    )
    refused = [result for result in results if isinstance(result, WorkflowError)]
    assert len(refused) == WRITERS - 1, results
    assert {str(one) for one in refused} <= {reviews.SAME_DAY, reviews.SAME_MONTH}


def test_an_annual_report_run_by_several_at_once_is_kept_once(manager, together):
    kept = Record(1, "{}", "", "")
    [report] = together(lambda: annual_report_in("over", manager))
    results = together(*(partial(annual.keep, report=report, draw=lambda _: kept, by=manager) for _ in range(WRITERS)))
    assert len({run.pk for run in results}) == 1


def test_learning_taken_off_by_several_at_once_is_taken_off_once(manager, together):
    [review] = together(make_review)
    [learning] = together(lambda: learn(review, manager))
    remove = partial(reviews.remove_learning, review=review, pk=learning.pk, by=manager)
    together(*[remove] * WRITERS)
    assert together(Learning.history.filter(history_type="-").count) == [1]
