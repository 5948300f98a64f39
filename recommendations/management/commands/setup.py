"""manage.py setup: an empty or migrated database gets the organisation and the report, all "Not started"."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser

from recommendations.importing.apply import CodeRefused, apply_report
from recommendations.importing.problems import ImportProblem
from recommendations.importing.reading import read_report
from recommendations.services.loading import load_priorities, load_reading
from subgroups.bodies.organisation import faults_in
from subgroups.services.people import load_organisation

NEXT = "Next: manage.py invite EMAIL --post manager, then sign in and import the report."


class Command(BaseCommand):
    help = (
        "Load the organisation and the report. Existing records are left as they are; nothing is invented. "
        "With --organisation alone another partnership is set up, which then imports its own report on screen."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--report", type=Path, help="a report; needs --reading")
        parser.add_argument("--reading", type=Path, help="the reading that belongs to the report")
        parser.add_argument("--organisation", type=Path, help="another partnership's bodies, agencies and posts")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = read_organisation(options["organisation"] or settings.FIXTURES / "organisation.json")
        if options["organisation"] and not options["report"]:
            prepare(organisation)
            self.stdout.write(self.style.SUCCESS(f"{organisation['partnership']['name']} is set up. {NEXT}"))
            return
        self.load(organisation, options)

    def load(self, organisation: dict[str, Any], options: dict[str, Any]) -> None:
        """The organisation with a report and its reading, the partnership's own ones unless others are named."""
        reading = read_json(options["reading"] or settings.FIXTURES / "isr-2021.reading.json")
        options["report"] = options["report"] or settings.FIXTURES / "isr-2021.md"
        try:
            parsed = read_report(options["report"])
        except ImportProblem as problem:
            raise CommandError(str(problem)) from problem
        prepare(organisation)
        try:
            report = apply_report(parsed, by=None, **reading["report"])
        except CodeRefused as refused:
            raise CommandError(str(refused)) from refused
        load_reading(report, reading, organisation["steps"])
        count = report.recommendations.count()
        told = f"{report.title}: {count} recommendations. Next: manage.py invite EMAIL --post manager"
        self.stdout.write(self.style.SUCCESS(told))


def prepare(organisation: dict[str, Any]) -> None:
    """A database that is ready, with the organisation and the priorities it has now."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    load_organisation(organisation)
    if organisation.get("priorities"):
        load_priorities(organisation["priorities"])


def read_organisation(path: Path) -> dict[str, Any]:
    """An organisation file that holds all it must. Raises CommandError with every fault."""
    data = read_json(path)
    if faults := faults_in(data):
        raise CommandError("\n".join([f"{path} cannot be loaded. Nothing was changed.", *faults]))
    return data


def read_json(path: Path) -> dict[str, Any]:
    """The data of a file. Raises CommandError in plain words when it is missing or broken."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"{path} cannot be read. Check that it is there and that you may open it.") from error
    except ValueError as error:
        remedy = "Correct it, or restore it from the project's fixtures."
        raise CommandError(f"{path} is not valid JSON ({error}). {remedy}") from error
