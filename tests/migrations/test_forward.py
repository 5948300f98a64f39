"""A database that was filled when the first migrations were final comes to the present state with everything in it."""

import json

import pytest

from tests.scratch import IS_POSTGRES, another, command, manage

pytestmark = pytest.mark.each_database


@pytest.fixture
def empty(tmp_path, django_db_blocker):
    """The address of a database with nothing in it."""
    if IS_POSTGRES:
        with another("forward", django_db_blocker) as place:
            yield place
    else:
        yield f"sqlite:///{tmp_path / 'forward.sqlite3'}"


def test_a_filled_database_of_the_first_state_is_brought_to_the_present_one_whole(empty):
    done = command(empty, "-m", "tests.migrations.forward")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert len(told["before"]) > 60
    assert {table: told["after"].get(table) for table in told["before"]} == told["before"]
    assert {place: status for place, status in told["pages"].items() if status != 200} == {}
    assert len(told["pages"]) > 45
    checked = manage(empty, "check_records")
    assert checked.returncode == 0, checked.stderr
    assert "can be read" in checked.stdout
