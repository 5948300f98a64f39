"""manage.py check_records: which frozen records, papers and kept reports can't be read any more."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.core.management import CommandError

from recommendations.annual.files import FORMATS
from recommendations.annual.keeping import kept_file, read_back
from recommendations.management.papers import faults_in
from recommendations.models import AnnualReport, PaperKind, Review, ReviewState
from recommendations.reviews.frozen.freezing import kept_paper
from recommendations.state.record_form import read_picture
from subgroups.readiness import NeedsSetup


class Command(NeedsSetup):
    help = "Read every frozen record and what was kept beside it; say which cannot be read. Nothing is changed."

    def handle(self, *args: Any, **options: Any) -> None:
        listed = list(everything_kept())
        faults = faults_in(listed)
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} of {len(listed)} cannot be read.")
        self.stdout.write(f"All {len(listed)} can be read.")


def everything_kept() -> Iterator[Callable[[], object]]:
    """What reads each of them: of reviews the record and both papers, of annual reports the record and its files."""
    for review in Review.objects.filter(state=ReviewState.FROZEN).order_by("held_on"):
        yield partial(read_picture, review)
        yield from (partial(kept_paper, review, kind) for kind in PaperKind)
    for report in AnnualReport.objects.filter(run__isnull=False).select_related("run"):
        yield partial(read_back, report.run)
        yield from (partial(kept_file, report.run, name) for name in FORMATS)
