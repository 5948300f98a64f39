"""Everything that the tables of an installation hold, written so that another one can take it in, every row as it was.

One JSON file for each model: a list, one row a line, by primary key; the history of a model travels with it. What is
no text (a paper) is a file of its own.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from krscp.files import archive
from krscp.files.archive import ArchiveReader, BadArchive
from krscp.moments import one_moment

CHUNK = 500
NOTHING_STORED = "Nothing is stored."

Model = type[models.Model]
Blobs = dict[str, Callable[[], bytes]]


class CannotMove(Exception):
    """An export cannot be taken in; the message says why and what to do. Nothing was stored."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why} {NOTHING_STORED}")


@dataclass(frozen=True)
class Exit:
    """What leaves: models by their labels, in an order for readers; the database checks references at the end.

    `secrets` names the columns of a model that stay behind, `endings` how its stored files are named for readers.
    """

    schema: int
    labels: tuple[str, ...]
    secrets: Mapping[str, tuple[str, ...]]
    endings: Mapping[str, str]

    def tables(self) -> list[Model]:
        """Every model that leaves, each followed by its history."""
        found = []
        for label in self.labels:
            model = apps.get_model(label)
            found += [model, model.history.model] if hasattr(model, "history") else [model]
        return found

    def write(self, target: Path, **told: object) -> int:
        """Write everything to a zip or a new folder, as at one moment; says how many rows left. The manifest says what
        is `told` too.

        Raises FileExistsError when the target is there already, OSError when it cannot be written.
        """
        blobs: Blobs = {}
        total = 0
        with archive.written(target) as writer, one_moment():
            for model in self.tables():
                rows = model._base_manager.count()
                writer.add(file_of(model), self.rows_of(model, blobs), rows=rows)
                total += rows
            for name, read in blobs.items():
                writer.add(name, [read()])
            writer.finish(schema=self.schema, migrations=self._migrations(), **told)
        return total

    def rows_of(self, model: Model, blobs: Blobs) -> Iterator[bytes]:
        """The JSON file of a model, a row at a time; what is no text is put into `blobs`, to be read when wanted."""
        binary = [field.name for field in self._fields_of(model) if isinstance(field, models.BinaryField)]
        before = b"[\n"
        for row in model._base_manager.order_by("pk").defer(*binary).iterator(chunk_size=CHUNK):
            yield before + json.dumps(self._written(row, blobs), ensure_ascii=False, sort_keys=True).encode()
            before = b",\n"
        yield b"[]\n" if before == b"[\n" else b"\n]\n"

    def _fields_of(self, model: Model) -> list[models.Field]:
        """The columns that leave, in the order of the model."""
        secret = self.secrets.get(model._meta.label, ())
        return [field for field in model._meta.concrete_fields if field.name not in secret]

    def _written(self, row: models.Model, blobs: Blobs) -> dict[str, Any]:
        model, found = type(row), {}
        for field in self._fields_of(model):
            if isinstance(field, models.BinaryField):
                ending = self.endings.get(model._meta.label, ".bin")
                name = f"files/{model._meta.label_lower}/{row.pk}-{field.name}{ending}"
                blobs[name] = _reader(model, row.pk, field)
                found[field.attname] = {"file": name}
            else:
                found[field.attname] = _plain(getattr(row, field.attname))
        return found

    def _migrations(self) -> dict[str, list[str]]:
        """The migrations that this database has, of the apps whose models leave."""
        wanted = sorted({label.partition(".")[0] for label in self.labels})
        applied = MigrationRecorder(connection).applied_migrations()
        return {app: sorted(name for found, name in applied if found == app) for app in wanted}

    def read(self, source: Path) -> int:
        """Store everything that an export holds; says how many rows came. Raises CannotMove.

        Hashes are checked before the first row is stored. Primary keys, times and history stay as they were.
        """
        try:
            with archive.opened(source) as reader:
                self._check(reader)
                reader.verify()
                with transaction.atomic():
                    self._check_empty()
                    total = sum(self._store(model, reader) for model in self.tables())
                    _settle(self.tables())
                return total
        except BadArchive as error:
            raise CannotMove(str(error)) from error
        except (IntegrityError, ValidationError, ValueError, TypeError, KeyError) as error:
            raise CannotMove(f"The export does not fit together ({error}).") from error

    def _check(self, reader: ArchiveReader) -> None:
        """It must be of this very version of the tables (upgrade afterwards, not on the way), with a file for each
        model, so that none is forgotten; what else there is belongs to a row.
        """
        told = reader.manifest
        if told.get("schema") != self.schema:
            raise CannotMove(f"The export is of schema {told.get('schema')}; this version reads schema {self.schema}.")
        if told.get("migrations") != self._migrations():
            raise CannotMove(
                f"The export was made by version {told.get('version')}, whose tables differ from those here. Install "
                "that version, run manage.py migrate, import, then upgrade."
            )
        if lacking := [file_of(model) for model in self.tables() if file_of(model) not in reader.files]:
            raise CannotMove(f"{lacking[0]} is missing.")

    def _check_empty(self) -> None:
        if any(model._base_manager.exists() for model in self.tables()):
            raise CannotMove(
                "This installation holds data already. Create a new database, run manage.py migrate (not setup), and "
                "import there."
            )

    def _store(self, model: Model, reader: ArchiveReader) -> int:
        """The rows of one model, each written as it is: no new history row, no new time."""
        count = 0
        for line in _lines(reader, file_of(model)):
            models.Model.save_base(self._row_of(model, line, reader), raw=True, force_insert=True)
            count += 1
        if count != reader.files[file_of(model)].get("rows"):
            raise CannotMove(f"{file_of(model)} has another number of rows than the manifest says.")
        return count

    def _row_of(self, model: Model, line: Any, reader: ArchiveReader) -> models.Model:
        """An unsaved row as it was; a person sets a new password. Raises CannotMove when it has other columns."""
        fields = {field.attname: field for field in self._fields_of(model)}
        if not isinstance(line, dict) or set(line) != set(fields):
            raise CannotMove(f"A row of {file_of(model)} has other columns than this version.")
        row = model()
        for name, value in line.items():
            is_file = isinstance(fields[name], models.BinaryField)
            setattr(row, name, reader.content(value["file"]) if is_file else _typed(fields[name], value))
        if isinstance(row, AbstractBaseUser):
            row.set_unusable_password()
        return row


def file_of(model: Model) -> str:
    """Where the rows of a model stand."""
    return f"data/{model._meta.label_lower}.json"


def _reader(model: Model, pk: Any, field: models.Field) -> Callable[[], bytes]:
    return lambda: bytes(model._base_manager.values_list(field.name, flat=True).get(pk=pk))


def _plain(value: Any) -> Any:
    """To the microsecond, which Django's own encoder cuts off."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
    return value


def _typed(field: models.Field, value: Any) -> Any:
    """JSON stays as it is; all else becomes what the column holds."""
    return value if value is None or isinstance(field, models.JSONField) else field.to_python(value)


def _lines(reader: ArchiveReader, name: str) -> Iterator[Any]:
    """One row a line, between brackets."""
    for line in reader.lines(name):
        text = line.strip().rstrip(b",")
        if text not in (b"[", b"]", b"[]"):
            yield json.loads(text)


def _settle(stored: list[Model]) -> None:
    """References are checked, and the next new row gets the next number."""
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), stored):
            cursor.execute(statement)
