"""What was said, decided and recorded stands: the model refuses to change it, and PostgreSQL refuses too."""

import uuid
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import QuerySet

from krscp.append_only import AppendOnly, AppendOnlyError
from recommendations.models import (
    AnnualFile,
    AnnualReport,
    AnnualRun,
    Confirmation,
    Decision,
    Escalation,
    Evidence,
    ExportRecord,
    Outcome,
    Paper,
    PaperKind,
    Reminder,
    Review,
    Snapshot,
    Update,
    Withdrawal,
)
from recommendations.services.exporting import log_export
from recommendations.services.records import signature
from recommendations.services.updates import withdraw
from recommendations.workflow import DecisionKind
from subgroups.models import SentForm, User
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

postgres = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has no triggers here: its tests must be able to empty the tables"
)


@postgres
@pytest.mark.parametrize("model", [*STANDING, *histories()], ids=lambda model: model.__name__)
def test_postgresql_guards_every_table_that_stands(model):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
            [model._meta.db_table],
        )
        assert cursor.fetchall() == [("append_only", "O")]


@postgres
@pytest.mark.parametrize("model", STANDING)
@pytest.mark.parametrize("statement", ["UPDATE {} SET author_name = 'Somebody else'", "DELETE FROM {}"])
def test_postgresql_refuses_raw_changes_of_what_was_said(record, model, statement):
    with (
        pytest.raises(IntegrityError, match=f"Rows of {model._meta.db_table} stand"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(model._meta.db_table))
    assert model.objects.exists()


@postgres
@pytest.mark.parametrize("statement", ["UPDATE {} SET actor_name = 'Nobody'", "DELETE FROM {}"])
def test_postgresql_refuses_raw_changes_of_history(record, statement):
    for model in histories():
        if not model.objects.exists():
            continue
        with (
            pytest.raises(IntegrityError, match=f"Rows of {model._meta.db_table} stand"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement.format(model._meta.db_table))


@postgres
def test_postgresql_refuses_a_plain_queryset_over_a_standing_table(record):
    with pytest.raises(IntegrityError), transaction.atomic():
        QuerySet(Update).update(author_name="Somebody else")
    with pytest.raises(IntegrityError), transaction.atomic():
        QuerySet(Decision)._raw_delete("default")


@postgres
def test_postgresql_still_takes_new_rows(record, manager):
    before = ExportRecord.objects.count()
    log_export(what="Recommendations", file_format="docx", filtered_by="", rows=1, by=manager)
    assert ExportRecord.objects.count() == before + 1
