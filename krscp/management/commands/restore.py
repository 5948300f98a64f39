"""manage.py restore SOURCE: what backup wrote, into the database of the settings; all of it or nothing."""

from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from krscp.backups.contents import CannotDo
from krscp.backups.copies import restore
from krscp.files.archive import BadArchive


class Command(BaseCommand):
    help = "Put a backup in place. The database must be empty, unless --replace says to lose what it holds."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", type=Path, help="The folder or zip that backup wrote")
        parser.add_argument("--replace", action="store_true", help="Lose all that this database holds now")

    def handle(self, *args: Any, source: Path, replace: bool, **options: Any) -> None:
        try:
            contents, later = restore(source, replace=replace)
        except (CannotDo, BadArchive) as error:
            raise CommandError(f"Nothing is restored. {error}") from error
        except OSError as error:
            raise CommandError(f"Nothing is restored: {source} cannot be read ({error.strerror}).") from error
        except DatabaseError as error:
            raise CommandError(f"Nothing is restored: the database cannot be used ({error}).") from error
        told = f"{contents.total:,} rows of {len(contents.rows)} tables are restored, as many as were backed up."
        then = "Next: manage.py migrate, then restart the tracker." if later else "Next: restart the tracker."
        self.stdout.write(self.style.SUCCESS(f"{told} {then} Look at the newest update in it."))
