"""The frozen record: a picture as JSON with a schema version and a SHA-256, and the picture read back from it."""

import hashlib
import json
from datetime import date, datetime
from typing import Any

import cattrs
from cattrs.preconf.json import make_converter

from recommendations.models import Snapshot
from recommendations.reviews.picture import SCHEMA, Picture, Statuses
from recommendations.workflow import Status


class UnreadableRecord(Exception):
    """The record is not what was frozen: its digest or its schema does not fit."""


def _converter() -> cattrs.Converter:
    converter = make_converter()
    converter.register_unstructure_hook(date, lambda day: day.isoformat())
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    converter.register_unstructure_hook(datetime, lambda moment: moment.isoformat())
    converter.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
    converter.register_unstructure_hook(Status, lambda status: status.value)
    converter.register_structure_hook(Status, lambda text, _: Status(text))
    return converter


CONVERTER = _converter()


def as_json(picture: Picture) -> str:
    """The same text for the same picture, whenever it is written."""
    values = CONVERTER.unstructure(picture)
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: str | bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content if isinstance(content, bytes) else content.encode()).hexdigest()


def read_picture(snapshot: Snapshot) -> Picture:
    """The picture that was frozen. Raises UnreadableRecord when it is not what was written then."""
    return CONVERTER.structure(_values(snapshot), Picture)


def read_statuses(snapshot: Snapshot) -> Statuses:
    """How each recommendation stood, by its report's code and number."""
    listed = _values(snapshot)["recommendations"]
    return {f"{found['code']}/{found['slug']}": Status(found["status"]) for found in listed}


def _values(snapshot: Snapshot) -> dict[str, Any]:
    if digest(snapshot.content) != snapshot.sha256:
        raise UnreadableRecord(f"The frozen record of {snapshot.review} is not what was written.")
    if snapshot.schema != SCHEMA:
        raise UnreadableRecord(f"The frozen record of {snapshot.review} is of schema {snapshot.schema}.")
    return json.loads(snapshot.content)
