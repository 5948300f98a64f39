"""manage.py make_papers: the papers of frozen reviews and the files of kept annual reports that are not made yet."""

from typing import Any

from django.core.management import CommandError

from recommendations.management.papers import make_missing
from subgroups.readiness import NeedsSetup


class Command(NeedsSetup):
    help = "Make the papers of frozen reviews and the files of kept annual reports that are missing. A freeze starts it."

    def handle(self, *args: Any, **options: Any) -> None:
        if faults := make_missing():
            raise CommandError("\n".join(["Some papers could not be made.", *faults]))
