"""One list as a file to download, whatever its format: CSV and Excel stream, Word takes what a paper can bear."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from django.utils.text import slugify

from krscp.files import documents, workbooks
from krscp.files.columns import Column, Stamp, to_csv
from krscp.files.documents import add_paragraph, add_table, new_document, save_bytes
from krscp.files.workbooks import Sheet, to_xlsx

MOST_IN_WORD = 2_000  # rows: beyond it nobody reads, and Word itself takes minutes
CHUNK = 65_536  # bytes
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": workbooks.CONTENT_TYPE,
    "docx": documents.CONTENT_TYPE,
}


@dataclass(frozen=True)
class Listing:
    """What one list shows: its title, its columns in their order, how many rows, and the rows themselves.

    `objects` is read once. `as_word` writes a paper with an arrangement of its own; without it, one table.
    """

    title: str
    columns: Sequence[Column]
    objects: Iterable[Any]
    count: int
    as_word: Callable[[Stamp], bytes] | None = None

    def is_too_long_for(self, file_format: str) -> bool:
        """Only Word has an end that a partnership could reach."""
        return file_format == "docx" and self.count > MOST_IN_WORD

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


def pieces(listing: Listing, file_format: str, stamp: Stamp) -> Iterator[bytes]:
    """The file piece by piece, so that a long list needs no more memory than a short one."""
    if file_format == "csv":
        yield from to_csv(listing.columns, listing.objects, stamp)
    elif file_format == "xlsx":
        with listing.workbook(stamp) as book:
            while piece := book.read(CHUNK):
                yield piece
    else:
        yield listing.word(stamp)


def made(listing: Listing, file_format: str, stamp: Stamp) -> bytes | IO[bytes] | Iterable[bytes]:
    """The file: CSV in pieces, Excel as an open file, Word whole."""
    if file_format == "csv":
        return to_csv(listing.columns, listing.objects, stamp)
    return listing.workbook(stamp) if file_format == "xlsx" else listing.word(stamp)


def file_name(listing: Listing, file_format: str, day: date) -> str:
    """Says what and when."""
    return f"{slugify(listing.title)}-{day.isoformat()}.{file_format}"
