"""What backup and restore have in common for both databases: a folder or zip with a manifest, as the exit export."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from krscp.backups import postgres, sqlite
from krscp.backups.contents import CannotDo, Contents, contents_of
from krscp.files import archive

ENGINES: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgres}
KIND = "backup"
NOTHING = "The database holds nothing yet, so there is nothing to back up. Run manage.py setup first."


def backup(target: Path) -> Contents:
    """Write the whole database to a new folder or zip, and read back what was written.

    Raises CannotDo, FileExistsError when the target is there already, OSError when it cannot be written.
    """
    engine = ENGINES[connection.vendor]
    with archive.written(target) as writer, tempfile.TemporaryDirectory(dir=target.absolute().parent) as folder:
        file = Path(folder) / engine.FILE
        contents = engine.dump(file)
        if contents.is_empty:
            raise CannotDo(NOTHING)
        engine.check(file, contents.rows)
        writer.add(engine.FILE, pieces(file))
        writer.finish(
            kind=KIND,
            database=connection.vendor,
            migrations=contents.migrations,
            rows=contents.rows,
        )
    with archive.opened(target) as reader:
        reader.verify()
    return contents


def restore(source: Path, *, replace: bool) -> tuple[Contents, bool]:
    """Put a backup in place, all of it or nothing; says what is here now, and whether migrations are still to run.

    Raises CannotDo, and archive.BadArchive when the backup is not as it was written.
    """
    engine = ENGINES[connection.vendor]
    with archive.opened(source) as reader, tempfile.TemporaryDirectory() as folder:
        told = reader.manifest
        later = refuse_stranger(told)
        if not replace and not here().is_empty:
            raise CannotDo("This database holds data. To lose all of it for the backup, add --replace.")
        reader.verify()
        file = Path(folder) / engine.FILE
        with reader.place.reading(engine.FILE) as packed, file.open("wb") as unpacked:
            while piece := packed.read(archive.CHUNK):
                unpacked.write(piece)
        engine.check(file, told["rows"])
        engine.restore(file, told["rows"])
    return here(), later


def here() -> Contents:
    """What the database of the settings holds."""
    with connection.cursor() as cursor:
        return contents_of(cursor, connection.introspection.table_names(cursor))


def refuse_stranger(told: dict[str, Any]) -> bool:
    """Whether migrations remain to be run. Raises CannotDo for what this installation cannot take."""
    if told.get("kind") != KIND or not isinstance(told.get("rows"), dict) or "migrations" not in told:
        raise CannotDo("This is no backup. What exit_export wrote is taken in by exit_import.")
    if told["database"] != connection.vendor:
        raise CannotDo(
            f"The backup is of {told['database']}, this database is {connection.vendor}. To move from one to the "
            "other: restore where it came from, then exit_export and exit_import."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if unknown := sorted(set(told["migrations"]) - known):
        raise CannotDo(
            f"The backup is of version {told['version']}, which has {unknown[0]}; this code has not. "
            "Check out that version, then restore."
        )
    return bool(known - set(told["migrations"]))


def pieces(file: Path) -> Iterator[bytes]:
    """A file, piece by piece."""
    with file.open("rb") as opened:
        while piece := opened.read(archive.CHUNK):
            yield piece
