"""What leaves with an exit export and how its rows are written, so that another installation can take them in.

One JSON file for each model: a list, one row a line, by primary key; the history of a model travels with it. What is
no text (a paper) is a file of its own. Passwords stay: each person sets a new one by the reset link.
"""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

SCHEMA = 1
# The order is for readers; the database checks references when all rows are there.
CARRIED = (
    "subgroups.Partnership", "subgroups.Agency", "subgroups.Body", "subgroups.BodyName", "subgroups.Post",
    "subgroups.User", "subgroups.Appointment", "account.EmailAddress",
    "subgroups.Meeting", "subgroups.Learning", "subgroups.Attendance",
    "recommendations.Report", "recommendations.Section", "recommendations.Paragraph",
    "recommendations.Recommendation", "recommendations.Recommendation_paragraphs", "recommendations.Reference",
    "recommendations.Part", "recommendations.Ownership", "recommendations.PrioritySet", "recommendations.Priority",
    "recommendations.RecommendationPriority", "recommendations.Action", "recommendations.Update",
    "recommendations.Withdrawal", "recommendations.Evidence", "recommendations.Outcome",
    "recommendations.Escalation", "recommendations.Confirmation", "recommendations.Review",
    "recommendations.Return", "recommendations.Answer", "recommendations.Decision", "recommendations.Snapshot",
    "recommendations.Paper", "recommendations.Reminder",
    "recommendations.AnnualReport", "recommendations.AnnualRun", "recommendations.AnnualFile",
    "subgroups.ExportRecord",
)  # fmt: skip
LEFT_OUT = {
    "subgroups.SentForm": "forms sent in the last two days, so that none is acted on twice",
    "sessions.Session": "who is signed in now; everybody signs in anew",
    "account.EmailConfirmation": "links of one use",
    "auth.Group": "rights come from posts",
    "auth.Group_permissions": "rights come from posts",
    "auth.Permission": "made by migrate",
    "contenttypes.ContentType": "made by migrate",
}
# What of a carried model stays behind.
SECRETS = {"subgroups.User": ("password",)}
# How a stored file is named for whoever opens the export.
ENDINGS = {"recommendations.Paper": ".docx"}
CHUNK = 500

Row = dict[str, Any]


class CannotMove(ValueError):
    """An export cannot be taken in; the message says why and what to do. Nothing was stored."""


def carried() -> list[type[models.Model]]:
    """Every model that leaves, each followed by its history."""
    found = []
    for label in CARRIED:
        model = apps.get_model(label)
        found += [model, model.history.model] if hasattr(model, "history") else [model]
    return found


def fields_of(model: type[models.Model]) -> list[models.Field]:
    """The columns that leave, in the order of the model."""
    secret = SECRETS.get(model._meta.label, ())
    return [field for field in model._meta.concrete_fields if field.name not in secret]


def file_of(model: type[models.Model]) -> str:
    """Where the rows of a model stand."""
    return f"data/{model._meta.label_lower}.json"


def blob_of(model: type[models.Model], pk: Any, field: models.Field) -> str:
    """Where what is no text stands."""
    return f"files/{model._meta.label_lower}/{pk}-{field.name}{ENDINGS.get(model._meta.label, '.bin')}"


def rows_of(model: type[models.Model], blobs: dict[str, Callable[[], bytes]]) -> Iterator[bytes]:
    """The JSON file of a model, a row at a time; what is no text is put into `blobs`, to be read when wanted."""
    rows = model._base_manager.order_by("pk").defer(*(field.name for field in _binary(model)))
    before = b"[\n"
    for row in rows.iterator(chunk_size=CHUNK):
        yield before + json.dumps(_written(row, blobs), ensure_ascii=False, sort_keys=True).encode()
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"


def _binary(model: type[models.Model]) -> list[models.Field]:
    return [field for field in fields_of(model) if isinstance(field, models.BinaryField)]


def _written(row: models.Model, blobs: dict[str, Callable[[], bytes]]) -> Row:
    model, found = type(row), {}
    for field in fields_of(model):
        if isinstance(field, models.BinaryField):
            name = blob_of(model, row.pk, field)
            blobs[name] = _reader(model, row.pk, field)
            found[field.attname] = {"file": name}
        else:
            found[field.attname] = _plain(getattr(row, field.attname))
    return found


def _reader(model: type[models.Model], pk: Any, field: models.Field) -> Callable[[], bytes]:
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
        case _:
            return value


def read_row(model: type[models.Model], line: Row, blob: Callable[[str], bytes]) -> models.Model:
    """An unsaved row as it was. Raises CannotMove when its columns are not those of the model."""
    fields = {field.attname: field for field in fields_of(model)}
    if not isinstance(line, dict) or set(line) != set(fields):
        raise CannotMove(f"A row of {file_of(model)} has other columns than this version. Nothing is stored.")
    row = model()
    for name, value in line.items():
        field = fields[name]
        if isinstance(field, models.BinaryField):
            setattr(row, name, blob(value["file"]))
        else:
            setattr(row, name, _typed(field, value))
    return row


def _typed(field: models.Field, value: Any) -> Any:
    """JSON stays as it is; all else becomes what the column holds."""
    return value if value is None or isinstance(field, models.JSONField) else field.to_python(value)


def migrations() -> dict[str, list[str]]:
    """The migrations that this database has, of the apps whose models leave."""
    wanted = sorted({label.partition(".")[0] for label in CARRIED})
    applied = MigrationRecorder(connection).applied_migrations()
    return {app: sorted(name for found, name in applied if found == app) for app in wanted}
