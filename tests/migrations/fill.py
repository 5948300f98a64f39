"""Writes the lived-in world of tests/world, as the first migrations hold it, to tests/migrations/first.sqlite3.gz.

    python -m tests.migrations.fill

Run once, when the first migrations were final. It is not run again: the file is what an installation of that day holds.
"""

import gzip
import os
import tempfile
from pathlib import Path

import django

FILE = Path(__file__).parent / "first.sqlite3.gz"


def main() -> None:
    """An empty database, the world told into it, packed."""
    from django.core.management import call_command
    from django.db import connection

    from tests.world.build import build

    call_command("migrate", verbosity=0)
    build()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    FILE.write_bytes(gzip.compress(Path(connection.settings_dict["NAME"]).read_bytes(), mtime=0))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        os.environ["DATABASE_URL"] = f"sqlite:///{place}/world.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "krscp.settings"
        django.setup()
        main()
