"""Backup and restore: whole, counted and checked, or a refusal in words that changes nothing."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from krscp.backups import postgres, sqlite
from krscp.files.archive import MANIFEST
from tests.scratch import IS_POSTGRES, another, manage

pytestmark = pytest.mark.each_database
FILE = postgres.FILE if IS_POSTGRES else sqlite.FILE


@pytest.fixture
def empty(tmp_path, django_db_blocker):
    """The address of a database with nothing in it."""
    with another("restored", tmp_path, django_db_blocker) as place:
        yield place


@pytest.fixture(scope="module")
def full(tmp_path_factory, django_db_blocker):
    """The address of a database that was set up, for tests that leave it as it is."""
    with another("full", tmp_path_factory.mktemp("full"), django_db_blocker) as place:
        done = manage(place, "setup")
        assert done.returncode == 0, done.stderr
        yield place


@pytest.fixture(scope="module")
def kept(full, tmp_path_factory):
    """A backup of it, in a folder."""
    target = tmp_path_factory.mktemp("kept") / "backup"
    done = manage(full, "backup", str(target))
    assert done.returncode == 0, done.stderr
    return target


def copied(kept: Path, tmp_path: Path, **changed: object) -> Path:
    """The backup again, with some of its manifest changed."""
    copy = tmp_path / "copy"
    shutil.copytree(kept, copy)
    told = json.loads((copy / MANIFEST).read_text())
    (copy / MANIFEST).write_text(json.dumps(told | changed))
    return copy


def rows(place: str, tmp_path: Path) -> dict[str, int]:
    """What a database holds, by a fresh backup of it."""
    target = tmp_path / "rows.zip"
    target.unlink(missing_ok=True)
    done = manage(place, "backup", str(target))
    assert done.returncode == 0, done.stderr
    with ZipFile(target) as file:
        return json.loads(file.read(MANIFEST))["rows"]


def refused(done: subprocess.CompletedProcess, *words: str) -> None:
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


def test_what_was_backed_up_is_restored_row_for_row(full, kept, empty, tmp_path):
    told = json.loads((kept / MANIFEST).read_text())
    assert told["rows"]["recommendations_recommendation"] == 36
    done = manage(empty, "restore", str(kept))
    assert done.returncode == 0, done.stderr
    assert "Next: restart the tracker" in done.stdout
    assert rows(empty, tmp_path) == told["rows"]
    assert manage(empty, "migrate", "--check").returncode == 0


def test_only_the_account_that_made_it_may_read_it(kept):
    assert kept.stat().st_mode & 0o077 == 0


def test_a_database_that_holds_data_is_refused_unless_told(full, kept, tmp_path):
    refused(manage(full, "restore", str(kept)), "holds data", "--replace")
    done = manage(full, "restore", str(kept), "--replace")
    assert done.returncode == 0, done.stderr
    assert rows(full, tmp_path) == json.loads((kept / MANIFEST).read_text())["rows"]


def test_a_target_that_is_there_is_left_alone(full, kept):
    refused(manage(full, "backup", str(kept)), "is there already")


def test_a_target_that_cannot_be_written_is_refused(full, tmp_path):
    refused(manage(full, "backup", str(tmp_path / "no" / "such" / "folder.zip")), "cannot be written")


def unmeasured(environment: Mapping[str, str]) -> dict[str, str]:
    """Without what makes a process write down which lines it ran: here it can write nothing large."""
    return {name: value for name, value in environment.items() if not name.startswith("COV")}


def test_a_full_disk_leaves_no_half_backup(full, tmp_path):
    limited = f"ulimit -f 8; exec {sys.executable} -W ignore manage.py backup {tmp_path / 'full'}"
    done = subprocess.run(
        ["bash", "-c", limited],
        cwd=settings.BASE_DIR,
        env=unmeasured(os.environ) | {"DATABASE_URL": full},
        capture_output=True,
        text=True,
    )
    refused(done, "Nothing is backed up")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_database_is_no_backup(empty, tmp_path):
    refused(manage(empty, "backup", str(tmp_path / "target.zip")), "manage.py setup")
    assert not (tmp_path / "target.zip").exists()


@pytest.mark.skipif(not IS_POSTGRES, reason="SQLite needs no other program")
def test_without_the_programs_of_postgresql_it_says_what_to_install(full, kept, empty, tmp_path):
    refused(manage(full, "backup", str(tmp_path / "target"), PATH="/nowhere"), "apt install postgresql-client")
    refused(manage(empty, "restore", str(kept), PATH="/nowhere"), "apt install postgresql-client")


def test_a_damaged_backup_is_refused_and_nothing_changes(kept, empty, tmp_path):
    copy = copied(kept, tmp_path)
    data = bytearray((copy / FILE).read_bytes())
    data[len(data) // 2] ^= 255
    (copy / FILE).write_bytes(data)
    refused(manage(empty, "restore", str(copy)), "Nothing is restored", "SHA-256")
    refused(manage(empty, "backup", str(tmp_path / "after")), "manage.py setup")


def test_a_backup_with_another_number_of_rows_than_it_says_is_refused_and_nothing_changes(kept, empty, full, tmp_path):
    told = json.loads((kept / MANIFEST).read_text())["rows"]
    copy = copied(kept, tmp_path, rows=told | {"subgroups_body": told["subgroups_body"] + 1})
    refused(manage(empty, "restore", str(copy)), "Nothing is restored", "subgroups_body should have")
    refused(manage(empty, "backup", str(tmp_path / "after")), "manage.py setup")
    refused(manage(full, "restore", str(copy), "--replace"), "Nothing is restored")
    assert rows(full, tmp_path) == told


def test_a_backup_of_a_later_version_is_refused(kept, empty, tmp_path):
    told = json.loads((kept / MANIFEST).read_text())["migrations"]
    copy = copied(kept, tmp_path, version="9.0.0", migrations=[*told, "recommendations.0999_later"])
    refused(manage(empty, "restore", str(copy)), "version 9.0.0", "recommendations.0999_later")


def test_after_a_backup_of_an_earlier_version_it_says_to_migrate(kept, empty, tmp_path):
    told = json.loads((kept / MANIFEST).read_text())["migrations"]
    done = manage(empty, "restore", str(copied(kept, tmp_path, migrations=told[:-1])))
    assert "Next: manage.py migrate" in done.stdout


@pytest.mark.parametrize(("changed", "words"), [({"kind": None}, "exit_import"), ({"database": "other"}, "other")])
def test_what_is_no_backup_of_such_a_database_is_refused(kept, empty, tmp_path, changed, words):
    refused(manage(empty, "restore", str(copied(kept, tmp_path, **changed))), words)


def test_what_is_not_there_is_refused(empty, tmp_path):
    refused(manage(empty, "restore", str(tmp_path / "nothing.zip")), "is not there")


def test_nothing_is_kept_outside_the_database():
    fields = [field for model in apps.get_models() for field in model._meta.get_fields()]
    assert [field for field in fields if isinstance(field, models.FileField)] == []


WRITER = """
import django; django.setup()
from django.db import connection, transaction
from django.utils import timezone
from subgroups.services.exporting import log_export
from subgroups.models import User
person, number = User.objects.first(), 0
while True:
    with transaction.atomic():
        log_export(what=f"written {number}", file_format="csv", filtered_by="", rows=number, by=person)
    print(number, flush=True)
    number += 1
"""


def test_a_backup_while_people_write_loses_nothing_that_was_acknowledged(full, empty, tmp_path):
    assert manage(full, "invite", "writer@people.example", "--post", "manager").returncode == 0
    told = os.environ | {"DATABASE_URL": full, "DJANGO_SETTINGS_MODULE": "krscp.settings"}
    command = [sys.executable, "-W", "ignore", "-c", WRITER]
    writer = subprocess.Popen(command, cwd=settings.BASE_DIR, env=told, stdout=subprocess.PIPE, text=True)
    try:
        before = [int(writer.stdout.readline()) for _ in range(50)][-1]
        done = manage(full, "backup", str(tmp_path / "busy.zip"))
    finally:
        writer.kill()
        after = int(writer.communicate()[0].split()[-1])
    assert done.returncode == 0, done.stderr
    restored = manage(empty, "restore", str(tmp_path / "busy.zip"))
    assert restored.returncode == 0, restored.stderr
    with ZipFile(tmp_path / "busy.zip") as file:
        written = json.loads(file.read(MANIFEST))["rows"]["subgroups_exportrecord"]
    assert before + 1 <= written <= after + 2
    assert after > before, "it went on writing meanwhile"
    if not IS_POSTGRES:
        with closing(sqlite3.connect(empty.removeprefix("sqlite:///"))) as found:
            numbers = [row[0] for row in found.execute("SELECT rows FROM subgroups_exportrecord ORDER BY rows")]
        assert numbers == list(range(written))
