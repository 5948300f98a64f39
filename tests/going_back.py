"""Takes PostgreSQL back between tests that commit, in a few statements, where a flush and a set-up take seconds."""

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model

from tests.standing import may_change

COPY = "as_loaded"  # the schema that holds each table as it was
STAY = {ContentType, Permission}  # which a flush makes anew


def kept() -> list[type[Model]]:
    """Every model whose rows tests write."""
    models = apps.get_models(include_auto_created=True)
    return [model for model in models if model not in STAY and not model._meta.proxy]


def tables() -> list[str]:
    return [model._meta.db_table for model in kept()]


def run(*statements: str) -> None:
    with may_change(connection), connection.cursor() as cursor:
        cursor.execute("; ".join(statements))


def keep() -> None:
    """Copies every table, to go back to."""
    run(f"CREATE SCHEMA {COPY}", *(f'CREATE TABLE {COPY}."{table}" AS TABLE "{table}"' for table in tables()))


def wipe(*_: object) -> None:
    """Deletes every row, as a flush does."""
    run(*(f'DELETE FROM "{table}"' for table in tables()))


def go_back() -> None:
    """Puts the copied rows into empty tables, and counts on from them."""
    counting = (statement.rstrip(";") for statement in connection.ops.sequence_reset_sql(no_style(), kept()))
    run(*(f'INSERT INTO "{table}" SELECT * FROM {COPY}."{table}"' for table in tables()), *counting)
