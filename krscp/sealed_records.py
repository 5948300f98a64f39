"""The kept record: plain data as JSON, each text that a person typed apart under a salted digest; read back strictly.

`content` is canonical JSON in which each such text stands as the SHA-256 of a salt of its own and the text; `texts` are
salts and texts, in the order of those digests; `sha256` is that of `content`. So a text can be taken out of `texts` for
good, and all the rest is still proven. Older records hold their texts in `content`, with nothing in `texts`.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any, Generic, Protocol, TypeVar

import cattrs
from cattrs.preconf.json import make_converter
from django.core.exceptions import ObjectDoesNotExist

# What each text of a record is: typed by a person, so that it may have to be taken out one day; or the tracker's own
# words, numbers and addresses, and the names of bodies, posts and priorities.
Typed = Annotated[str, "typed by a person"]
Ours = Annotated[str, "ours"]

Read = TypeVar("Read")
Values = dict[str, Any]
# By schema: what lifts the plain data of a record by one version.
Upgraders = Mapping[int, Callable[[Values], Values]]

SEAL = "sha256"  # the one key of what stands for a text in `content`
SALT = 32  # characters, of 16 bytes; nothing of a text can pass for its salt
REMOVED = "[Removed]"
ALTERED = "It is not what was written then: its checksum differs."
ALTERED_DIGEST = "It is not what was written then: its checksum differs, and so does the digest of its text {}."
ALTERED_TEXT = "Its text {}, or the salt of it, is not what was written then: the digest differs."
ALTERED_TEXTS = "Its texts are not what was written then: some are missing, or too many."
NEWER = "It was written by a newer version of the tracker: its schema is {}, and this version reads up to {}."
UNKNOWN = "It holds something that this version of the tracker does not know."
MISSING = "It is not in the database."
NOT_MADE = "It is not made yet: manage.py make_papers makes it."


class Kept(Protocol):
    """What is written once and read back: a row of the database, or what is to become one."""

    @property
    def schema(self) -> int: ...
    @property
    def content(self) -> str: ...
    @property
    def texts(self) -> str: ...
    @property
    def sha256(self) -> str: ...


class FileOfRecord(Protocol):
    """A file that was made of a record."""

    content: Any
    sha256: str


@dataclass(frozen=True)
class Record:
    """What is kept of something for good."""

    schema: int
    content: str
    texts: str
    sha256: str


class UnreadableRecord(Exception):
    """What was kept of something cannot be read. `about` is the review or report whose it is, `why` a sentence."""

    def __init__(self, what: str, about: Any, why: str) -> None:
        super().__init__(f"{what} cannot be read. {why}")
        self.what, self.about, self.why = what, about, why


class BeingMade(UnreadableRecord):
    """The record stands, and this file of it is not made yet."""

    def __init__(self, what: str, about: Any) -> None:
        super().__init__(what, about, NOT_MADE)


def digest(content: str | bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content if isinstance(content, bytes) else content.encode()).hexdigest()


def as_json(values: Any) -> str:
    """The same text for the same values, whenever it is written."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


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


def otherwise(read: Callable[[], Read], instead: Read) -> Read:
    """What is read of a record; something else where it cannot be read."""
    try:
        return read()
    except UnreadableRecord:
        return instead


@dataclass(frozen=True)
class RecordForm(Generic[Read]):
    """What records of one kind hold: the shape that they are read into, its schema, and what lifts older ones to it."""

    shape: type[Read]
    schema: int
    upgraders: Upgraders

    def write(self, shown: Read) -> Record:
        """The record of what is shown, with salts that nobody has used before."""
        texts: list[tuple[str, str]] = []
        content = as_json(_sealed(CONVERTER.unstructure(shown), texts))
        return Record(self.schema, content, as_json(texts), digest(content))

    def read(self, kept: Kept, what: str, about: Any) -> Read:
        """What was shown then, proven text by text. Raises UnreadableRecord."""
        if why := fault_in(kept):
            raise UnreadableRecord(what, about, why)
        with reading(what, about):
            values = _opened(json.loads(kept.content), iter(json.loads(kept.texts or "[]")))
            return CONVERTER.structure(self._lifted(values, kept.schema, what, about), self.shape)

    def rest(self, kept: Kept, what: str, about: Any) -> Values:
        """Its plain data with the digests of the texts, which are not looked at. Raises UnreadableRecord."""
        if digest(kept.content) != kept.sha256:
            raise UnreadableRecord(what, about, ALTERED)
        with reading(what, about):
            return self._lifted(json.loads(kept.content), kept.schema, what, about)

    def _lifted(self, values: Values, schema: int, what: str, about: Any) -> Values:
        """The plain data, version by version, as today's."""
        if schema > self.schema:
            raise UnreadableRecord(what, about, NEWER.format(schema, self.schema))
        for version in range(schema, self.schema):
            values = self.upgraders[version](values) | {"schema": version + 1}
        return values


def file_of(find: Callable[[], FileOfRecord], what: str, about: Any) -> bytes:
    """The file that was made of a record. Raises BeingMade before that, UnreadableRecord when it is altered."""
    with reading(what, about):
        try:
            found = find()
        except ObjectDoesNotExist as missing:
            raise BeingMade(what, about) from missing
    content = bytes(found.content)
    if digest(content) != found.sha256:
        raise UnreadableRecord(what, about, ALTERED)
    return content


def fault_in(kept: Kept) -> str:
    """What of it is not as it was written, in words; "" where all is, and where texts were taken out of it."""
    is_whole = digest(kept.content) == kept.sha256
    try:
        seals, texts = list(_seals(json.loads(kept.content))), json.loads(kept.texts or "[]")
        wrong = next((path for (path, seal), said in zip(seals, texts, strict=False) if not _fits(seal, said)), None)
        fits = len(seals) == len(texts)
    except (ValueError, TypeError, RecursionError):  # no JSON, or no texts with their salts: `read` says so
        wrong, fits = None, is_whole
    if not is_whole:
        return ALTERED if wrong is None else ALTERED_DIGEST.format(wrong)
    return ALTERED_TEXT.format(wrong) if wrong is not None else "" if fits else ALTERED_TEXTS


def redacted(record: Record, paths: Collection[str]) -> Record:
    """The record without the texts at these paths ("recommendations.0.text"): their digests stay, and prove the rest.

    Raises ValueError where a path leads to no text that a person typed, or the record is not as it was written.
    """
    if why := fault_in(record):
        raise ValueError(why)
    seals = [path for path, _ in _seals(json.loads(record.content))]
    if unknown := set(paths).difference(seals):
        raise ValueError(f"Nothing that a person typed stands at {', '.join(sorted(unknown))}.")
    texts = zip(seals, json.loads(record.texts or "[]"), strict=True)
    return replace(record, texts=as_json([None if path in paths else said for path, said in texts]))


class _Words(str):
    """A text that a person typed, among plain data."""


def _sealed(values: Any, texts: list[tuple[str, str]]) -> Any:
    """The values with a digest for each such text that is not empty; its salt and itself are put into `texts`."""
    match values:
        case _Words() if values:
            salt = secrets.token_hex(SALT // 2)
            texts.append((salt, values))
            return {SEAL: digest(salt + values)}
        case dict():
            return {name: _sealed(values[name], texts) for name in sorted(values)}
        case list():
            return [_sealed(one, texts) for one in values]
    return values


def _seals(values: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Where the digests stand, in their order, and which they are."""
    if isinstance(values, dict) and set(values) == {SEAL}:
        yield path, values[SEAL]
    elif isinstance(values, dict | list):
        for name, one in values.items() if isinstance(values, dict) else enumerate(values):
            yield from _seals(one, f"{path}.{name}" if path else str(name))


def _fits(seal: str, said: list[str] | None) -> bool:
    """Whether salt and text give the digest, or were taken out."""
    if said is None:
        return True
    salt, text = said
    return len(salt) == SALT and digest(salt + text) == seal


def _opened(values: Any, texts: Iterator[list[str] | None]) -> Any:
    """The values with the texts put back; words in place of one that was taken out."""
    if isinstance(values, dict):
        if set(values) == {SEAL}:
            said = next(texts)
            return REMOVED if said is None else said[1]
        return {name: _opened(one, texts) for name, one in values.items()}
    return [_opened(one, texts) for one in values] if isinstance(values, list) else values


def _exactly(kind: type) -> Callable[[Any, Any], Any]:
    """Takes a value of just this kind: nothing is made into text or a number that was none.

    `wanted` is the kind itself, or an enumeration of such values, of which it must be a member.
    """

    def take(value: Any, wanted: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(f"{value!r} is no {kind.__name__}")
        return wanted(value) if isinstance(wanted, type) else value

    return take


def _converter() -> cattrs.Converter:
    converter = make_converter(forbid_extra_keys=True)
    for kind in (str, int, bool):
        converter.register_structure_hook(kind, _exactly(kind))
    converter.register_structure_hook_func(lambda kind: kind in (Typed, Ours), _exactly(str))
    converter.register_unstructure_hook_func(lambda kind: kind == Typed, _Words)
    converter.register_unstructure_hook(date, lambda day: day.isoformat())
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    converter.register_unstructure_hook(datetime, lambda moment: moment.isoformat())
    converter.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
    converter.register_unstructure_hook_func(
        lambda kind: isinstance(kind, type) and issubclass(kind, Enum), lambda member: member.value
    )
    return converter


CONVERTER = _converter()
