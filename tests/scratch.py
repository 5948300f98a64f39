"""Databases beside that of the tests, which a command makes, fills or reads in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.utils import ConnectionHandler

IS_POSTGRES = connection.vendor == "postgresql"


def command(place: str, *words: str, **environment: str) -> subprocess.CompletedProcess:
    """A command of Python on the database at a place."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", *words],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": place} | environment,
        capture_output=True,
        text=True,
        timeout=300,
    )


def manage(place: str, *words: str, **environment: str) -> subprocess.CompletedProcess:
    """A command of manage.py on the database at a place."""
    return command(place, "manage.py", *words, **environment)


def address_of(name: str) -> str:
    """A database of PostgreSQL beside that of the tests."""
    told = connection.settings_dict
    secret = f":{told['PASSWORD']}" if told["PASSWORD"] else ""
    return f"postgres://{told['USER']}{secret}@{told['HOST']}:{told['PORT'] or 5432}/{name}"


@contextmanager
def another(purpose: str, folder: Path, blocker) -> Iterator[str]:
    """The address of an empty database for this process: a file in the folder, or on the server for a while."""
    if not IS_POSTGRES:
        yield f"sqlite:///{folder / purpose}.sqlite3"
        return
    name = f"krscp_tests_{purpose}_{os.getpid()}"
    handler = ConnectionHandler({"default": settings.DATABASES["default"] | {"NAME": "postgres"}})
    with blocker.unblock(), closing(handler["default"]) as server, server.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
        yield address_of(name)
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
