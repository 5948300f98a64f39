"""manage.py exit_export TARGET: everything that is here, to a zip or a folder, for another installation."""

from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.core.management.base import CommandParser
from django.db import DatabaseError

from recommendations.exit.carried import EXIT
from subgroups.models import Partnership
from subgroups.readiness import NeedsSetup


class Command(NeedsSetup):
    help = "Write all data as JSON, and the stored papers as files, with a manifest of hashes. Passwords stay here."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("target", type=Path, help="A new folder, or a new file whose name ends in .zip")

    def handle(self, *args: Any, target: Path, **options: Any) -> None:
        try:
            made_up = Partnership.objects.filter(is_demonstration=True).exists()
            rows = EXIT.write(target, demonstration=made_up)
        except FileExistsError as error:
            raise CommandError(f"{target} is there already. Name a new folder or file.") from error
        except OSError as error:
            raise CommandError(f"{target} cannot be written ({error.strerror}). Name another place.") from error
        except DatabaseError as error:
            raise CommandError(f"The database cannot be read ({error}). Run manage.py migrate first.") from error
        self.stdout.write(self.style.SUCCESS(f"{rows:,} rows written to {target}. Keep it as safe as the database."))
