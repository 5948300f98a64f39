"""manage.py exit_import SOURCE: takes an exit export into an empty, migrated installation; all of it or nothing."""

from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.core.management.base import CommandParser
from django.db import DatabaseError

from krscp.exits import CannotMove
from recommendations.exit.carried import EXIT
from subgroups.readiness import NO_PARTNERSHIP, NeedsSetup


class Command(NeedsSetup):
    may_lack = (NO_PARTNERSHIP,)
    help = "Take in what exit_export wrote. The database must be migrated and empty."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", type=Path, help="The folder or zip that exit_export wrote")

    def handle(self, *args: Any, source: Path, **options: Any) -> None:
        try:
            rows = EXIT.read(source)
        except CannotMove as refused:
            raise CommandError(str(refused)) from refused
        except DatabaseError as error:
            raise CommandError(f"The database cannot be used ({error}). Run manage.py migrate first.") from error
        how = "“I have forgotten my password” on the sign-in page"
        self.stdout.write(self.style.SUCCESS(f"{rows:,} rows are here. Everybody sets a new password: {how}."))
