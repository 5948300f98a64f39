"""The named cast, one person for each role, in a database that holds the real organisation and report."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client, TransactionTestCase

from krscp import background, child, triggers, unchanged
from recommendations.management.papers import make_missing
from subgroups.models import Partnership, User
from subgroups.readiness import what_is_missing
from tests import going_back, simultaneous
from tests.factories import make_person
from tests.standing import may_change

CAST = {
    "manager": ["manager"],
    "vca_cochair1": ["vca-co-chair-1"],
    "vca_cochair2": ["vca-co-chair-2"],
    "llr_cochair": ["llr-co-chair-1"],
    "qi_cochair": ["qi-co-chair-1"],
    "ld_cochair": ["ld-co-chair-1"],
    "slg_chair": ["slg-chair", "slg-detective-superintendent"],
    "slg_member": ["slg-director-of-quality"],
    "slg_teacher": ["slg-primary-head"],
    "strategic_lead": ["strategic-lead-borough-commander"],
    "commissioner": ["commissioner-public-health-kingston"],
    "lay_member": ["lay-member-1"],
    "scrutineer": ["scrutineer"],
    "administrator": ["administrator"],
    "nobody": [],
}


def cast_member(who: str) -> User:
    """A person of the cast, made when first asked for; for tests that commit."""
    email = f"{who}@people.example"
    found = User.objects.filter(email=email).first()
    return found or make_person(*CAST[who], email=email, name=who.replace("_", " "))


@pytest.fixture(scope="session", autouse=True)
def quick_settings():
    make_quick()


def make_quick() -> None:
    """Without what would slow or clutter tests; nothing that they are about."""
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django_settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    django_settings.CACHES = django_settings.CACHES | {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    }


def pytest_collection_modifyitems(items):
    """Marks what asks no database of Django's: on the second database it would be the same test once more."""
    asking = {"db", "transactional_db", "live_server", "django_db_setup"}
    for item in items:
        marked = {mark.name for mark in item.iter_markers()}
        if not asking & set(item.fixturenames) and not {"django_db", "each_database"} & marked:
            item.add_marker("once")


@pytest.fixture(autouse=True)
def read_here(request, monkeypatch):
    """Uploads are read in this process, as the one of their own would, unless a test is about that process."""
    if not any(request.node.iter_markers("own_process")):
        monkeypatch.setattr(child, "run", read_by)


@pytest.fixture(autouse=True)
def remember_nothing():
    """Of another test, whose rows had the same keys."""
    caches[unchanged.NAME].clear()


@pytest.fixture(autouse=True)
def made_here(request, monkeypatch):
    """Papers are made in this process, before the page answers, unless a test is about the process of their own.

    In front of a browser, too: no other process sees the database of the tests.
    """
    marked = {mark.name for mark in request.node.iter_markers()}
    if "own_process" not in marked or "browser" in marked:
        monkeypatch.setattr(background, "start", lambda command: make_missing())


def read_by(task: str, options: dict, data: bytes) -> Any:
    """What `krscp.child.run` gives."""
    return json.loads(child.answered(task, options, data))["value"]


@pytest.fixture(scope="session", autouse=True)
def real_flush() -> Iterator[Callable]:
    """`flush`, by which tests wipe what they committed, is refused in real life: it empties what stands for good."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def execute(operations: BaseDatabaseOperations, statements: list[str]) -> None:
        with may_change(operations.connection, *triggers.standing()):
            flush(operations, statements)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", execute)
        if connection.vendor == "postgresql":
            patch.setattr(TransactionTestCase, "_fixture_teardown", going_back.wipe)
        yield flush


def load() -> None:
    """The organisation and the report, by the command that a partnership uses."""
    if not Partnership.objects.exists():
        call_command("setup", verbosity=0)


@pytest.fixture(scope="session")
def as_loaded() -> Iterator[sqlite3.Connection]:
    """A place for a copy of the loaded database, to go back to on SQLite, where copying takes no time."""
    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as copy:
        yield copy


@pytest.fixture(scope="session")
def as_migrated() -> Iterator[sqlite3.Connection]:
    """A place for a copy of the database before anything was loaded, on SQLite."""
    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as copy:
        yield copy


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, as_migrated, as_loaded):
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            connection.connection.backup(as_migrated)
        load()
        assert what_is_missing() is None  # asked once here, so that no page of a test pays for it
        if connection.vendor == "sqlite":
            connection.connection.backup(as_loaded)
        else:
            going_back.keep()


@pytest.fixture(scope="session")
def as_lived_in(django_db_setup, django_db_blocker, as_migrated, as_loaded) -> Iterator[sqlite3.Connection]:
    """A copy of the world of tests/world on SQLite, built when first asked for; the database is as it was."""
    from tests.world.build import build  # its people are the cast of this file

    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as copy:
        with django_db_blocker.unblock():
            as_migrated.backup(connection.connection)
            build()
            connection.connection.backup(copy)
            as_loaded.backup(connection.connection)
        yield copy


@pytest.fixture
def loaded(transactional_db, as_loaded) -> None:
    """For tests that commit: what they leave is wiped, so the data is put back."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        as_loaded.backup(connection.connection)
    elif not Partnership.objects.exists():
        going_back.go_back()


def _member(name: str):
    @pytest.fixture(name=name)
    def person(db) -> User:
        return make_person(*CAST[name], email=f"{name}@people.example", name=name.replace("_", " ").capitalize())

    return person


for _name in CAST:
    globals()[f"{_name}_fixture"] = _member(_name)


@pytest.fixture
def together(tmp_path) -> Iterator[Callable[..., list[Any]]]:
    """`together(job, job, ...)` runs jobs at one moment, each on a connection of its own, and gives their results."""
    with simultaneous.on_a_file(tmp_path):
        yield simultaneous.run


@pytest.fixture
def sign_in():
    """`sign_in(person)` gives a browser-like client that is signed in as that person."""

    def signed_in(person: User) -> Client:
        client = Client()
        client.force_login(person, backend=django_settings.AUTHENTICATION_BACKENDS[0])
        return client

    return signed_in
