"""Before it is set up, or while its database is away, the tracker says what to run, and leaves nothing behind."""

import os
import shlex
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command, get_commands
from django.db import OperationalError
from django.test import Client

from subgroups import readiness

# What each command of the tracker's own rooms does in an empty place: words that it says, or why it is not asked.
SAYS = {
    "backup": ("backup target.zip", "setup first"),
    "check_records": ("check_records", "setup first"),
    "exit_export": ("exit_export target.zip", "setup first"),
    "exit_import": ("exit_import nothing.zip", "setup first"),
    "export_recommendations": ("export_recommendations --format json", "setup first"),
    "import_report": (f"import_report {settings.FIXTURES / 'isr-2021.md'} --code isr-2021", "setup first"),
    "make_papers": ("make_papers", "setup first"),
    "invite": ("invite new@people.example --post manager", "setup first"),
    "send_reminders": ("send_reminders", "setup first"),
    # Of Django and other packages: those that ask the database.
    "changepassword": ("changepassword new@people.example", "setup first"),
    "clean_duplicate_history": ("clean_duplicate_history --auto", "setup first"),
    "clean_old_history": ("clean_old_history --auto", "setup first"),
    "clearsessions": ("clearsessions", "setup first"),
    "createcachetable": ("createcachetable", "setup first"),
    "createsuperuser": ("createsuperuser --noinput --email new@people.example --name New", "setup first"),
    "dumpdata": ("dumpdata", "setup first"),
    "flush": ("flush --noinput", "setup first"),
    "inspectdb": ("inspectdb", "setup first"),
    "loaddata": ("loaddata nothing.json", "setup first"),
    "populate_history": ("populate_history --auto", "setup first"),
    "remove_stale_contenttypes": ("remove_stale_contenttypes --noinput", "setup first"),
    "showmigrations": ("showmigrations", "setup first"),
    "restore": ("restore nothing.zip", "is not there"),
}
NOT_ASKED = {
    "setup": "makes the database", "migrate": "makes the database", "demo": "makes a database of its own",
    "build_assets": "copies files", "write_docs": "writes pages from the code", "collectstatic": "copies files",
    "findstatic": "looks for a file", "check": "asks no database", "diffsettings": "prints settings",
    "compilemessages": "compiles files", "makemessages": "writes files", "makemigrations": "writes files",
    "squashmigrations": "writes files",
    "optimizemigration": "writes files", "startapp": "writes files", "startproject": "writes files",
    "sqlflush": "prints SQL", "sqlmigrate": "prints SQL", "sqlsequencereset": "prints SQL",
    "shell": "for people", "dbshell": "for people", "test": "for other tests", "testserver": "for people",
    "sendtestemail": "sends mail", "runserver": "serves, and its pages say it", "ogrinspect": "no maps here",
    "account_unsetmultipleprimaryemails": "for other set-ups",
}  # fmt: skip


def manage(place: str, line: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", *shlex.split(line)],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": place},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_every_command_there_is_stands_in_one_of_the_tables():
    assert set(get_commands()) - set(SAYS) - set(NOT_ASKED) == set()


@pytest.mark.parametrize("name", sorted(SAYS))
def test_before_set_up_each_command_says_so_and_makes_no_file(name, tmp_path):
    line, words = SAYS[name]
    line = line.replace("target.zip", str(tmp_path / "target.zip")).replace("nothing.", f"{tmp_path}/nothing.")
    done = manage(f"sqlite:///{tmp_path / 'none.sqlite3'}", line)
    assert done.returncode == 1, done.stdout
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir() if name != "restore"] == []


@pytest.fixture
def not_ready(monkeypatch):
    """The tracker, asked anew whether it is ready."""
    monkeypatch.setattr(readiness, "_found_ready", False)


def page_of(client: Client, path: str = "/sign-in/") -> tuple[int, str]:
    answer = client.get(path)
    return answer.status_code, answer.content.decode()


MISSING = {
    "setup": lambda patch: patch.setattr(readiness.Partnership.objects, "exists", lambda: False),
    "migrate": lambda patch: patch.setattr(readiness.MigrationExecutor, "migration_plan", lambda *_: ["one"]),
}


@pytest.mark.parametrize("command", sorted(MISSING))
@pytest.mark.parametrize("path", ["/", "/sign-in/", "/isr-2021/25/", "/no/such/page/"])
def test_every_page_says_what_to_run_and_links_nowhere(db, not_ready, monkeypatch, command, path):
    MISSING[command](monkeypatch)
    status, words = page_of(Client(), path)
    assert status == 503
    assert f"manage.py {command}</code>" in words
    assert "<a " not in words


@pytest.mark.parametrize("command", sorted(MISSING))
def test_our_commands_say_what_to_run(db, not_ready, monkeypatch, command):
    MISSING[command](monkeypatch)
    with pytest.raises(CommandError, match=f"Run manage.py {command} first"):
        call_command("send_reminders")


def test_a_database_that_does_not_answer_is_said_in_words(db, not_ready, monkeypatch):
    def fail(*_):
        raise OperationalError("connection refused")

    monkeypatch.setattr(readiness, "MigrationExecutor", fail)
    status, words = page_of(Client())
    assert status == 503
    assert "The database does not answer" in words
    assert "connection refused" not in words


def test_once_it_was_ready_no_page_asks_again(db, not_ready, django_assert_num_queries):
    assert page_of(Client())[0] == 200
    with django_assert_num_queries(0):
        assert readiness.what_is_missing() is None


def test_it_serves_that_page_over_an_empty_place_and_a_file_without_tables(tmp_path):
    show = (
        "from django.test import Client; answer = Client().get('/'); "
        "print(answer.status_code, 'manage.py setup' in answer.content.decode())"
    )
    empty = tmp_path / "empty.sqlite3"
    with closing(sqlite3.connect(empty)) as made:
        made.execute("VACUUM")
    for file in (tmp_path / "none.sqlite3", empty):
        done = manage(f"sqlite:///{file}", f"shell --no-imports -c {shlex.quote(show)}")
        assert done.stdout.split() == ["503", "True"], done.stderr
    assert not (tmp_path / "none.sqlite3").exists()


def test_missing_migrations_are_found_without_a_database(tmp_path):
    assert manage(f"sqlite:///{tmp_path / 'none.sqlite3'}", "makemigrations --check --dry-run").returncode == 0
    assert list(tmp_path.iterdir()) == []
