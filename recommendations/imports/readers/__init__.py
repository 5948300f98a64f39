"""Readers by file extension, checked against the content: bytes in, blocks out. A new format is a line here."""

from collections.abc import Callable
from pathlib import Path

from recommendations.imports.blocks import Block
from recommendations.imports.problems import TOO_MUCH, ImportProblem
from recommendations.imports.readers.kinds import check_kind
from recommendations.imports.readers.markdown import read_markdown
from recommendations.imports.readers.pdf import read_pdf
from recommendations.imports.readers.word import read_word

MAX_BYTES = 20 * 1024 * 1024
MOST_BLOCKS = 20_000  # a report of 700 pages has about 10,000

READERS: dict[str, Callable[[bytes], list[Block]]] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_markdown,
    ".docx": read_word,
    ".pdf": read_pdf,
}


def read_file(path: Path) -> list[Block]:
    """The blocks of a file on disk. Raises ImportProblem."""
    if not path.exists():
        raise ImportProblem(f"There is no file at {path}. Check the name and the folder.")
    if not path.is_file():
        raise ImportProblem(f"{path} is a folder. Give the report's file.")
    try:
        _check_size(path.stat().st_size)
        return read_bytes(path.name, path.read_bytes())
    except OSError as error:
        raise ImportProblem(f"{path} cannot be opened ({error.strerror}). Check who may read it.") from error


def read_bytes(name: str, data: bytes) -> list[Block]:
    """The blocks of an uploaded file, read by its extension. Raises ImportProblem."""
    _check_size(len(data))
    extension = Path(name).suffix.lower()
    reader = READERS.get(extension)
    if reader is None:
        raise ImportProblem(f"{name} is not a kind of file that can be read. Save it as one of: {', '.join(READERS)}.")
    empty = f"{name} is empty. Choose the file that holds the report."
    if not data.strip():
        raise ImportProblem(empty)
    check_kind(extension, data)
    blocks = reader(data)
    if not blocks:
        raise ImportProblem(empty)
    if len(blocks) > MOST_BLOCKS:
        raise ImportProblem(TOO_MUCH)
    return blocks


def _check_size(size: int) -> None:
    if size > MAX_BYTES:
        raise ImportProblem("The file is larger than 20 MB. Save the report without its pictures and try again.")
