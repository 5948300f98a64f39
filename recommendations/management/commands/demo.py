"""manage.py demo: a database of its own with made-up progress, one account for each role, and a server."""

import os
import secrets
import shlex
import sys
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction

from krscp import clock
from recommendations.demonstration import story as demonstration
from subgroups.models import Partnership, User

ADDRESS = "127.0.0.1:8000"
REAL_DATA = (
    "This database holds real data, so the demonstration leaves it alone. "
    "Unset DATABASE_URL to use demo.sqlite3, or name an empty database."
)


class Command(BaseCommand):
    help = "Load the demonstration into a database of its own, print who can sign in, and serve it on this machine."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", dest="serve", action="store_false", help="Load it only")

    def handle(self, *args: Any, serve: bool, **options: Any) -> None:
        story = demonstration.read_story()
        refuse_real_data(story["domain"])
        drop_own_file()
        self.stdout.write("Loading the demonstration …")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        load(story)
        password = os.environ.get("KRSCP_DEMO_PASSWORD") or "-".join(secrets.token_hex(2) for _ in range(4))
        self.stdout.write(sign_ins(demonstration.set_passwords(story, password), password))
        if serve:
            call_command("runserver", ADDRESS, use_reloader=False)
        else:
            self.stdout.write(f"To serve it:\n\n  {how_to_serve()}\n")


def refuse_real_data(domain: str) -> None:
    """Raises CommandError when anything here is not a demonstration's."""
    tables = connection.introspection.table_names()
    if Partnership._meta.db_table in tables and Partnership.objects.filter(is_demonstration=False).exists():
        raise CommandError(REAL_DATA)
    if User._meta.db_table in tables and User.objects.exclude(email__endswith=f"@{domain}").exists():
        raise CommandError(REAL_DATA)


def drop_own_file() -> None:
    """demo.sqlite3 is made afresh each time; a database named by DATABASE_URL is kept."""
    own = settings.DEMO_DATABASE
    if Path(connection.settings_dict["NAME"]) == own:
        connection.close()
        own.unlink(missing_ok=True)


@transaction.atomic
def load(story: dict[str, Any]) -> None:
    """Set up as a partnership would, some time ago, and tell what has happened since; once."""
    today = clock.today()
    if Partnership.objects.filter(is_demonstration=True).exists():
        return
    with clock.at(demonstration.loaded_at(story, today)):
        call_command("setup", stdout=StringIO())
    demonstration.tell(story, today)


def how_to_serve() -> str:
    """The command line that serves this very database. A password of PostgreSQL is not printed."""
    place = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{Path(place['NAME']).absolute()}"
    else:
        secret = ":PASSWORD" if place["PASSWORD"] else ""
        url = f"postgres://{place['USER']}{secret}@{place['HOST']}:{place['PORT'] or 5432}/{place['NAME']}"
    return f"DATABASE_URL={shlex.quote(url)} {shlex.quote(sys.executable)} manage.py runserver {ADDRESS}"


def sign_ins(people: list[User], password: str) -> str:
    """Addresses and accounts, for the terminal."""
    width = max(len(person.email) for person in people)
    lines = [f"  {person.email:{width}}  {person.post_titles}" for person in people]
    return "\n".join(
        [
            "",
            "The demonstration is loaded. Nothing in it is real progress.",
            "",
            f"Address:  http://{ADDRESS}/",
            f"Password: {password} (for every account below)",
            "",
            *lines,
            "",
            "To leave it, stop the server and delete demo.sqlite3.",
            "",
        ]
    )
