"""manage.py backup TARGET: the whole database of the settings, checked, to a new folder or zip."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from krscp.backups.contents import CannotDo
from krscp.backups.copies import backup
from krscp.files.archive import BadArchive


class Command(BaseCommand):
    help = "Back up the database while people work: a copy, the number of rows of each table, and a check of both."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("target", type=Path, help="A new folder, or a new file whose name ends in .zip")

    def handle(self, *args: Any, target: Path, **options: Any) -> None:
        try:
            contents = backup(target)
        except FileExistsError as error:
            raise CommandError(f"{target} is there already. Name a new folder or file.") from error
        except OSError as error:
            raise CommandError(f"{target} cannot be written ({error.strerror}). Nothing is backed up.") from error
        except (CannotDo, BadArchive, ImproperlyConfigured) as error:
            raise CommandError(f"Nothing is backed up. {error}") from error
        except DatabaseError as error:
            raise CommandError(f"The database cannot be read ({error}). Nothing is backed up.") from error
        told = f"{contents.total:,} rows of {len(contents.rows)} tables are backed up to {target}, and read back."
        self.stdout.write(self.style.SUCCESS(f"{told} Keep it as safe as the database, and .env apart from it."))
