"""Takes an exit export into an empty installation: all of it or nothing, every row as it was."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import IntegrityError, connection, models, transaction

from krscp.files.archive import ArchiveReader, BadArchive, opened
from recommendations.exit.carried import SCHEMA, CannotMove, carried, file_of, migrations, read_row
from subgroups.models import User

NOTHING_STORED = "Nothing is stored."


def read_export(*, source: Path) -> int:
    """Store everything that an export holds; says how many rows came. Raises CannotMove.

    Hashes are checked before the first row is stored. Primary keys, times and history stay as they were.
    """
    try:
        with opened(source) as reader:
            _check_version(reader.manifest)
            _check_files(reader)
            reader.verify()
            with transaction.atomic():
                _check_empty()
                total = sum(_store(model, reader) for model in carried())
                _settle()
            return total
    except BadArchive as error:
        raise CannotMove(f"{error} {NOTHING_STORED}") from error
    except (IntegrityError, ValidationError, ValueError, TypeError, KeyError) as error:
        if isinstance(error, CannotMove):
            raise
        raise CannotMove(f"The export does not fit together ({error}). {NOTHING_STORED}") from error


def _check_version(manifest: dict[str, Any]) -> None:
    """It must be of this very version of the tables: upgrade afterwards, not on the way."""
    if manifest.get("schema") != SCHEMA:
        raise CannotMove(
            f"The export is of schema {manifest.get('schema')}; this version reads schema {SCHEMA}. {NOTHING_STORED}"
        )
    if manifest.get("migrations") != migrations():
        raise CannotMove(
            f"The export was made by version {manifest.get('version')}, whose tables differ from those here. Install "
            f"that version, run manage.py migrate, import, then upgrade. {NOTHING_STORED}"
        )


def _check_files(reader: ArchiveReader) -> None:
    """A file for each model, so that none is forgotten; what else there is belongs to a row."""
    for model in carried():
        if file_of(model) not in reader.files:
            raise CannotMove(f"{file_of(model)} is missing. {NOTHING_STORED}")


def _check_empty() -> None:
    for model in carried():
        if model._base_manager.exists():
            raise CannotMove(
                "This installation holds data already. Create a new database, run manage.py migrate (not setup), and "
                f"import there. {NOTHING_STORED}"
            )


def _store(model: type[models.Model], reader: ArchiveReader) -> int:
    """The rows of one model, each written as it is: no new history row, no new time."""
    count = 0
    for line in _lines(reader, file_of(model)):
        row = read_row(model, line, reader.content)
        if isinstance(row, User):
            row.set_unusable_password()
        models.Model.save_base(row, raw=True, force_insert=True)
        count += 1
    if count != reader.files[file_of(model)].get("rows"):
        raise CannotMove(f"{file_of(model)} has another number of rows than the manifest says. {NOTHING_STORED}")
    return count


def _lines(reader: ArchiveReader, name: str) -> Iterator[Any]:
    """One row a line, between brackets."""
    for line in reader.lines(name):
        text = line.strip().rstrip(b",")
        if text not in (b"[", b"]", b"[]"):
            yield json.loads(text)


def _settle() -> None:
    """References are checked, and the next new row gets the next number."""
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), carried()):
            cursor.execute(statement)
