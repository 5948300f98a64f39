"""Keeps the world for a run: built once in each process, and every test starts from it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
import time_machine
from django.apps import apps
from django.db import connection, transaction

from tests.world.build import build
from tests.world.days import NOW


@pytest.fixture(scope="session")
def as_lived_in() -> Iterator[sqlite3.Connection]:
    """A place for a copy of the world on SQLite."""
    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as copy:
        yield copy


@pytest.fixture(scope="package")
def lived_in(django_db_setup, django_db_blocker, as_migrated, as_loaded) -> Iterator[None]:
    """The database holds the world instead of the empty scene, until the last test of this folder."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            as_migrated.backup(connection.connection)
            build()
            yield
            as_loaded.backup(connection.connection)
        else:
            with transaction.atomic():
                empty()
                build()
                yield
                transaction.set_rollback(True)


def empty() -> None:
    """Takes every row away, on PostgreSQL, inside the transaction that is rolled back in the end."""
    tables = ", ".join(model._meta.db_table for model in apps.get_models(include_auto_created=True))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


@pytest.fixture
def world(lived_in, db) -> Iterator[None]:
    """The world as it is now; what a test changes is undone."""
    with time_machine.travel(NOW, tick=False):
        yield
