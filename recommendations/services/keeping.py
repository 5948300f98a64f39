"""Keeps a record for good, signed, and the files that are made of it, each once."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, TypeVar

from django.db import IntegrityError, transaction

from krscp.constraints import breaks
from krscp.sealed_records import Record, digest
from recommendations.models.kept import KeptFile, KeptRecord
from subgroups.models import User
from subgroups.services.records import signature

Row = TypeVar("Row", bound=KeptRecord)


def keep(model: type[Row], record: Record, by: User, **of: Any) -> Row:
    """Store what was drawn; the caller's transaction says of which moment."""
    row = model(**asdict(record), **of, **signature(by))
    row.save(force_insert=True)
    return row


def keep_file(model: type[KeptFile], make: Callable[[], bytes], beside: KeptRecord, **named: Any) -> bool:
    """Make and store a file in the name of who kept its record. False where it is there already: it is never replaced,
    and of two who make it at once the first one's stands.
    """
    if model.objects.filter(**named).exists():
        return False
    content = make()
    signed = {name: getattr(beside, name) for name in ("author", "author_name", "author_post")}
    try:
        with transaction.atomic():
            model.objects.create(content=content, sha256=digest(content), **named, **signed)
    except IntegrityError as error:
        if not breaks(error, model, model._meta.constraints[0].name):
            raise
        return False
    return True
