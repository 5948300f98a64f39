"""Records of every schema there was are read for ever: lifted version by version, and strictly."""

import json
from pathlib import Path

import pytest

from krscp.sealed_records import CONVERTER, Record, RecordForm, UnreadableRecord, as_json, digest
from recommendations.annual.keeping import REPORTS
from recommendations.domain.workflow import Difference, Status
from recommendations.state import picture
from recommendations.state.picture import Picture
from recommendations.state.record_form import PICTURES
from tests.recommendations.state.declared import declared

# Each written by the freeze of its day: a year with a review, its decisions, learning and attendance.
EXAMPLES = Path(__file__).parent / "records"
OF_REPORTS = Path(__file__).parents[1] / "annual" / "records"
# The first schema of each that keeps what people typed under salted digests: an example is the whole row.
SALTED = {EXAMPLES: 4, OF_REPORTS: 2}


def kept(schema: int, content: str) -> Record:
    return Record(schema, content, "", digest(content))


def example(schema: int, folder: Path = EXAMPLES) -> Record:
    text = (folder / f"schema_{schema}.json").read_text(encoding="utf-8")
    return Record(**json.loads(text)) if schema >= SALTED[folder] else kept(schema, text)


def read(record: Record) -> Picture:
    return PICTURES.read(record, "It", None)


@pytest.mark.parametrize("schema", range(1, picture.SCHEMA + 1))
def test_a_record_of_every_schema_there_was_is_read_whole(schema):
    shown = read(example(schema))
    assert (shown.schema, shown.title) == (picture.SCHEMA, "Six-monthly review, 17 March 2027")
    assert (len(shown.recommendations), len(shown.learning), len(shown.attendance)) == (36, 1, 2)
    [answer] = [one.difference for one in shown.recommendations if one.difference]
    assert answer is Difference.EVIDENCED
    assert all(type(one.status) is Status for one in (*shown.recommendations, *shown.rows))
    assert [minute.label for minute in shown.decisions] == ["Sign off, check again on 17 March 2027", "Minute a note"]


def test_of_whatever_schema_a_record_is_it_shows_the_same():
    assert read(example(3)) == read(example(4))
    assert REPORTS.read(example(1, OF_REPORTS), "It", None) == REPORTS.read(example(2, OF_REPORTS), "It", None)


@pytest.mark.parametrize(("form", "folder"), [(PICTURES, EXAMPLES), (REPORTS, OF_REPORTS)])
def test_what_is_kept_is_written_as_the_example_of_todays_schema_is(form, folder):
    """What changes without a new schema fails here: raise it, add an upgrader and an example."""
    then = example(form.schema, folder)
    again = form.write(form.read(then, "It", None))
    assert unsalted(again) == unsalted(then)
    assert as_json(CONVERTER.unstructure(form.read(again, "It", None))) == as_json(
        CONVERTER.unstructure(form.read(then, "It", None))
    )
    assert {len(salt) for salt, _ in json.loads(again.texts)} == {32}
    assert not {salt for salt, _ in json.loads(again.texts)} & {salt for salt, _ in json.loads(then.texts)}


def unsalted(record: Record) -> tuple[str, list[str]]:
    """The content with the same mark for every digest, and the texts."""
    texts = json.loads(record.texts)
    content = record.content
    for salt, text in texts:
        content = content.replace(digest(salt + text), "")
    return content, [text for _, text in texts]


def test_every_schema_but_todays_has_its_upgrader():
    for form in (PICTURES, REPORTS):
        assert sorted(form.upgraders) == list(range(1, form.schema))


@pytest.mark.parametrize("form", [PICTURES, REPORTS])
def test_every_text_is_said_to_be_typed_by_a_person_or_ours(form):
    """A bare `str` in what is kept fails here: whoever adds one says whether it may have to be taken out one day."""
    texts = list(declared(form.shape))
    assert {said for _, said in texts} == {"typed by a person", "ours"}, [one for one in texts if one[1] == "str"]


def test_what_people_type_stands_in_no_record_but_apart():
    record = example(4)
    shown = read(record)
    [said] = [row.said for row in shown.rows if row.reference == "25"]
    for text in (said.what_happened, shown.recommendations[0].text, shown.rows[0].title, shown.learning[0].changes):
        assert text in record.texts
        assert text not in record.content


def test_a_record_of_schema_1_from_before_decisions_stood_in_it_is_read():
    values = json.loads(example(1).content)
    for whole in values["recommendations"]:
        for row in whole["rows"]:
            del row["decided"]
    shown = read(kept(1, json.dumps(values)))
    assert {len(row.decided) for row in shown.rows} == {0}


def test_upgraders_are_applied_in_turn():
    steps = {1: lambda values: {"seen": [1]}, 2: lambda values: {"seen": [*values["seen"], 2]}}
    form = RecordForm(dict, 3, steps)
    assert form.rest(kept(1, "{}"), "It", None) == {"seen": [1, 2], "schema": 3}
    assert form.rest(kept(2, '{"seen": []}'), "It", None) == {"seen": [2], "schema": 3}


@pytest.mark.parametrize(("schema", "why"), [(0, "does not know"), (4, "schema is 4, and this version reads up to 3")])
def test_a_schema_without_a_way_to_todays_is_said_to_be_so(schema, why):
    for read_of in (RecordForm(dict, 3, {1: dict, 2: dict}).rest, RecordForm(dict, 3, {1: dict, 2: dict}).read):
        with pytest.raises(UnreadableRecord, match=why):
            read_of(kept(schema, "{}"), "It", None)
