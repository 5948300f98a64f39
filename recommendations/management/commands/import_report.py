"""Reads a scrutiny report from a file: shows what was understood, or imports it."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from recommendations.importing.ask_child import report_at
from recommendations.importing.parsed import ParsedReport
from recommendations.importing.preview import preview
from recommendations.importing.problems import ImportProblem


class Command(BaseCommand):
    """`--preview` touches no database: it needs neither one that is set up nor one that answers.

    The file is read in a process of its own, as an upload is: the command runs on the server that serves pages.
    """

    help = "Reads a report in Markdown, plain text, Word or PDF. Use --preview to look first; give --code to import it."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the report")
        parser.add_argument("--preview", action="store_true", help="show what would be imported; save nothing")
        parser.add_argument("--format", choices=["json"], default="json", help="how the preview is printed")
        parser.add_argument("--code", help="the report's code in addresses, for example isr-2021")
        parser.add_argument("--title", help="the report's title, if not the one printed in it")
        parser.add_argument("--published", default="", help="when it was published, for example 'September 2021'")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["preview"] and not options["code"]:
            raise CommandError("Add --preview to look first, or --code to import, for example --code isr-2021.")
        try:
            report = report_at(options["file"])
            if options["preview"]:
                self.stdout.write(json.dumps(preview(report), indent=2))
            else:
                self.store(report, options)
        except ImportProblem as problem:
            raise CommandError(str(problem)) from problem

    def store(self, report: ParsedReport, options: dict[str, Any]) -> None:
        # Imported here, so that a preview never loads what writes to the database.
        from recommendations.importing.apply import CodeRefused, apply_report
        from subgroups.readiness import what_is_missing

        if missing := what_is_missing():
            raise CommandError(str(missing))
        title, code = options["title"] or report.title, options["code"]
        if not title:
            raise CommandError("The report prints no title. Add one with --title.")
        if len({found.label for found in report.recommendations}) < len(report.recommendations):
            raise CommandError(
                "Two recommendations have the same number. See which with --preview, then correct the file "
                "or import it on the page “Import a report or list”, where each can have a number of its own."
            )
        try:
            imported = apply_report(report, code=code, title=title, published=options["published"], by=None)
        except CodeRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{code}: {imported.recommendations.count()} recommendations.")
