"""Who writes to what closes holds its table; who closes it has the table alone, and reads all at one moment.

Locks of tables, not of rows: taking one reads nothing, so that whoever waited for it reads what then stands. On SQLite
a transaction keeps all other writers waiting from its start.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models, transaction


def hold(model: type[models.Model]) -> None:
    """Until this transaction ends nobody has the table alone. First of all locks, so that no two wait for each other.

    Holders do not wait for one another, and readers wait for nobody.
    """
    _lock(model, "ROW SHARE")


@contextmanager
def one_moment(alone_in: type[models.Model] | None = None) -> Iterator[None]:
    """A transaction in which all that is read is of one moment, whatever is written meanwhile.

    With `alone_in` nobody writes to that table or holds it; the moment is when the last of them has ended. Inside
    another transaction, as in most tests, its moments stay as they are.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        if alone_in is not None:
            _lock(alone_in, "EXCLUSIVE")
        yield


def _lock(model: type[models.Model], mode: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'LOCK TABLE "{model._meta.db_table}" IN {mode} MODE')
