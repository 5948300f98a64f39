"""PDF reports to blocks: runs of characters, then lines, then paragraphs."""

from collections.abc import Iterable
from typing import Any

from recommendations.importing.blocks import Block
from recommendations.importing.notes import without_notes
from recommendations.importing.problems import ImportProblem
from recommendations.importing.readers.pdf_boxes import join_boxes, mark_boxes
from recommendations.importing.readers.pdf_lines import PdfPage, page_lines
from recommendations.importing.readers.pdf_margins import without_margins
from recommendations.importing.readers.pdf_paragraphs import paragraphs
from recommendations.importing.readers.pdf_runs import TooLong, is_locked, pages

# What the work grows with: lines of a page beside each other, and beside the rules drawn there; and lines of all pages.
MOST_PAIRS = 15_000_000
MOST_LINES = 100_000
FEWEST_LETTERS = 20
END, LENGTH_OF_END = b"%%EOF", 4096  # a file that was cut off has lost it
PROBLEMS = {
    "password": "This PDF is protected with a password. Save a copy without the password and try again.",
    "damaged": "This PDF is damaged or incomplete. Download or save it again, then try again.",
    "long": "This PDF is too long or too complicated to read. Save the report alone, or as a Word file, and try again.",
    "pictures": (
        "This PDF holds pictures of pages, not text. "
        "Ask for the original file, or have its text recognised (OCR), and try again."
    ),
}


def read_pdf(data: bytes) -> list[Block]:
    """The blocks of a PDF in reading order. Raises ImportProblem when it is locked, damaged or has no text."""
    if END not in data[-LENGTH_OF_END:]:
        raise ImportProblem(PROBLEMS["damaged"])
    found = [PdfPage(**page) for page in _pages(data)]
    if sum(len(run[-1].strip()) for page in found for run in page.runs) < FEWEST_LETTERS:
        raise ImportProblem(PROBLEMS["pictures"])
    _check_pairs(len(page.runs) * len(page.rules) for page in found)
    printed = [page_lines(page) for page in found]
    _check_pairs(len(lines) * (len(lines) + len(page.rules)) for page, lines in printed)
    if sum(len(lines) for _, lines in printed) > MOST_LINES:
        raise ImportProblem(PROBLEMS["long"])
    mark_boxes(printed)
    text = without_margins(printed)
    join_boxes(text)
    return without_notes(paragraphs(text))


def _check_pairs(pairs: Iterable[int]) -> None:
    """Raises ImportProblem, before any of them are looked at, for more than the pages of any report have."""
    if sum(pairs) > MOST_PAIRS:
        raise ImportProblem(PROBLEMS["long"])


def _pages(data: bytes) -> list[dict[str, Any]]:
    """Each page's runs and rules. Raises ImportProblem for what is locked, damaged or longer than a report."""
    try:
        return list(pages(data))
    except MemoryError:
        raise
    except TooLong as error:
        raise ImportProblem(PROBLEMS["long"]) from error
    except Exception as error:  # whatever a broken file makes pdfium raise, or hold instead of characters
        raise ImportProblem(PROBLEMS["password" if is_locked(error) else "damaged"]) from error
