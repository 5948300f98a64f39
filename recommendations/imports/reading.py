"""From a file, or the bytes of an upload, to a parsed report."""

from pathlib import Path

from recommendations.imports.parse import parse_report
from recommendations.imports.parsed import ParsedReport
from recommendations.imports.readers import read_bytes, read_file


def read_report(path: Path) -> ParsedReport:
    """The report in a file on disk. Raises ImportProblem."""
    return parse_report(read_file(path))


def read_upload(name: str, data: bytes) -> ParsedReport:
    """The report in an uploaded file, named as the person named it. Raises ImportProblem."""
    return parse_report(read_bytes(name, data))
