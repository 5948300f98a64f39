"""From a file, or the bytes of an upload, to a parsed report, in this process: for files that are ours.

What others send is read in a process of its own: `ask_child.py`.
"""

from pathlib import Path

from recommendations.importing.parse import parse_report
from recommendations.importing.parsed import ParsedReport
from recommendations.importing.problems import ImportProblem
from recommendations.importing.readers import check_size, read_bytes


def read_report(path: Path) -> ParsedReport:
    """The report in a file on disk. Raises ImportProblem."""
    return read_upload(path.name, content_of(path))


def read_upload(name: str, data: bytes) -> ParsedReport:
    """The report in an uploaded file, named as the person named it. Raises ImportProblem."""
    return parse_report(read_bytes(name, data))


def content_of(path: Path) -> bytes:
    """The bytes of a file on disk, whose size is looked at first. Raises ImportProblem."""
    if not path.exists():
        raise ImportProblem(f"There is no file at {path}. Check the name and the folder.")
    if not path.is_file():
        raise ImportProblem(f"{path} is a folder. Give the report's file.")
    try:
        check_size(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise ImportProblem(f"{path} cannot be opened ({error.strerror}). Check who may read it.") from error
