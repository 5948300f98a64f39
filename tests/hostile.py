"""Files made to keep a reader busy, in every kind that is read; each grows with the number of its pieces."""

import io
from collections.abc import Callable
from xml.sax.saxutils import escape

import xlsxwriter

from tests.files import down, pdf, with_part, word

MEET = "Recommendation 1: The board should meet."
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
Shape = Callable[[int], list[str]]


def repeated(words: str) -> Shape:
    """One paragraph that says the same again and again."""
    return lambda pieces: [MEET, words * pieces]


def each(*texts: str, first: str = MEET) -> Shape:
    """Many paragraphs; "#" stands for the place of each."""
    return lambda pieces: [first, *(text.replace("#", str(place)) for place in range(pieces) for text in texts)]


# One paragraph. A piece is a word or a few.
PARAGRAPHS: dict[str, Shape] = {
    "words": repeated("word "),
    "see recommendation 1": repeated("see recommendation 1 "),
    "and": repeated("and "),
    "recommendation 1 recommendation 2": repeated("recommendation 1 recommendation 2 "),
    "list of numbers": lambda pieces: [MEET, "See recommendations 1" + " and 7" * pieces],
    "ranges": lambda pieces: [MEET, "See recommendations 1" + ", 100 to 149" * pieces],
    "one long number": lambda pieces: [MEET, "See recommendation 1" + "1" * pieces + "-2"],
    "dotted number": lambda pieces: [MEET, "See recommendation 1" + ".1" * pieces],
    "another report": repeated("the review, recommendation 4 "),
    "points in a sentence": repeated("(a) do (b) be "),
    "one long word": repeated("a"),
    "capitals": repeated("A"),
    "hyphens": repeated("a-"),
    "stars": repeated("* a"),
    "bold": repeated("**a"),
    "brackets": repeated("[a]("),
    "tags": repeated("<a"),
    "notes": repeated("<sup>"),
    "quotation marks": repeated("“a” "),
    "full stops": repeated(". "),
    "slashes": repeated("a/ "),
    "agencies": repeated("Response to the Board, "),
    "lines": repeated("and the board\n"),
    "bodies": repeated("VCA subgroup and Police "),
}
# Many paragraphs. A piece is one or a few of them.
PIECES: dict[str, Shape] = {
    "short texts": each("a"),
    "texts that go on": each("and the board met with"),
    "sentences": each("The board met on a day of the week."),
    "headings": each("# Recommendations"),
    "other headings": each("# Summary"),
    "lists under headings": each("# Recommendations", "#. The board should meet.", "# Summary", first="Report"),
    "bold headings": each("**Recommendations**", "The board should meet now and then."),
    "recommendations": each("Recommendation #: The board should meet."),
    "one number": each("Recommendation 1: The board should meet " + "now and then " * 20),
    "one number, other words": each("Recommendation 1: The board # should meet " + "on # " * 20),
    "without numbers": each("Recommendation: The board should meet.", first="# Recommendations"),
    "numbers": each("#. The board met."),
    "the same number": each("1. The board should meet.", first="# Recommendations"),
    "numbered headings": each("# #. The board should meet", "#. The board met.", first="# Recommendations"),
    "introductions": each("#. We recommend that the board does the following:", first="# Recommendations"),
    "bullets": each("- The board should meet.", first="# Recommendations"),
    "points": each("a) the board should", "  (i) meet."),
    "notes": each("9# https://example.org/"),
    "marks and notes": each("The board in office # met", "# https://example.org/"),
    "codes": each("The board should meet. (0#/14)"),
    "references": each("Recommendation #: See recommendations # to 99 and 1 to 49."),
    "lost references": each("See recommendations 9001 to 9050."),
    "kinds": each("National Recommendation #: Meet as in local recommendation #."),
    "shared paragraphs": lambda pieces: [
        *(f"{place}. The board met." for place in range(pieces)),
        *(f"Recommendation {place}: Meet." for place in range(pieces)),
    ],
}
SHAPES = PARAGRAPHS | {f"many {name}": shape for name, shape in PIECES.items()}


def as_text(paragraphs: list[str]) -> bytes:
    return "\n\n".join(paragraphs).encode()


def _paragraph(text: str) -> str:
    style = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>' if text.startswith("# ") else ""
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(escape(text.removeprefix("# ")).split("\n"))
    return f'<w:p>{style}<w:r><w:t xml:space="preserve">{lines}</w:t></w:r></w:p>'


def as_word(paragraphs: list[str]) -> bytes:
    return word_with("".join(map(_paragraph, paragraphs)))


def word_with(body: str) -> bytes:
    """A Word file with this body, in which "w" stands for the words of Word's own namespace."""
    xml = f'<w:document xmlns:w="{WORDS}"><w:body>{body}</w:body></w:document>'.encode()
    return with_part(word(lambda document: None), "word/document.xml", lambda _: xml)


def as_pdf(paragraphs: list[str]) -> bytes:
    """Lines of at most 90 letters, 50 on a page, a gap after each paragraph."""
    lines = []
    for text in paragraphs:
        lines += [text[at : at + 90] for at in range(0, len(text), 90)] + [""]
    return pdf(*(down([line.replace("\n", " ") for line in lines[at : at + 50]]) for at in range(0, len(lines), 50)))


def as_workbook(paragraphs: list[str]) -> bytes:
    """A list: a number and a wording in each row."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate(_rows(paragraphs)):
            for column, text in enumerate(cells):
                sheet.write_string(row, column, text)
    return out.getvalue()


def as_csv(paragraphs: list[str]) -> bytes:
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in _rows(paragraphs)).encode()


def _rows(paragraphs: list[str]) -> list[list[str]]:
    """The paragraphs as rows, the long ones in pieces that a cell can hold."""
    cells = [text[at : at + 32_000] for text in paragraphs for at in range(0, len(text), 32_000)]
    return [["Number", "Wording"], *([str(place), text] for place, text in enumerate(cells, 1))]


KINDS: dict[str, Callable[[list[str]], bytes]] = {
    "md": as_text, "txt": as_text, "docx": as_word, "pdf": as_pdf, "xlsx": as_workbook, "csv": as_csv,
}  # fmt: skip


def nested_tables(depth: int) -> bytes:
    """A table in a table in a table."""
    opened, closed = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    return word_with(_paragraph(MEET) + opened * depth + _paragraph("The board met.") * 200 + closed * depth)


def many_runs(runs: int) -> bytes:
    return word_with(_paragraph(MEET) + f"<w:p>{'<w:r><w:t>a </w:t></w:r>' * runs}</w:p>")


def many_cells(cells: int) -> bytes:
    row = f"<w:tr>{'<w:tc><w:p/></w:tc>' * 20}</w:tr>"
    return word_with(f"{_paragraph(MEET)}<w:tbl>{row * (cells // 20)}</w:tbl>")


ONLY_WORD: dict[str, Callable[[int], bytes]] = {
    "runs": many_runs, "cells": many_cells, "nested tables": lambda pieces: nested_tables(min(pieces // 100, 70)),
}  # fmt: skip
