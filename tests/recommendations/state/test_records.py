"""Frozen records of every schema there was are read for ever: lifted version by version, and strictly."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from recommendations.annual import keeping, tables
from recommendations.domain.workflow import Difference, Status
from recommendations.state import picture, record
from recommendations.state.picture import Picture
from recommendations.state.record import CONVERTER, UPGRADERS, UnreadableRecord, as_json, digest, values_of

# Each written by the freeze of its day: a year with a review, its decisions, learning and attendance.
EXAMPLES = Path(__file__).parent / "records"


def kept(schema: int, content: str) -> SimpleNamespace:
    return SimpleNamespace(schema=schema, content=content, sha256=digest(content))


def example(schema: int) -> str:
    return (EXAMPLES / f"schema_{schema}.json").read_text(encoding="utf-8")


def read(schema: int, content: str) -> Picture:
    return CONVERTER.structure(values_of(kept(schema, content), picture.SCHEMA, UPGRADERS, "It", None), Picture)


@pytest.mark.parametrize("schema", range(1, picture.SCHEMA + 1))
def test_a_record_of_every_schema_there_was_is_read_whole(schema):
    shown = read(schema, example(schema))
    assert (shown.schema, shown.title) == (picture.SCHEMA, "Six-monthly review, 17 March 2027")
    assert (len(shown.recommendations), len(shown.learning), len(shown.attendance)) == (36, 1, 2)
    [answer] = [one.difference for one in shown.recommendations if one.difference]
    assert answer is Difference.EVIDENCED
    assert all(type(one.status) is Status for one in (*shown.recommendations, *shown.rows))
    assert [minute.label for minute in shown.decisions] == ["Sign off, check again on 17 March 2027", "Minute a note"]


def test_what_is_kept_is_written_as_the_example_of_todays_schema_is():
    """A picture that changes without a new schema fails here: raise it, add an upgrader and an example."""
    assert as_json(read(picture.SCHEMA, example(picture.SCHEMA))) == example(picture.SCHEMA)


def test_every_schema_but_todays_has_its_upgrader():
    assert sorted(record.UPGRADERS) == list(range(1, picture.SCHEMA))
    assert sorted(keeping.UPGRADERS) == list(range(1, tables.SCHEMA))


def test_a_record_of_schema_1_from_before_decisions_stood_in_it_is_read():
    values = json.loads(example(1))
    for whole in values["recommendations"]:
        for row in whole["rows"]:
            del row["decided"]
    shown = read(1, json.dumps(values))
    assert {len(row.decided) for row in shown.rows} == {0}


def test_upgraders_are_applied_in_turn():
    steps = {1: lambda values: {"seen": [1]}, 2: lambda values: {"seen": [*values["seen"], 2]}}
    assert values_of(kept(1, "{}"), 3, steps, "It", None) == {"seen": [1, 2], "schema": 3}
    assert values_of(kept(2, '{"seen": []}'), 3, steps, "It", None) == {"seen": [2], "schema": 3}


@pytest.mark.parametrize(("schema", "why"), [(0, "does not know"), (4, "schema is 4, and this version reads up to 3")])
def test_a_schema_without_a_way_to_todays_is_said_to_be_so(schema, why):
    with pytest.raises(UnreadableRecord, match=why):
        values_of(kept(schema, "{}"), 3, {1: dict, 2: dict}, "It", None)
