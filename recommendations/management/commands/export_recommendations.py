"""manage.py export_recommendations --format json|csv|xlsx|docx: every recommendation, to a file or standard output."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.core.management.base import CommandParser
from django.db import DatabaseError

from krscp import clock
from krscp.files.downloads import pieces
from recommendations.models import Recommendation
from recommendations.register.listing import listing as listing_of
from subgroups.files import stamp
from subgroups.readiness import NeedsSetup

NAMES = {"xlsx": "An Excel file", "docx": "A Word file"}  # what is no text


class Command(NeedsSetup):
    help = "Write every recommendation to a file: json or csv for programs, xlsx for Excel, docx for people."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["json", "csv", *NAMES], required=True, dest="file_format")
        parser.add_argument("--output", type=Path, help="A file; without it, standard output")

    def handle(self, *args: Any, file_format: str, output: Path | None, **options: Any) -> None:
        try:
            if output is None:
                self._print(file_format)
            else:
                self._save(output, file_format)
        except DatabaseError as error:
            raise CommandError(f"The database cannot be read ({error}). Run manage.py setup first.") from error

    def _save(self, output: Path, file_format: str) -> None:
        try:
            save(output, file_format)
        except OSError as error:
            raise CommandError(f"{output} cannot be written ({error.strerror}). Name another file.") from error

    def _print(self, file_format: str) -> None:
        """Bytes as they are, whatever the terminal's encoding; a Word or Excel file is no text."""
        raw = getattr(self.stdout, "buffer", None)
        if file_format in NAMES and (raw is None or self.stdout.isatty()):
            raise CommandError(f"{NAMES[file_format]} is not text. Name a file with --output.")
        for piece in written(file_format):
            if raw is not None:
                raw.write(piece)
            else:
                self.stdout.write(piece.decode(), ending="")
        self.stdout.flush()


def save(output: Path, file_format: str) -> None:
    """Piece by piece; what could not be finished is not left under the name asked for."""
    partial = output.with_name(f"{output.name}.partial") if output.is_file() or not output.exists() else output
    try:
        with partial.open("wb") as file:
            file.writelines(written(file_format))
        if partial != output:
            partial.replace(output)
    except BaseException:
        if partial != output:
            partial.unlink(missing_ok=True)
        raise


def written(file_format: str) -> Iterator[bytes]:
    """The file, piece by piece."""
    listing = listing_of(Recommendation.objects.all(), clock.today(), file_format)
    if listing.is_too_long_for(file_format):
        raise CommandError(f"Word cannot take {listing.count:,} rows. Use --format xlsx.")
    return pieces(listing, file_format, stamp(clock.now()))
