"""Looks into a Word file before it is opened: what is not one, is damaged or would unfold without end is refused."""

import io
import re
import zipfile

from recommendations.importing.problems import ImportProblem

MOST_BYTES = 100 * 1024 * 1024  # of all parts, unfolded
MOST_BYTES_OF_XML = 16 * 1024 * 1024
MOST_PARTS = 5000
DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
DAMAGED = "This Word file is damaged or incomplete. Open it in Word, save it again and try again."
TOO_LARGE = "This Word file holds too much to read. Save it without its pictures and try again."
NOT_WORD = "This file is a ZIP archive, not a Word document. Choose the report itself."
UNSAFE = "This Word file holds instructions that a report has no need of. Open it in Word, save it again and try again."


def check_package(data: bytes) -> None:
    """Raises ImportProblem for a file that python-docx should not be given."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_sizes(package)
            _check_parts(package)
    except (ImportProblem, MemoryError):
        raise
    except Exception as error:  # whatever a broken archive makes zipfile and zlib raise
        raise ImportProblem(DAMAGED) from error


def _check_sizes(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise ImportProblem(TOO_LARGE)
    if any(part.file_size > MOST_BYTES_OF_XML for part in parts if _is_xml(part.filename)):
        raise ImportProblem(TOO_LARGE)


def _check_parts(package: zipfile.ZipFile) -> None:
    names = set(package.namelist())
    if "[Content_Types].xml" not in names:
        raise ImportProblem(NOT_WORD)
    if not any(name.startswith("word/") for name in names):
        raise ImportProblem("This is an Office file, but not a Word document. Save the report as .docx and try again.")
    for name in names:
        if _is_xml(name):
            part = package.read(name)
            if DECLARATION.search(part) or DECLARATION.search(part.replace(b"\0", b"")):
                raise ImportProblem(UNSAFE)


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))
