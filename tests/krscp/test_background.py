"""A command in a process of its own: begun once what was written is stored, and a failure is in the log."""

import logging

import pytest

from krscp import background

pytestmark = pytest.mark.own_process


def test_it_begins_when_what_was_written_is_stored(db, monkeypatch, django_capture_on_commit_callbacks):
    begun = []
    monkeypatch.setattr(background, "begin", begun.append)
    with django_capture_on_commit_callbacks(execute=True):
        background.start("make_papers")
        assert begun == []
    assert begun == ["make_papers"]


@pytest.mark.once
def test_it_is_the_command_with_the_database_of_this_process_and_a_failure_is_in_the_log(tmp_path, monkeypatch, caplog):
    monkeypatch.setitem(background.connection.settings_dict, "NAME", str(tmp_path / "none.sqlite3"))
    with caplog.at_level(logging.ERROR):
        background.begin("make_papers").join(120)
    assert "manage.py make_papers ended with 1" in caplog.text
    assert "setup first" in caplog.text


@pytest.mark.once
def test_one_that_ends_well_says_nothing(caplog):
    background.begin("help").join(120)
    assert caplog.text == ""


@pytest.mark.once
def test_a_demonstration_passes_its_own_database_on(monkeypatch):
    monkeypatch.setitem(background.connection.settings_dict, "NAME", "/srv/demo.sqlite3")
    assert background._environment()["DATABASE_URL"] == "sqlite:////srv/demo.sqlite3"
