"""manage.py setup: an empty or migrated database gets the organisation and the report, all "Not started"."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser

from recommendations.imports.apply import CodeRefused, apply_report
from recommendations.imports.problems import ImportProblem
from recommendations.imports.reading import read_report
from recommendations.models import Report
from recommendations.services.loading import load_priorities, load_reading
from subgroups.services import load_organisation


class Command(BaseCommand):
    help = "Load the organisation and the report. Existing records are left as they are; nothing is invented."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--report", type=Path, default=settings.FIXTURES / "isr-2021.md")
        parser.add_argument("--reading", type=Path, default=settings.FIXTURES / "isr-2021.reading.json")
        parser.add_argument("--organisation", type=Path, default=settings.FIXTURES / "organisation.json")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation, reading = read_json(options["organisation"]), read_json(options["reading"])
        try:
            parsed = read_report(options["report"])
        except ImportProblem as problem:
            raise CommandError(str(problem)) from problem
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        load_organisation(organisation)
        load_priorities(organisation["priorities"])
        try:
            report = apply_report(parsed, by=None, **reading["report"])
        except CodeRefused as refused:
            raise CommandError(str(refused)) from refused
        load_reading(report, reading, organisation["steps"])
        self.stdout.write(self.style.SUCCESS(summary(report)))


def read_json(path: Path) -> dict[str, Any]:
    """The data of a file. Raises CommandError in plain words when it is missing or broken."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"{path} cannot be read. Check that it is there and that you may open it.") from error
    except ValueError as error:
        raise CommandError(f"{path} is not valid JSON ({error}). Restore it from the project's fixtures.") from error


def summary(report: Report) -> str:
    count = report.recommendations.count()
    return f"{report.title}: {count} recommendations. Next: manage.py invite EMAIL --post manager"
