"""Readers by file extension, checked against the content: bytes in, blocks out. A new format is a line here."""

from collections.abc import Callable
from pathlib import Path

from recommendations.importing.blocks import Block
from recommendations.importing.problems import TOO_MUCH, ImportProblem, bounded
from recommendations.importing.readers.kinds import check_kind
from recommendations.importing.readers.markdown import read_markdown
from recommendations.importing.readers.pdf import read_pdf
from recommendations.importing.readers.word import read_word

MAX_BYTES = 20 * 1024 * 1024
MOST_BLOCKS = 20_000  # a report of 700 pages has about 10,000
MOST_CHARACTERS = 4_000_000  # and 2,000,000 of these
TOO_LARGE = "The file is larger than 20 MB. Save the report without its pictures and try again."

READERS: dict[str, Callable[[bytes], list[Block]]] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_markdown,
    ".docx": read_word,
    ".pdf": read_pdf,
}


def read_bytes(name: str, data: bytes) -> list[Block]:
    """The blocks of an uploaded file, read by its extension. Raises ImportProblem."""
    check_size(len(data))
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
    if len(blocks) > MOST_BLOCKS or sum(len(bounded(block.text)) for block in blocks) > MOST_CHARACTERS:
        raise ImportProblem(TOO_MUCH)
    return blocks


def check_size(size: int) -> None:
    """Raises ImportProblem for what is larger than a report may be."""
    if size > MAX_BYTES:
        raise ImportProblem(TOO_LARGE)
