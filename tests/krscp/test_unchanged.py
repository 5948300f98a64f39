"""What is worked out stands until something is written, and not a moment longer."""

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Max

from krscp.triggers import standing
from krscp.unchanged import state, until_written
from recommendations.domain.workflow import Status
from subgroups.models import ExportRecord
from tests.conftest import cast_member
from tests.factories import say, the_part

# What may change without a row of history: nothing that a page works out for long.
NOT_RECORDED = {"subgroups.SentForm", "recommendations.Recommendation_paragraphs"}
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("loaded")]


@pytest.fixture
def asked():
    """`asked()` asks for something and says how often it was worked out so far."""
    worked_out = []

    def ask() -> int:
        until_written("a number", lambda: worked_out.append(1) or len(worked_out))
        return len(worked_out)

    return ask


def taken_out(**said):
    return ExportRecord(what="The list", file_format="csv", rows=1, author=cast_member("manager"), **said)


def test_what_was_worked_out_is_asked_once_while_nothing_is_written(asked):
    assert [asked(), asked(), asked()] == [1, 1, 1]


def test_what_depends_on_something_else_is_worked_out_for_itself():
    assert [until_written(name, lambda name=name: name) for name in ("one", "two", "one")] == ["one", "two", "one"]


def test_any_update_makes_it_worked_out_anew(asked):
    chair = cast_member("vca_cochair1")
    assert asked() == 1
    say(the_part("25"), chair, Status.ON_TRACK)
    assert [asked(), asked()] == [2, 2]


def test_in_a_transaction_it_is_always_worked_out(asked):
    assert asked() == 1
    with transaction.atomic():
        assert [asked(), asked()] == [2, 3]
    assert asked() == 3


def test_what_a_transaction_wrote_that_failed_is_not_remembered(asked):
    assert asked() == 1
    with transaction.atomic():
        taken_out().save()
        transaction.set_rollback(True)
    taken_out().save()
    assert asked() == 2


def test_whoever_began_to_write_first_and_ends_last_is_not_missed():
    if connection.vendor != "postgresql":
        pytest.skip("On SQLite writers wait for one another.")
    taken_out().save()
    slow = connection.copy()
    try:
        slow.set_autocommit(False)
        names = "what, file_format, filtered_by, rows, author_id, author_name, author_post, created_at"
        row = f"SELECT {names} FROM subgroups_exportrecord LIMIT 1"
        with slow.cursor() as cursor:
            cursor.execute(f"INSERT INTO subgroups_exportrecord ({names}) {row}")
        taken_out().save()
        before = state()
        slow.commit()
    finally:
        slow.close()
    assert state() != before


def test_everything_of_ours_is_recorded_as_it_changes():
    ours = [one for name in ("recommendations", "subgroups") for one in apps.get_app_config(name).get_models(True)]
    recorded = {*standing(), *(one for one in ours if hasattr(one, "history"))}
    assert {one._meta.label for one in ours if one not in recorded} == NOT_RECORDED


def test_the_state_knows_everything_that_is_recorded():
    last = [one._default_manager.aggregate(last=Max("pk"))["last"] for one in standing()]
    assert list(state()[: len(last)]) == last


@pytest.mark.parametrize(("who", "place"), [("slg_member", "/"), ("lay_member", "/reviews/")])
def test_a_page_shows_what_was_said_since_it_was_last_opened(sign_in, who, place):
    reader, chair = sign_in(cast_member(who)), cast_member("vca_cochair1")
    assert "Waiting for an analyst" not in reader.get(place).content.decode()
    for why in ("Waiting for an analyst", "The analyst has left"):
        say(the_part("25"), chair, Status.OFF_TRACK, why_slipped=why)
        assert why in reader.get(place).content.decode()
