"""SQLite: its own backup, which misses no acknowledged write, however busy the tracker is."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from krscp.backups.contents import CannotDo, Contents, contents_of

FILE = "database.sqlite3"
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise CannotDo(f"SQLite says: {error}.") from error


def dump(file: Path) -> Contents:
    """Copy the database to a file; what it holds is counted in the copy itself."""
    connection.ensure_connection()
    with _in_words(), closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)
        return _contents(copy)


def check(file: Path, told: dict[str, int]) -> None:
    """Raises CannotDo when the file is damaged or lacks a row."""
    with _in_words(), closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as copy:
        found = [row[0] for row in copy.execute("PRAGMA integrity_check")]
        if found != ["ok"]:
            raise CannotDo(f"{file.name} is damaged: {found[0]}.")
        if broken := copy.execute("PRAGMA foreign_key_check").fetchone():
            raise CannotDo(f"{file.name} is damaged: a row of table {broken[0]} points at nothing.")
        _contents(copy).refuse_unless(told)


def restore(file: Path, told: dict[str, int]) -> None:
    """Put every page of the file in place in one transaction of SQLite: all of it, or what was there before."""
    connection.ensure_connection()
    with _in_words(), closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as copy:
        copy.backup(connection.connection)
        _contents(connection.connection).refuse_unless(told)


def _contents(database: sqlite3.Connection) -> Contents:
    return contents_of(database.cursor(), [row[0] for row in database.execute(TABLES)])
