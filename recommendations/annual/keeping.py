"""What is kept of a finished period's report: itself as JSON with a SHA-256, and every file; and both read back."""

import json

from krscp import clock
from recommendations.annual.building import build
from recommendations.annual.files import FORMATS
from recommendations.annual.tables import SCHEMA, Built
from recommendations.models import AnnualReport, AnnualRun
from recommendations.reviews.record import CONVERTER, UnreadableRecord, digest
from recommendations.services.annual import Made


def made(report: AnnualReport) -> Made:
    """Everything that the report shows and holds, to be kept for good."""
    built = build(report, clock.today(), clock.now())
    content = json.dumps(CONVERTER.unstructure(built), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    files = {name: one.make(built) for name, one in FORMATS.items()}
    return Made(SCHEMA, content, digest(content), {name: (file, digest(file)) for name, file in files.items()})


def built_of(report: AnnualReport) -> Built:
    """What was kept, once it is; before that, the report as it is now. Raises UnreadableRecord."""
    return read_back(report.kept) if report.kept is not None else build(report, clock.today(), clock.now())


def read_back(run: AnnualRun) -> Built:
    """The report that was kept. Raises UnreadableRecord when it is not what was written then."""
    if digest(run.content) != run.sha256 or run.schema != SCHEMA:
        raise UnreadableRecord(f"What was kept of {run.report} is not what was written.")
    return CONVERTER.structure(json.loads(run.content), Built)


def file_of(report: AnnualReport, name: str, built: Built) -> bytes:
    """The file that was kept; of a draft, one made now. Raises UnreadableRecord, KeyError for an unknown format."""
    if report.kept is None:
        return FORMATS[name].make(built)
    found = report.kept.files.get(file_format=name)
    content = bytes(found.content)
    if digest(content) != found.sha256:
        raise UnreadableRecord(f"The file kept of {report} is not what was written.")
    return content
