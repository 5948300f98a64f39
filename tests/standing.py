"""Lets a test change what stands for good, which the database refuses otherwise: to date it anew, to wipe it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from krscp import triggers


@contextmanager
def may_change(connection: BaseDatabaseWrapper, *of: type[models.Model]) -> Iterator[None]:
    """Inside, the rows of these models may change."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            yield
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")
            return
        down = triggers.wanted(connection, of)
        for _, name in down:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for sql in down.values():
            cursor.execute(sql)
