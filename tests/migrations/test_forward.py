"""A database that was filled when the first migrations were final comes to the present state with everything in it."""

import json

import pytest

from tests.migrations.forward import MOVED, REMOVED
from tests.scratch import another, command, manage

NOW = {f"recommendations_{name}": f"subgroups_{name}" for name in MOVED}
pytestmark = pytest.mark.each_database


def test_a_filled_database_of_the_first_state_is_brought_to_the_present_one_whole(tmp_path, django_db_blocker):
    with another("forward", tmp_path, django_db_blocker) as empty:
        brought_forward(empty)


def brought_forward(empty: str) -> None:
    done = command(empty, "-m", "tests.migrations.forward")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert len(told["before"]) > 60
    assert {table: told["after"].get(NOW.get(table, table)) for table in told["before"]} == told["before"]
    assert told["after"]["subgroups_meeting"] == told["before"]["recommendations_review"]
    assert all(told["moving"].values())
    assert told["moved"] == told["moving"]
    assert told["next"] > REMOVED, "the history of what was removed would go on as another's"
    assert {place: status for place, status in told["pages"].items() if status != 200} == {}
    assert len(told["pages"]) > 45
    checked = manage(empty, "check_records")
    assert checked.returncode == 0, checked.stderr
    assert "can be read" in checked.stdout
