"""What is worked out of the database and stands until something is written, kept in the memory of this process.

Whatever is recorded leaves a row of history or one that is never changed. So the last key of each such table says
which state was read; on PostgreSQL with those writers who have begun and not ended, whose keys may be lower than one
that is there already.
"""

from collections.abc import Callable, Hashable
from functools import cache
from hashlib import sha256
from typing import TypeVar

from django.core.cache import caches
from django.db import connection

from krscp.triggers import standing

NAME = "unchanged"  # of the cache in the settings
WRITING = "(SELECT string_agg(x::text, ' ') FROM pg_snapshot_xip(pg_current_snapshot()) AS x)"
Found = TypeVar("Found")


def until_written(asked: Hashable, work_out: Callable[[], Found]) -> Found:
    """What `work_out` finds, or found when the database was in this very state. `asked` says all that it depends on.

    One query. In a transaction it is worked out anew, since what was written in it may never have been.
    """
    if connection.in_atomic_block:
        return work_out()
    told = repr((connection.settings_dict["NAME"], asked, state()))
    kept, name = caches[NAME], sha256(told.encode()).hexdigest()
    found = kept.get(name)
    if found is None:
        found = work_out()
        kept.set(name, found)
    return found


def state() -> tuple:
    """The last key of everything that is recorded, and who is writing."""
    with connection.cursor() as cursor:
        cursor.execute(_question(connection.vendor))
        return cursor.fetchone()


@cache
def _question(vendor: str) -> str:
    quoted = connection.ops.quote_name
    keys = [(quoted(one._meta.pk.attname), quoted(one._meta.db_table)) for one in standing()]
    last = [f"(SELECT MAX({key}) FROM {table})" for key, table in keys]  # noqa: S608  # nosec B608
    return f"SELECT {', '.join([*last, WRITING] if vendor == 'postgresql' else last)}"
