"""SQLite that opens a database and never makes an empty one, unless the command is one that fills it."""

import sys
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.db.backends.sqlite3 import base

MAKERS = {"setup", "migrate", "demo", "restore"}
PROGRAMS = {"manage.py", "gunicorn"}  # a script of its own may make what it likes


class NoDatabase(ImproperlyConfigured, OperationalError):
    """There is no file where the database should be. Both, so that runserver starts and makemigrations goes on."""


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's, but for a file that is not there."""

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        name = str(params["database"])
        may_make = MAKERS & set(sys.argv[1:2]) or Path(sys.argv[0]).name not in PROGRAMS
        if may_make or name == ":memory:" or name.startswith("file:"):
            return params
        place = Path(name).absolute()
        if not place.is_file():
            raise NoDatabase(f"There is no database {place}. Run manage.py setup first.")
        return params | {"database": f"{place.as_uri()}?mode=rw"}
