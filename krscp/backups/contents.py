"""What a database holds: the rows of each table, and which migrations made its tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

MIGRATIONS = "django_migrations"
# Filled by migrate and by visitors before anybody's data is there.
FRESH = {MIGRATIONS, "django_content_type", "auth_permission", "shared_cache", "django_session"}


class CannotDo(ValueError):
    """A backup or restore that did not happen; the message says why and what to do."""


@dataclass(frozen=True)
class Contents:
    """Rows by table, and migrations as “app.name”."""

    rows: dict[str, int]
    migrations: list[str]

    @property
    def is_empty(self) -> bool:
        """Nobody's data is here, though the tables may be."""
        return not any(count for table, count in self.rows.items() if table not in FRESH)

    @property
    def total(self) -> int:
        return sum(self.rows.values())

    def refuse_unless(self, told: dict[str, int]) -> None:
        """Raises CannotDo naming the first table that has not as many rows as was told."""
        for table in sorted(set(told) | set(self.rows)):
            if self.rows.get(table) != told.get(table):
                wanted, found = told.get(table, "none"), self.rows.get(table, "none")
                raise CannotDo(f"Table {table} should have {wanted} rows and has {found}.")


def contents_of(cursor: Any, tables: Iterable[str]) -> Contents:
    """What the database behind a cursor holds, of these tables."""
    rows = {table: _number(cursor, f'SELECT COUNT(*) FROM "{table}"') for table in sorted(tables)}  # noqa: S608  # nosec B608
    if MIGRATIONS not in rows:
        return Contents(rows, [])
    cursor.execute(f"SELECT app, name FROM {MIGRATIONS}")  # noqa: S608  # nosec B608
    return Contents(rows, sorted(f"{app}.{name}" for app, name in cursor.fetchall()))


def _number(cursor: Any, query: str) -> int:
    cursor.execute(query)
    return cursor.fetchone()[0]
