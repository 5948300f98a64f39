"""What is kept of a finished period's report: itself as JSON with a SHA-256, and every file; and both read back."""

from krscp import clock
from recommendations.annual.building import build
from recommendations.annual.files import FORMATS
from recommendations.annual.tables import SCHEMA, Built
from recommendations.models import AnnualReport, AnnualRun
from recommendations.services.annual import Made
from recommendations.state.record import (
    ALTERED,
    CONVERTER,
    UnreadableRecord,
    Upgraders,
    as_json,
    digest,
    reading,
    values_of,
)

UPGRADERS: Upgraders = {}


def made(report: AnnualReport) -> Made:
    """Everything that the report shows and holds, to be kept for good."""
    built = build(report, clock.today(), clock.now())
    content = as_json(built)
    files = {name: one.make(built) for name, one in FORMATS.items()}
    return Made(SCHEMA, content, digest(content), {name: (file, digest(file)) for name, file in files.items()})


def built_of(report: AnnualReport) -> Built:
    """What was kept, once it is; before that, the report as it is now. Raises UnreadableRecord."""
    return read_back(report.kept) if report.kept is not None else build(report, clock.today(), clock.now())


def read_back(run: AnnualRun) -> Built:
    """The report that was kept. Raises UnreadableRecord when it cannot be read."""
    what = f"The kept report “{run.report}”"
    with reading(what, run.report):
        return CONVERTER.structure(values_of(run, SCHEMA, UPGRADERS, what, run.report), Built)


def kept_file(run: AnnualRun, name: str) -> bytes:
    """The file that was kept. Raises UnreadableRecord when it is not what was written then."""
    what = f"The {FORMATS[name].label} file of the kept report “{run.report}”"
    with reading(what, run.report):
        found = run.files.get(file_format=name)
    content = bytes(found.content)
    if digest(content) != found.sha256:
        raise UnreadableRecord(what, run.report, ALTERED)
    return content
