"""manage.py export_recommendations --format json|csv|docx: every recommendation, to a file or to standard output."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from krscp import clock
from recommendations.exports import machine, registers, word
from recommendations.models import Recommendation

FORMATS = ["json", "csv", "docx"]


class Command(BaseCommand):
    help = "Write every recommendation to a file: json or csv for programs, docx for people."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=FORMATS, required=True, dest="file_format")
        parser.add_argument("--output", type=Path, help="A file; without it, standard output")

    def handle(self, *args: Any, file_format: str, output: Path | None, **options: Any) -> None:
        try:
            content = b"".join(written(file_format))
        except DatabaseError as error:
            raise CommandError(f"The database cannot be read ({error}). Run manage.py setup first.") from error
        if output is None:
            self._print(content, file_format)
            return
        try:
            output.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{output} cannot be written ({error.strerror}). Name another file.") from error

    def _print(self, content: bytes, file_format: str) -> None:
        """Bytes as they are, whatever the terminal's encoding; a Word file is no text."""
        raw = getattr(self.stdout, "buffer", None)
        if raw is not None and not (file_format == "docx" and self.stdout.isatty()):
            raw.write(content)
            self.stdout.flush()
        elif file_format == "docx":
            raise CommandError("A Word file is not text. Name a file with --output.")
        else:
            self.stdout.write(content.decode(), ending="")


def written(file_format: str) -> Iterable[bytes]:
    """The file, piece by piece."""
    today, everything = clock.today(), Recommendation.objects.all()
    if file_format == "json":
        found = list(machine.described(everything, today))
        return [json.dumps(found, ensure_ascii=False, indent=2).encode(), b"\n"]
    parts, stamp = registers.exported(everything, today), registers.stamp(clock.now())
    return registers.as_csv(parts, stamp, today) if file_format == "csv" else [word.as_word(parts, stamp, today)]
