"""One list as a file to download, whatever its format: CSV and Excel stream, Word takes what a paper can bear."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Any, cast

from django.utils.text import slugify

from krscp.files import documents, workbooks
from krscp.files.columns import Column, Stamp, to_csv
from krscp.files.documents import add_paragraph, add_table, new_document, save_bytes
from krscp.files.workbooks import Sheet, to_xlsx

MOST_IN_WORD = 2_000  # rows: beyond it nobody reads, and Word itself takes minutes
CHUNK = 65_536  # bytes
JSON = "json"
Content = bytes | IO[bytes] | Iterable[bytes]


@dataclass(frozen=True)
class Listing:
    """What one list shows: its title, its columns in their order, how many rows, and the rows themselves.

    `objects` is read once. `as_word` writes a paper with an arrangement of its own; without it, one table. `as_json`
    writes what it is for other programs; without it, it is not there for them.
    """

    title: str
    columns: Sequence[Column]
    objects: Iterable[Any]
    count: int
    as_word: Callable[[Stamp], bytes] | None = None
    as_json: Callable[[Stamp], Iterable[bytes]] | None = None

    def is_there_as(self, file_format: str) -> bool:
        return file_format in FILE_FORMATS and (file_format != JSON or self.as_json is not None)

    def is_too_long_for(self, file_format: str) -> bool:
        """Only Word has an end that a partnership could reach."""
        most = FILE_FORMATS[file_format].most
        return most is not None and self.count > most

    def word(self, stamp: Stamp) -> bytes:
        """The whole list as a Word file."""
        if self.as_word is not None:
            return self.as_word(stamp)
        document = new_document(self.title, stamp)
        add_paragraph(document, f"{self.count} row{'' if self.count == 1 else 's'}.")
        add_table(document, self.columns, self.objects, self.title)
        return save_bytes(document)

    def workbook(self, stamp: Stamp) -> IO[bytes]:
        """The whole list as an Excel file, which the caller closes."""
        return to_xlsx([Sheet(self.title, self.columns, self.objects)], stamp)

    def json(self, stamp: Stamp) -> Iterable[bytes]:
        """The whole list as JSON. Raises TypeError where it is not there for programs."""
        return cast(Callable[[Stamp], Iterable[bytes]], self.as_json)(stamp)


@dataclass(frozen=True)
class FileFormat:
    """One kind of file: what it is, who makes it, and how many rows it bears where that has an end."""

    content_type: str
    make: Callable[[Listing, Stamp], Content]
    most: int | None = None


FILE_FORMATS = {  # called in `formats.py` as people call them
    "csv": FileFormat("text/csv; charset=utf-8", lambda one, stamp: to_csv(one.columns, one.objects, stamp)),
    "xlsx": FileFormat(workbooks.CONTENT_TYPE, Listing.workbook),
    "docx": FileFormat(documents.CONTENT_TYPE, Listing.word, MOST_IN_WORD),
    JSON: FileFormat("application/json", Listing.json),
}


def made(listing: Listing, file_format: str, stamp: Stamp) -> Content:
    """The file: CSV in pieces, Excel as an open file, Word whole. Raises KeyError for a format that is not there."""
    return FILE_FORMATS[file_format].make(listing, stamp)


def pieces(listing: Listing, file_format: str, stamp: Stamp) -> Iterator[bytes]:
    """The file piece by piece, so that a long list needs no more memory than a short one."""
    content = made(listing, file_format, stamp)
    if isinstance(content, bytes):
        yield content
    elif hasattr(content, "read"):
        with cast(IO[bytes], content) as book:
            yield from iter(lambda: book.read(CHUNK), b"")
    else:
        yield from content


def file_name(listing: Listing, file_format: str, day: date) -> str:
    """Says what and when."""
    return f"{slugify(listing.title)}-{day.isoformat()}.{file_format}"
