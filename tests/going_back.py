"""Takes PostgreSQL back between tests that commit, in a few statements, where a flush and a set-up take seconds."""

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from tests.standing import may_change

COPY = "as_loaded"  # the schema that holds each table as it was
STAY = {ContentType, Permission}  # which a flush makes anew


def tables() -> list[str]:
    """Every table that tests write to."""
    models = apps.get_models(include_auto_created=True)
    return [model._meta.db_table for model in models if model not in STAY and not model._meta.proxy]


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
    """Puts the copied rows into empty tables."""
    run(*(f'INSERT INTO "{table}" SELECT * FROM {COPY}."{table}"' for table in tables()))
