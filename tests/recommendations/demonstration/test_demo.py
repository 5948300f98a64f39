"""The demonstration: labelled, made up, complete, and never in a database that holds real data."""

import datetime as dt
import json

import pytest
from django.core.management import CommandError
from django.db import connection, transaction
from django.utils import timezone

from krscp import clock
from recommendations.demonstration import story as demonstration
from recommendations.domain.flags import Flag
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from recommendations.management.commands import demo
from recommendations.models import Action, Decision, Evidence, Outcome, Part, Update
from recommendations.services.decisions import why_not
from subgroups.models import Partnership, User
from subgroups.permissions import Permission, Role, can, roles_of
from tests.benchmarks import pages, world
from tests.factories import make_person, the_part
from tests.recommendations.conftest import LOADED
from tests.standing import may_change


@pytest.fixture(scope="module")
def story():
    return demonstration.read_story()


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker, story):
    """The story, told once for this module and taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        demonstration.tell(story, clock.today())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demonstrated(told, db):
    """The database as the demonstration leaves it."""


def person(login: str) -> User:
    return User.objects.get(email=f"{login}@demo.example")


def test_every_status_is_shown(demonstrated):
    assert set(Part.objects.values_list("status", flat=True)) == set(Status.values)


def test_every_flag_is_shown(demonstrated):
    assert {flag for part in Part.objects.flagged(clock.today()) for flag in part.flags} == set(Flag)


def test_every_role_has_an_account_named_by_its_post(demonstrated):
    people = User.objects.filter(email__endswith="@demo.example")
    assert {role for found in people for role in roles_of(found)} == set(Role)


def test_the_database_is_labelled(demonstrated):
    assert Partnership.objects.get().is_demonstration


def test_every_statement_says_that_it_is_made_up(demonstrated):
    said = [
        *Update.objects.values_list("what_happened", flat=True),
        *Decision.objects.values_list("wording", flat=True),
        *Evidence.objects.values_list("title", flat=True),
        *Outcome.objects.values_list("text", flat=True),
        *Action.objects.values_list("what", flat=True),
    ]
    assert len(said) > 100
    assert [text for text in said if not text.startswith("Demonstration: ")] == []


def test_evidence_points_nowhere_real(demonstrated):
    assert {link.split("/")[2] for link in Evidence.objects.values_list("link", flat=True)} == {"example.org"}


def test_nothing_is_said_or_decided_in_the_future(demonstrated):
    assert not Update.objects.filter(created_at__gt=timezone.now()).exists()
    assert not Decision.objects.filter(decided_on__gt=clock.today()).exists()


def test_history_is_dated_like_the_events_it_records(demonstrated):
    part = the_part("36")
    signed_off = part.history.get(history_change_reason="Sign off")
    assert signed_off.history_date == part.decisions.get(kind=DecisionKind.SIGN_OFF).created_at


def test_only_those_who_may_update_have_updated(demonstrated):
    updates = Update.objects.select_related("author", "part").prefetch_related("part__ownerships")
    assert [u for u in updates if not can(u.author, Permission.UPDATE, u.part)] == []


def test_nobody_signed_off_their_own_proposal(demonstrated):
    signed_off = Decision.objects.filter(kind=DecisionKind.SIGN_OFF).select_related("proposal")
    assert signed_off
    assert [decision for decision in signed_off if decision.author_id == decision.proposal.author_id] == []


def test_something_the_slg_owns_waits_for_a_member_from_another_agency(demonstrated):
    waiting = the_part("9")
    assert waiting.status == Status.AWAITING_SIGN_OFF
    assert why_not(waiting, DecisionKind.SIGN_OFF, person("slg.chair")) == ""
    assert why_not(waiting, DecisionKind.SIGN_OFF, person("slg.member"))


def test_the_six_without_a_lead_still_show_it(demonstrated):
    unled = Part.objects.exclude(ownerships__kind="lead")
    assert {part.recommendation.number for part in unled} == {"2", "6", "8", "17", "22", "31"}


def test_a_co_chair_can_carry_on_with_25(demonstrated):
    part = the_part("25")
    assert part.status == Status.AT_RISK
    assert part.agreed_date > clock.today()
    assert can(person("vca.cochair1"), Permission.PROPOSE_COMPLETION, part)


def test_dates_wait_for_the_slg_and_one_update_was_taken_back(demonstrated):
    assert Part.objects.exclude(requested_date=None).count() >= 3
    assert Update.objects.exclude(withdrawal=None).count() == 1


def test_every_account_takes_the_printed_password(demonstrated, story):
    demonstration.set_passwords(story, "a long demonstration password")
    for account in story["account"]:
        assert person(account["login"]).check_password("a long demonstration password")


@pytest.mark.parametrize("today", [dt.date(2028, 2, 29), dt.date(2027, 3, 29), dt.date(2026, 10, 26)])
def test_events_follow_each_other_whatever_the_day(story, today):
    moments = [moment for moment, _ in demonstration.in_order(story["event"], today)]
    assert moments == sorted(moments)
    assert moments[-1].date() < today


def test_demo_refuses_a_database_with_a_real_account(demonstrated):
    make_person("lay-member-2", email="somebody@people.example")
    with pytest.raises(CommandError, match="holds real data"):
        demo.refuse_real_data("demo.example")


def test_demo_accepts_its_own_database(demonstrated):
    demo.refuse_real_data("demo.example")


def test_its_pages_are_measured(demonstrated, tmp_path, story):
    with may_change(connection, *(model.history.model for model in LOADED)):  # as a demonstration has it, in the past
        for model in LOADED:
            model.history.filter(history_type="+").update(history_date=demonstration.loaded_at(story, clock.today()))
    pages.main([36], tmp_path / "pages.json", ["home", "frozen", "as at", "an update"], seconds=0)
    rows = json.loads((tmp_path / "pages.json").read_text())
    measures = {"page", "size", "database", "cpu_ms", "floor_cpu_ms", "queries", "bytes", "p50_ms"}
    assert {frozenset(row) for row in rows} == {frozenset(measures)}
    assert {row["size"] for row in rows} == {36}
    assert [row["page"] for row in rows] == [
        "freeze", "home of the Manager", "home of a co-chair", "home of an SLG member", "frozen review",
        "as at a past day", "an update, sent",
    ]  # fmt: skip
    assert all(row["queries"] and row["cpu_ms"] > 0 for row in rows[1:])


def test_nothing_is_measured_where_people_are(demonstrated):
    with pytest.raises(SystemExit, match="This database holds people"):
        world.prepare()
