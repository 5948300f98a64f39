"""manage.py write_docs [--check]: docs/workflow.md and docs/roles.md, from the code."""

from typing import Any

from django.conf import settings
from django.core.management import CommandError
from django.core.management.base import BaseCommand, CommandParser

from recommendations.management.handbook import pages


class Command(BaseCommand):
    help = "Write docs/workflow.md and docs/roles.md from the code. With --check, only say whether they are current."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Write nothing; fail when a page is out of date")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        folder = settings.BASE_DIR / "docs"
        stale = [name for name, text in pages().items() if not is_current(folder / name, text)]
        if check and stale:
            raise CommandError(f"Out of date: {', '.join(stale)}. Run manage.py write_docs and commit the result.")
        folder.mkdir(exist_ok=True)
        for name in stale:
            (folder / name).write_text(pages()[name], encoding="utf-8")
        self.stdout.write("docs/workflow.md and docs/roles.md are up to date.")


def is_current(path: Any, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text
