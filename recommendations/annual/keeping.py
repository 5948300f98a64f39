"""What is kept of a finished period's report: itself, and every file, made from that alone and after it; read back."""

from functools import partial

from django.db.models import Count

from krscp import clock
from krscp.sealed_records import BeingMade, Record, RecordForm, file_of
from recommendations.annual.building import build
from recommendations.annual.files import FORMATS
from recommendations.annual.tables import SCHEMA, Built
from recommendations.models import AnnualFile, AnnualReport, AnnualRun
from recommendations.services.keeping import keep_file

# Of schema 1 what people typed stood in the record itself, without salts.
REPORTS = RecordForm(Built, SCHEMA, {1: lambda values: values})


def drawn(report: AnnualReport) -> Record:
    """Everything that the report shows, to be kept for good."""
    return REPORTS.write(build(report, clock.today(), clock.now()))


def make_files(run: AnnualRun) -> None:
    """The files of a kept report that are not made yet. Raises UnreadableRecord."""
    built = read_back(run)
    for name, one in FORMATS.items():
        keep_file(AnnualFile, partial(one.make, built), run, run=run, file_format=name)


def lacking_files() -> list[int]:
    """The keys of the kept reports whose files are not all made yet."""
    made = AnnualRun.objects.order_by("pk").values("pk").annotate(made=Count("files"))
    return list(made.filter(made__lt=len(FORMATS)).values_list("pk", flat=True))


def is_being_made(run: AnnualRun | None) -> bool:
    """Whether a report is kept, and its files are still being made."""
    return run is not None and run.files.count() < len(FORMATS)


def built_of(report: AnnualReport) -> Built:
    """What was kept, once it is; before that, the report as it is now. Raises UnreadableRecord."""
    return read_back(report.kept) if report.kept is not None else build(report, clock.today(), clock.now())


def read_back(run: AnnualRun) -> Built:
    """The report that was kept. Raises UnreadableRecord when it cannot be read."""
    return REPORTS.read(run, f"The kept report “{run.report}”", run.report)


def kept_file(run: AnnualRun, name: str) -> bytes:
    """The file that was made of what was kept. Raises UnreadableRecord, BeingMade among them."""
    what = f"The {FORMATS[name].label} file of the kept report “{run.report}”"
    try:
        return file_of(lambda: run.files.get(file_format=name), what, run.report)
    except BeingMade:
        read_back(run)  # of a record that cannot be read there will be no file
        raise
