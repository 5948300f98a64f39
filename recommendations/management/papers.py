"""Makes what is made of frozen reviews and kept annual reports: their papers and files, wherever one is missing."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from krscp.sealed_records import UnreadableRecord
from recommendations.annual.keeping import lacking_files, make_files
from recommendations.models import AnnualRun, Review
from recommendations.reviews.frozen.freezing import make_papers


def make_missing() -> list[str]:
    """Everything that is missing; says of which records nothing can be made. Several may run at once."""
    return faults_in(_lacking())


def faults_in(records: Iterable[Callable[[], object]]) -> list[str]:
    """What cannot be read of the records that these read, one after the other, in words."""
    faults = []
    for read in records:
        try:
            read()
        except UnreadableRecord as error:
            faults.append(str(error))
    return faults


def _lacking() -> Iterator[Callable[[], None]]:
    """One after the other, so that of all the records one is in memory."""
    for pk in Review.objects.freezing():
        yield partial(make_papers, Review.objects.select_related("snapshot").get(pk=pk))
    for pk in lacking_files():
        yield partial(make_files, AnnualRun.objects.select_related("report").get(pk=pk))
