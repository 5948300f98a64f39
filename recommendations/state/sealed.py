"""The front that a freeze keeps beside its record: small, and sealed to the very record that it was drawn of.

A text that is taken out of a record is taken out of its front by emptying it: it is drawn of the record again.
"""

import json

from krscp.sealed_records import CONVERTER, Record, as_json, digest, otherwise, reading
from recommendations.models import Review, Snapshot
from recommendations.state.front import Front, front_of
from recommendations.state.picture import Picture
from recommendations.state.record_form import named, read_picture

# Whoever changes what a front holds raises it: one of another version is drawn of its record.
VERSION = 1


def sealed_front(shown: Picture, record: Record) -> tuple[str, str]:
    """What is kept beside the record of this picture, and its seal."""
    front = as_json(CONVERTER.unstructure(front_of(shown)))
    return front, seal(front, record.sha256, record.schema)


def seal(front: str, sha256: str, schema: int) -> str:
    """The digest of a front with the record that it belongs to: beside another record it is broken."""
    return digest(f"{VERSION}:{schema}:{sha256}:{front}")


def is_sealed(snapshot: Snapshot) -> bool:
    return bool(snapshot.front) and snapshot.seal == seal(snapshot.front, snapshot.sha256, snapshot.schema)


def read_front(review: Review) -> Front:
    """The front of a frozen review; of one that has none, drawn of its record. Raises UnreadableRecord."""
    with reading(named(review), review):
        if is_sealed(review.snapshot):
            return CONVERTER.structure(json.loads(review.snapshot.front), Front)
        return front_of(read_picture(review))


def can_be_read(review: Review) -> bool:
    """Whether its record can be read, as far as its seal says; lists ask this, the page itself reads it."""
    return otherwise(lambda: is_sealed(review.snapshot) or bool(read_picture(review)), False)
