"""A kept record proves itself text by text, and what is taken out of it leaves the proof of all the rest."""

import json
from dataclasses import dataclass, replace

import pytest

from krscp.sealed_records import (
    ALTERED,
    REMOVED,
    BeingMade,
    Ours,
    Record,
    RecordForm,
    Typed,
    UnreadableRecord,
    as_json,
    digest,
    fault_in,
    file_of,
    redacted,
)


@dataclass(frozen=True)
class Line:
    slug: Ours
    said: Typed
    more: list[Typed]
    schema: int = 2


@dataclass(frozen=True)
class Page:
    title: Typed
    lines: list[Line]


FORM = RecordForm(Line, 2, {1: dict})
LINE = Line("25", "The analyst left", ["It slipped", "", "It slipped"])


@pytest.fixture
def record() -> Record:
    return FORM.write(LINE)


def read(record: Record) -> Line:
    return FORM.read(record, "It", None)


def with_texts(record: Record, change) -> Record:
    texts = json.loads(record.texts)
    change(texts)
    return replace(record, texts=json.dumps(texts))


def test_each_text_has_a_digest_of_its_own_and_one_that_is_empty_has_none(record):
    first, said = json.loads(record.texts)[1:], json.loads(record.content)
    assert said["slug"] == "25"
    assert said["more"][1] == ""
    assert said["more"][0] != said["more"][2], "the same words twice, and nobody sees that they are the same"
    assert [text for _, text in first] == ["It slipped", "The analyst left"]
    assert digest("".join(first[1])) == said["said"]["sha256"]
    assert digest(record.content) == record.sha256
    assert read(record) == LINE
    assert fault_in(record) == ""


def altered_text(record: Record) -> Record:
    return with_texts(record, lambda texts: texts[2].__setitem__(1, "The analyst stayed"))


def wrong_salt(record: Record) -> Record:
    return with_texts(record, lambda texts: texts[2].__setitem__(0, "0" * 32))


def letter_moved_to_the_salt(record: Record) -> Record:
    return with_texts(record, lambda texts: texts.__setitem__(2, [texts[2][0] + "The", " analyst left"]))


def altered_digest(record: Record) -> Record:
    seal = json.loads(record.content)["said"]["sha256"]
    return replace(record, content=record.content.replace(seal, "0" * 64))


def altered_rest(record: Record) -> Record:
    return replace(record, content=record.content.replace('"25"', '"26"'))


OF_A_TEXT = "Its text said, or the salt of it, is not what was written then"
FAULTS = {
    altered_text: OF_A_TEXT,
    wrong_salt: OF_A_TEXT,
    letter_moved_to_the_salt: OF_A_TEXT,
    altered_digest: "its checksum differs, and so does the digest of its text said.",
    altered_rest: "its checksum differs.",
    lambda record: replace(record, sha256="0" * 64): ALTERED,
    lambda record: replace(record, content="{"): ALTERED,
    lambda record: with_texts(record, list.pop): "some are missing, or too many",
    lambda record: with_texts(record, lambda texts: texts.append(texts[0])): "some are missing, or too many",
    lambda record: replace(record, texts=""): "some are missing, or too many",
    lambda record: replace(record, texts="["): "does not know",
    lambda record: replace(record, texts="[1, 2, 3]"): "does not know",
    lambda record: replace(record, content="{", sha256=digest("{")): "does not know",
}


@pytest.mark.parametrize("alter", FAULTS)
def test_what_was_altered_is_told_and_nothing_is_read(record, alter):
    with pytest.raises(UnreadableRecord) as refused:
        read(alter(record))
    assert refused.value.why.endswith(FAULTS[alter]) or FAULTS[alter] in refused.value.why


@pytest.mark.parametrize("alter", [altered_digest, altered_rest])
def test_the_rest_is_proven_without_its_texts(record, alter):
    assert FORM.rest(replace(record, texts="?"), "It", None)["slug"] == "25"
    with pytest.raises(UnreadableRecord, match="checksum differs"):
        FORM.rest(alter(record), "It", None)


def test_what_is_redacted_is_gone_with_its_salt_and_the_rest_is_proven(record):
    less = redacted(record, ["said", "more.0"])
    assert (less.content, less.sha256) == (record.content, record.sha256)
    assert "analyst" not in less.texts
    assert json.loads(less.texts) == [None, json.loads(record.texts)[1], None]
    assert read(less) == replace(LINE, said=REMOVED, more=[REMOVED, "", "It slipped"])
    assert redacted(less, ["said"]) == less
    assert [fault_in(alter(less)) for alter in (altered_rest, altered_digest)] == [ALTERED, ALTERED]
    with pytest.raises(UnreadableRecord, match=r"Its text more\.2"):
        read(with_texts(less, lambda texts: texts[1].__setitem__(1, "Another")))


@pytest.mark.parametrize("path", ["slug", "more.1", "more", "nothing", "", "said.sha256", "more.9"])
def test_only_what_a_person_typed_is_redacted(record, path):
    with pytest.raises(ValueError, match="Nothing that a person typed stands at"):
        redacted(record, ["said", path])


def test_an_altered_record_is_not_redacted(record):
    with pytest.raises(ValueError, match="checksum differs"):
        redacted(altered_rest(record), ["said"])


def test_an_old_record_has_nothing_that_can_be_taken_out():
    content = as_json({"slug": "25", "said": "The analyst left", "more": []})
    old = Record(1, content, "", digest(content))
    assert read(old) == replace(LINE, more=[])
    with pytest.raises(ValueError, match="Nothing that a person typed stands at said"):
        redacted(old, ["said"])


def test_a_small_record_stands_beside_a_large_one_by_the_same_rules(record):
    front = RecordForm(Page, 1, {}).write(Page("Six-monthly review", [LINE]))
    assert RecordForm(Page, 1, {}).read(front, "It", None).lines == [LINE]
    less = redacted(front, ["lines.0.said"])
    assert RecordForm(Page, 1, {}).read(less, "It", None).lines[0].said == REMOVED
    assert read(record) == LINE


@dataclass
class File:
    content: bytes
    sha256: str


def test_a_file_is_what_was_kept_or_is_not_given():
    assert file_of(lambda: File(b"It", digest(b"It")), "It", None) == b"It"
    with pytest.raises(UnreadableRecord, match="checksum differs"):
        file_of(lambda: File(b"Id", digest(b"It")), "It", None)


def test_a_file_that_is_not_there_is_still_being_made():
    from django.core.exceptions import ObjectDoesNotExist

    def find() -> File:
        raise ObjectDoesNotExist

    with pytest.raises(BeingMade, match=r"manage\.py make_papers makes it"):
        file_of(find, "It", None)
