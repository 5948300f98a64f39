"""Makes what is made of frozen reviews and kept annual reports: their papers and files, wherever one is missing."""

from collections.abc import Callable, Iterator
from functools import partial

from krscp.sealed_records import UnreadableRecord
from recommendations.annual.keeping import lacking_files, make_files
from recommendations.models import AnnualRun, Review
from recommendations.reviews.frozen.freezing import make_papers


def make_missing() -> list[str]:
    """Everything that is missing; says of which records nothing can be made. Several may run at once."""
    return [fault for make in _lacking() if (fault := _fault_in(make))]


def _lacking() -> Iterator[Callable[[], None]]:
    """One after the other, so that of all the records one is in memory."""
    for pk in Review.objects.freezing():
        yield partial(make_papers, Review.objects.select_related("snapshot").get(pk=pk))
    for pk in lacking_files():
        yield partial(make_files, AnnualRun.objects.select_related("report").get(pk=pk))


def _fault_in(make: Callable[[], None]) -> str:
    try:
        make()
    except UnreadableRecord as error:
        return str(error)
    return ""
