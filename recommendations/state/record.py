"""The frozen record: plain data as JSON with a schema version and a SHA-256, lifted to today's and read strictly."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

import cattrs
from cattrs.preconf.json import make_converter
from django.core.exceptions import ObjectDoesNotExist

from krscp.text import lower_first
from recommendations.domain.workflow import Status
from recommendations.models import Review, Snapshot
from recommendations.state.picture import SCHEMA, Picture, Statuses

Read = TypeVar("Read")
Values = dict[str, Any]
# By schema: what lifts the plain data of a record by one version.
Upgraders = Mapping[int, Callable[[Values], Values]]

ALTERED = "It is not what was written then: its checksum differs."
NEWER = "It was written by a newer version of the tracker: its schema is {}, and this version reads up to {}."
UNKNOWN = "It holds something that this version of the tracker does not know."
MISSING = "It is not in the database."


class Kept(Protocol):
    """What is written once and read back: a snapshot of a review, a run of an annual report."""

    schema: int
    content: str
    sha256: str


class UnreadableRecord(Exception):
    """What was kept of something cannot be read. `about` is the review or report whose it is, `why` a sentence."""

    def __init__(self, what: str, about: Any, why: str) -> None:
        super().__init__(f"{what} cannot be read. {why}")
        self.what, self.about, self.why = what, about, why


DIFFERENCES_OF_1 = {
    "Evidenced": "evidenced", "Too early": "too_early", "No direct effect": "no_direct_effect", "Not recorded": None,
}  # fmt: skip


def _from_1(values: Values) -> Values:
    """Of schema 1: the difference for children was its word, and a part did not always say what was decided since."""
    for whole in values["recommendations"]:
        whole["difference"] = DIFFERENCES_OF_1[whole["difference"]]
        for row in whole["rows"]:
            row.setdefault("decided", [])
    return values


def _with_labels(values: Values) -> Values:
    """Schema 2: a number or reference was enough by itself."""
    for whole in values["recommendations"]:
        whole["label"] = whole["number"]
        for row in whole["rows"]:
            row["label"] = row["reference"]
    return values


UPGRADERS: Upgraders = {1: _from_1, 2: _with_labels}


def _exactly(kind: type) -> Callable[[Any, Any], Any]:
    """Takes a value of just this kind: nothing is made into text or a number that was none.

    `wanted` is the kind itself, or an enumeration of such values, of which it must be a member.
    """

    def take(value: Any, wanted: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(f"{value!r} is no {kind.__name__}")
        return wanted(value)

    return take


def _converter() -> cattrs.Converter:
    converter = make_converter(forbid_extra_keys=True)
    for kind in (str, int, bool):
        converter.register_structure_hook(kind, _exactly(kind))
    converter.register_unstructure_hook(date, lambda day: day.isoformat())
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    converter.register_unstructure_hook(datetime, lambda moment: moment.isoformat())
    converter.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
    converter.register_unstructure_hook(Status, lambda status: status.value)
    return converter


CONVERTER = _converter()


def as_json(kept: Any) -> str:
    """The same text for the same picture or report, whenever it is written."""
    values = CONVERTER.unstructure(kept)
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: str | bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content if isinstance(content, bytes) else content.encode()).hexdigest()


@contextmanager
def reading(what: str, about: Any) -> Iterator[None]:
    """Whatever goes wrong inside is the record's fault: raises UnreadableRecord, and nothing else."""
    try:
        yield
    except UnreadableRecord:
        raise
    except ObjectDoesNotExist as missing:
        raise UnreadableRecord(what, about, MISSING) from missing
    except Exception as error:
        raise UnreadableRecord(what, about, UNKNOWN) from error


def values_of(kept: Kept, schema: int, upgraders: Upgraders, what: str, about: Any) -> Values:
    """A record's plain data, lifted version by version to `schema`. Raises UnreadableRecord."""
    if digest(kept.content) != kept.sha256:
        raise UnreadableRecord(what, about, ALTERED)
    if kept.schema > schema:
        raise UnreadableRecord(what, about, NEWER.format(kept.schema, schema))
    with reading(what, about):
        values = json.loads(kept.content)
        for version in range(kept.schema, schema):
            values = upgraders[version](values) | {"schema": version + 1}
        return values


def read_picture(review: Review) -> Picture:
    """The picture that was frozen of a review. Raises UnreadableRecord when it cannot be read."""
    with reading(named(review), review):
        return CONVERTER.structure(_values(review), Picture)


def read_statuses(review: Review) -> Statuses:
    """How each recommendation stood, by its report's code and number. Raises UnreadableRecord."""
    with reading(named(review), review):
        listed = _values(review)["recommendations"]
        return {f"{found['code']}/{found['slug']}": Status(found["status"]) for found in listed}


def otherwise(read: Callable[[], Read], instead: Read) -> Read:
    """What is read of a record; something else where it cannot be read."""
    try:
        return read()
    except UnreadableRecord:
        return instead


def named(review: Review) -> str:
    return f"The frozen record of the {lower_first(review.title)}"


def _values(review: Review) -> Values:
    snapshot: Snapshot = review.snapshot
    return values_of(snapshot, SCHEMA, UPGRADERS, named(review), review)
