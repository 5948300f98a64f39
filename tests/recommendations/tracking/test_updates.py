"""Giving and undoing updates, by the service that every screen uses."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from krscp import clock
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import PartStatus, Status, WorkflowError, worst
from recommendations.models import Recommendation, Update
from recommendations.services.claims import EditClash
from recommendations.services.escalations import escalate
from recommendations.services.updates import Said, give_update, withdraw
from tests.factories import a_day_to_come, decide, propose, review_in, say, the_part, the_recommendation

pytestmark = pytest.mark.django_db


def ask(part, by):
    escalate(part=part, ask="Decide", by_when=None, otherwise="", token=uuid.uuid4(), by=by)


def give(part, by, status=Status.ON_TRACK, **more):
    said = {"what_happened": "It began", "what_next": "Go on", "next_date": a_day_to_come()} | more
    version, token = said.pop("version", part.version), said.pop("token", uuid.uuid4())
    return give_update(part=part, said=Said(status=status, **said), version=version, token=token, by=by)


def test_an_update_moves_the_part_and_its_recommendation(vca_cochair1):
    update = give(the_part("25"), vca_cochair1)
    assert the_part("25").status == Status.ON_TRACK
    assert the_recommendation("25").status == Status.ON_TRACK
    assert (update.author, update.author_post) == (vca_cochair1, vca_cochair1.post_titles)


def test_an_update_leaves_history_with_the_actors_name_and_post(vca_cochair1):
    give(the_part("25"), vca_cochair1)
    row = the_part("25").history.first()
    assert (row.actor_name, row.actor_post) == (vca_cochair1.name, vca_cochair1.post_titles)
    assert row.status == Status.ON_TRACK


def test_the_managers_update_is_shown_as_on_behalf_of_the_owner(manager):
    update = give(the_part("25"), manager)
    assert update.for_owner
    assert update.on_behalf_of.slug == "vca"


def test_the_managers_update_where_no_owner_is_confirmed_names_none(manager):
    update = give(the_part("2"), manager)
    assert update.for_owner
    assert update.on_behalf_of is None


@pytest.mark.parametrize("missing", ["why_slipped", "brings_back", "requested_date"])
def test_a_worse_status_needs_its_reason_and_a_new_date(vca_cochair1, missing):
    why = {"why_slipped": "No analyst", "brings_back": "Borrow one", "requested_date": a_day_to_come()}
    why[missing] = None
    with pytest.raises(WorkflowError):
        give(the_part("25"), vca_cochair1, Status.AT_RISK, **why)
    assert the_part("25").status == Status.NOT_STARTED


def test_off_track_needs_an_ask_of_the_slg_or_nothing_yet(vca_cochair1):
    why = {"why_slipped": "No analyst", "brings_back": "Borrow one", "requested_date": a_day_to_come()}
    with pytest.raises(WorkflowError):
        give(the_part("25"), vca_cochair1, Status.OFF_TRACK, **why)
    assert give(the_part("25"), vca_cochair1, Status.OFF_TRACK, ask_of_slg="Nothing yet", **why)


@pytest.mark.parametrize("back", [0, 1, 400])
def test_a_date_that_is_not_to_come_is_asked_for_by_no_service(vca_cochair1, back):
    day = clock.today() - dt.timedelta(days=back)
    with pytest.raises(WorkflowError, match="New target date must be after"):
        say(the_part("25"), vca_cochair1, Status.AT_RISK, requested_date=day)
    assert the_part("25").requested_date is None


def test_a_date_before_the_agreed_one_is_not_asked_for(vca_cochair1, slg_member):
    agreed = clock.today() + dt.timedelta(days=60)
    decide(the_part("25"), slg_member, DecisionKind.AGREE_DATE, agreed_date=agreed)
    with pytest.raises(WorkflowError, match="New target date must be after"):
        say(the_part("25"), vca_cochair1, Status.AT_RISK, requested_date=agreed)


def test_the_next_step_does_not_lie_in_the_past(vca_cochair1):
    with pytest.raises(WorkflowError, match="must be today or in the future"):
        say(the_part("25"), vca_cochair1, next_date=clock.today() - dt.timedelta(days=1))


@pytest.mark.parametrize("verb", [say, propose, ask])
def test_a_service_takes_the_word_of_nobody_to_whom_the_part_does_not_belong(verb, lay_member, llr_cochair):
    for person in (lay_member, llr_cochair):
        with pytest.raises(PermissionDenied):
            verb(the_part("25"), person)
    assert the_part("25").status == Status.NOT_STARTED


def test_a_requested_date_is_not_agreed(vca_cochair1):
    say(the_part("25"), vca_cochair1, Status.AT_RISK)
    part = the_part("25")
    assert part.requested_date == a_day_to_come()
    assert part.requested_by == vca_cochair1
    assert part.agreed_date is None


def test_a_later_date_needs_its_reason_though_the_status_stays(vca_cochair1):
    give(the_part("25"), vca_cochair1)
    with pytest.raises(WorkflowError):
        give(the_part("25"), vca_cochair1, requested_date=a_day_to_come())


def test_a_next_step_needs_its_date(vca_cochair1):
    with pytest.raises(WorkflowError):
        give(the_part("25"), vca_cochair1, next_date=None)


def test_an_owner_cannot_complete_by_an_update(vca_cochair1):
    with pytest.raises(WorkflowError):
        give(the_part("25"), vca_cochair1, Status.COMPLETE)


def test_a_stale_version_is_refused_and_shows_what_stands(vca_cochair1, vca_cochair2):
    stale = the_part("25")
    first = give(the_part("25"), vca_cochair1)
    with pytest.raises(EditClash) as clash:
        give(stale, vca_cochair2)
    assert clash.value.latest == first
    assert Update.objects.count() == 1


def test_the_same_form_sent_twice_makes_one_update(vca_cochair1):
    token = uuid.uuid4()
    first = give(the_part("25"), vca_cochair1, token=token)
    again = give(the_part("25"), vca_cochair1, token=token, version=1)
    assert first == again
    assert Update.objects.count() == 1


def test_the_author_may_undo_and_the_update_stays_as_withdrawn(vca_cochair1):
    update = give(the_part("25"), vca_cochair1)
    withdraw(update=update, by=vca_cochair1)
    part = the_part("25")
    assert (part.status, part.last_said_at) == (Status.NOT_STARTED, None)
    assert the_recommendation("25").status == Status.NOT_STARTED
    assert Update.objects.get(pk=update.pk).is_withdrawn


def test_undoing_a_requested_date_brings_back_the_one_before(vca_cochair1):
    say(the_part("25"), vca_cochair1, Status.AT_RISK)
    later = a_day_to_come() + dt.timedelta(days=90)
    second = say(the_part("25"), vca_cochair1, Status.OFF_TRACK, requested_date=later)
    withdraw(update=second, by=vca_cochair1)
    assert the_part("25").requested_date == a_day_to_come()


def test_what_a_frozen_review_shows_is_not_undone(sign_in, manager, vca_cochair1):
    update = give(the_part("25"), vca_cochair1)
    place = f"/updates/{update.pk}/undo/"
    assert place in sign_in(vca_cochair1).get("/isr-2021/25/").content.decode()
    review_in("frozen", manager)
    assert place not in sign_in(vca_cochair1).get("/isr-2021/25/").content.decode()
    with pytest.raises(PermissionDenied, match="frozen review relies on this one"):
        withdraw(update=update, by=vca_cochair1)
    assert the_part("25").status == Status.ON_TRACK


def test_undoing_a_proposal_takes_the_proposer_off(vca_cochair1):
    update = propose(the_part("25"), vca_cochair1)
    withdraw(update=update, by=vca_cochair1)
    assert the_part("25").proposer is None


def test_the_other_co_chair_cannot_undo_it(vca_cochair1, vca_cochair2):
    update = give(the_part("25"), vca_cochair1)
    with pytest.raises(PermissionDenied):
        withdraw(update=update, by=vca_cochair2)
    assert the_part("25").status == Status.ON_TRACK


def test_an_update_cannot_be_undone_after_24_hours(vca_cochair1):
    with time_machine.travel(dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC), tick=False):
        update = give(the_part("25"), vca_cochair1)
    with (
        time_machine.travel(dt.datetime(2026, 3, 2, 9, 0, 1, tzinfo=dt.UTC), tick=False),
        pytest.raises(PermissionDenied),
    ):
        withdraw(update=update, by=vca_cochair1)


def test_an_update_that_a_later_one_relies_on_cannot_be_undone(vca_cochair1, vca_cochair2):
    first = give(the_part("25"), vca_cochair1)
    say(the_part("25"), vca_cochair2, Status.AT_RISK)
    with pytest.raises(PermissionDenied):
        withdraw(update=first, by=vca_cochair1)


def test_two_undone_updates_lead_back_to_the_start(vca_cochair1):
    first = give(the_part("25"), vca_cochair1)
    second = say(the_part("25"), vca_cochair1, Status.AT_RISK)
    withdraw(update=second, by=vca_cochair1)
    withdraw(update=first, by=vca_cochair1)
    assert the_part("25").status == Status.NOT_STARTED


def test_the_stored_status_equals_a_recomputation(vca_cochair1, manager):
    give(the_part("25"), vca_cochair1)
    say(the_part("12", "b"), manager, Status.OFF_TRACK)
    say(the_part("28", "c"), manager)
    for recommendation in Recommendation.objects.prefetch_related("parts"):
        parts = [PartStatus(part.status, part.is_option) for part in recommendation.parts.all()]
        assert recommendation.status == worst(parts), recommendation.number


@pytest.mark.parametrize(
    ("number", "slugs"),
    [
        ("25", ["whole"]),
        ("12", ["opening", "a", "b", "c"]),
        ("11", ["opening", "1", "2", "3", "4"]),
        ("20", ["a", "b", "c", "d"]),
        ("28", ["opening", "a", "b", "c", "d", "e"]),
        ("3", ["llr", "qi", "vca", "ld"]),
        ("18", ["llr", "qi", "vca", "ld"]),
    ],
)
def test_parts_are_those_of_the_design(number, slugs):
    assert [part.slug for part in the_recommendation(number).parts.all()] == slugs
