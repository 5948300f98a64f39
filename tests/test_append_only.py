"""What was said, decided and recorded stands: the model refuses to change it, and the database refuses too."""

import uuid
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import QuerySet

from krscp import triggers
from krscp.append_only import AppendOnly, AppendOnlyError
from recommendations.domain.kinds import DecisionKind
from recommendations.models import (
    AnnualFile,
    AnnualReport,
    AnnualRun,
    Confirmation,
    Decision,
    Escalation,
    Evidence,
    Outcome,
    Paper,
    PaperKind,
    Reminder,
    Review,
    Snapshot,
    Update,
    Withdrawal,
)
from recommendations.services.updates import withdraw
from subgroups.models import ExportRecord, Partnership, SentForm, User
from subgroups.services.exporting import log_export
from subgroups.services.records import signature
from tests.factories import A_DAY, decide, make_review, propose, say, the_part

STANDING = [
    Update, Withdrawal, Evidence, Outcome, Decision, ExportRecord,
    Escalation, Confirmation, Snapshot, Paper, Reminder, AnnualRun, AnnualFile,
]  # fmt: skip
FORGOTTEN = [SentForm]  # after two days: the answer to a form, so that it is not acted on twice
pytestmark = pytest.mark.django_db


@pytest.fixture
def record(vca_cochair1, manager, slg_member) -> None:
    """At least one row of each model that stands."""
    withdraw(update=say(the_part("25"), vca_cochair1), by=vca_cochair1)
    propose(the_part("25"), vca_cochair1)
    decide(the_part("25"), slg_member, DecisionKind.SIGN_OFF)
    log_export(what="Recommendations", file_format="csv", filtered_by="", rows=1, by=manager)
    leave_behind(make_review(), vca_cochair1)


def leave_behind(review: Review, person: User) -> None:
    """What a review and what was asked of the SLG leave in the record."""
    signed, part = signature(person), the_part("25")
    Escalation.objects.create(part=part, ask="Find an analyst", token=uuid.uuid4(), **signed)
    Confirmation.objects.create(proposal=part.updates.first(), agrees=True, **signed)
    Snapshot.objects.create(review=review, schema=1, content="{}", sha256="0" * 64, **signed)
    Paper.objects.create(review=review, kind=PaperKind.PACK, content=b"", sha256="0" * 64, **signed)
    Reminder.objects.create(review=review, person=person, sent_on=A_DAY, days_before=28, items=1, **signed)
    told = {"title": "Annual report", "period_from": A_DAY, "period_to": A_DAY, "sections": []}
    annual = AnnualReport.objects.create(token=uuid.uuid4(), **told)
    run = AnnualRun.objects.create(report=annual, schema=1, content="{}", sha256="0" * 64, **signed)
    AnnualFile.objects.create(run=run, file_format="docx", content=b"", sha256="0" * 64, **signed)


def histories() -> Iterator[type[models.Model]]:
    """The history of every model of ours."""
    for model in apps.get_models():
        if model._meta.app_label in ("subgroups", "recommendations") and hasattr(model, "history"):
            yield model.history.model


def the_standing() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if issubclass(model, AppendOnly)]


def test_the_list_of_what_stands_is_complete():
    assert set(the_standing()) == set(STANDING)


def test_every_other_model_of_ours_keeps_a_history():
    ours = [model for model in apps.get_models() if model.__module__.startswith(("subgroups.", "recommendations."))]
    without = [model for model in ours if not hasattr(model, "history") and not hasattr(model, "history_id")]
    assert set(without) == {*STANDING, *FORGOTTEN}


@pytest.mark.parametrize("model", STANDING)
def test_a_standing_row_refuses_a_second_save_and_deletion(record, model):
    row = model.objects.first()
    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(AppendOnlyError):
        model.objects.get(pk=row.pk).save(update_fields=["author_name"])
    with pytest.raises(AppendOnlyError):
        row.delete()


@pytest.mark.parametrize("model", STANDING)
def test_standing_rows_refuse_changes_in_bulk(record, model):
    rows = list(model.objects.all())
    for change in (
        lambda: model.objects.update(author_name="Somebody else"),
        lambda: model.objects.filter(pk=rows[0].pk).delete(),
        lambda: model.objects.bulk_update(rows, ["author_name"]),
        lambda: model.objects.update_or_create(pk=rows[0].pk, defaults={"author_name": "Somebody else"}),
    ):
        with pytest.raises(AppendOnlyError), transaction.atomic():
            change()
    assert set(model.objects.values_list("author_name", flat=True)) == {row.author_name for row in rows}


def test_rows_reached_from_a_part_refuse_too(record):
    part = the_part("25")
    for rows in (part.updates, part.evidence, part.outcomes, part.decisions):
        with pytest.raises(AppendOnlyError):
            rows.update(author_name="Somebody else")
        with pytest.raises(AppendOnlyError):
            rows.all().delete()


# Below the models: raw SQL, and Django's own ways round a queryset that refuses.


def refused(statement: str, model: type[models.Model]) -> None:
    """The database itself refuses a statement, and says why."""
    with (
        pytest.raises(IntegrityError, match=f"Rows of {model._meta.db_table} stand"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(model._meta.db_table))


def test_all_that_stands_is_guarded_by_the_database():
    assert set(triggers.standing()) == {*STANDING, *histories()}
    tables = {table for table, _ in triggers.standing_up(connection)}
    assert tables == {model._meta.db_table for model in triggers.standing()}
    assert triggers.missing(connection) == {}
    assert triggers.are_up(["default"]) == []


@pytest.mark.parametrize("model", STANDING)
@pytest.mark.parametrize("statement", ["UPDATE {} SET author_name = 'Somebody else'", "DELETE FROM {}"])
def test_the_database_refuses_raw_changes_of_what_was_said(record, model, statement):
    refused(statement, model)
    assert model.objects.exists()


@pytest.mark.parametrize("statement", ["UPDATE {} SET actor_name = 'Nobody'", "DELETE FROM {}"])
def test_the_database_refuses_raw_changes_of_history(record, statement):
    kept = [model for model in histories() if model.objects.exists()]
    assert kept
    for model in kept:
        refused(statement, model)


def test_the_database_refuses_a_plain_queryset_over_a_standing_table(record):
    with pytest.raises(IntegrityError), transaction.atomic():
        QuerySet(Update).update(author_name="Somebody else")
    with pytest.raises(IntegrityError), transaction.atomic():
        QuerySet(Decision)._raw_delete("default")


def test_the_database_still_takes_new_rows(record, manager):
    before = ExportRecord.objects.count()
    log_export(what="Recommendations", file_format="docx", filtered_by="", rows=1, by=manager)
    assert ExportRecord.objects.count() == before + 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite empties a table by deleting its rows")
@pytest.mark.parametrize("model", [*STANDING, *histories()], ids=lambda model: model.__name__)
def test_the_database_refuses_to_empty_a_table(model):
    refused("TRUNCATE {} CASCADE", model)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite replaces a row that is in the way")
def test_the_database_refuses_to_replace_a_row(record):
    refused("REPLACE INTO {0} SELECT * FROM {0}", ExportRecord)


# However a table lost its triggers, `migrate` puts them up again, and `check` says so until then.


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite makes a table anew to change it")
def test_a_table_that_was_made_anew_is_guarded_again(transactional_db):
    kept = triggers.wanted(connection, [Paper])
    with connection.schema_editor() as editor:
        editor._remake_table(Paper)
    assert triggers.missing(connection) == kept
    put_up_again()


def test_triggers_that_somebody_took_down_are_put_up_again(transactional_db):
    statement = {"sqlite": "DROP TRIGGER {}_no_update", "postgresql": "ALTER TABLE {} DISABLE TRIGGER never_emptied"}
    with connection.cursor() as cursor:
        cursor.execute(statement[connection.vendor].format(Paper._meta.db_table))
    assert [table for table, _ in triggers.missing(connection)] == [Paper._meta.db_table]
    put_up_again()


def put_up_again() -> None:
    [warning] = triggers.are_up(["default"])
    assert warning.msg.startswith("1 table")
    call_command("migrate", verbosity=0)
    assert triggers.missing(connection) == {}


def test_a_database_of_an_earlier_version_is_guarded_when_it_is_migrated(transactional_db):
    with connection.cursor() as cursor:
        for table, name in triggers.standing_up(connection):
            cursor.execute(f'DROP TRIGGER {name}{f" ON {table}" if connection.vendor == "postgresql" else ""}')
    call_command("migrate", verbosity=0)
    assert triggers.missing(connection) == {}


def test_a_flush_is_refused_by_anybody_but_tests(loaded, real_flush, monkeypatch):
    monkeypatch.setattr(BaseDatabaseOperations, "execute_sql_flush", real_flush)
    with pytest.raises(CommandError, match="couldn't be flushed"):
        call_command("flush", interactive=False, verbosity=0)
    assert Partnership.objects.exists()
