"""Holds the world while the tests of this folder run, and every test starts from it."""

from collections.abc import Iterator

import pytest
import time_machine
from django.apps import apps
from django.db import connection, transaction

from tests.world.build import build
from tests.world.days import NOW


@pytest.fixture(scope="package")
def lived_in(request, django_db_setup, django_db_blocker, as_loaded) -> Iterator[None]:
    """The database holds the world instead of the empty scene, until the last test of this folder."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            request.getfixturevalue("as_lived_in").backup(connection.connection)
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
