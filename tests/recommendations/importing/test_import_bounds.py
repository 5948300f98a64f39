"""Files made to keep a reader busy: each is read or refused without the work growing faster than the file."""

import pytest

from recommendations.importing.blocks import Block, BlockKind
from recommendations.importing.problems import ImportProblem
from recommendations.importing.readers import joins, pdf_boxes
from recommendations.importing.readers.markdown import read_markdown
from recommendations.importing.readers.word import MOST_PIECES, _WordReader
from recommendations.importing.reading import read_upload
from tests.files import Put, down, pdf, with_part, word

LONG = 100_000

# Lines at which a pattern that tries each way to part white space would never end.
LINES = [
    "|" + " " * LONG + "x",
    "# Minutes" + " #" * LONG + " x",
    "| a" + " " * LONG + "<br",
    "| a" + " " * LONG + "<br>" + " " * LONG + "b | c",
    "Review" + " " * LONG + "Page x",
    "Recommendation 1 " + "." * LONG + "x",
]


@pytest.mark.parametrize("line", LINES, ids=["row", "heading", "half a break", "break", "head", "dots"])
def test_a_long_line_is_read_in_one_pass(line):
    assert len(read_markdown(line.encode())) == 1


def test_a_heading_ends_before_its_closing_marks():
    (block,) = read_markdown(b"## The board met  ## #  ")
    assert (block.text, block.level) == ("The board met", 2)


CELLS = ["| " + " •" * LONG, "|" * LONG + "x", "| a |" + "<br>" * LONG, ("|" * 100 + "x\n") * 1000]


@pytest.mark.parametrize("text", CELLS, ids=["bullets", "cells", "breaks", "rows"])
def test_a_table_of_more_cells_than_any_report_has_is_refused(text):
    with pytest.raises(ImportProblem, match="more text than a report does"):
        read_markdown(text.encode())


def word_with(body: str) -> bytes:
    """A Word file with this body, in which "w" stands for the words of Word's own namespace."""
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    xml = f"<w:document {names}><w:body>{body}</w:body></w:document>".encode()
    return with_part(word(lambda document: None), "word/document.xml", lambda _: xml)


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def test_a_box_inside_boxes_is_read_once():
    opened, closed = "<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>"
    inner = paragraph("Recommendation 1: The board should meet.")
    report = read_upload("report.docx", word_with(opened * 60 + inner + closed * 60))
    assert [found.text for found in report.recommendations] == ["The board should meet."]


def test_each_of_two_boxes_in_a_box_is_read():
    boxes = "".join(
        f"<w:r><w:txbxContent>{paragraph(f'Recommendation {number}: Meet.')}</w:txbxContent></w:r>" for number in (1, 2)
    )
    outer = f"<w:p><w:r><w:txbxContent><w:p>{boxes}</w:p></w:txbxContent></w:r></w:p>"
    report = read_upload("report.docx", word_with(outer))
    assert [found.label for found in report.recommendations] == ["1", "2"]


BODIES = [
    "<w:p/>" * LONG,
    f"<w:p><w:r>{'<w:br/>' * LONG}</w:r></w:p>",
    f"<w:tbl>{'<w:tr><w:tc><w:p/></w:tc></w:tr>' * LONG}</w:tbl>",
]


@pytest.mark.parametrize("body", BODIES, ids=["paragraphs", "breaks", "rows"])
def test_a_word_file_of_more_pieces_than_any_report_has_is_refused_before_they_are_read(body, monkeypatch):
    read = []
    monkeypatch.setattr(_WordReader, "block", lambda *_: read.append(1) or Block(BlockKind.TEXT, ""))
    with pytest.raises(ImportProblem, match="more text than a report does"):
        read_upload("report.docx", word_with(body))
    assert len(read) <= MOST_PIECES


def test_a_pdf_page_of_more_lines_than_any_report_has_is_refused_before_they_are_compared(monkeypatch):
    monkeypatch.setattr("recommendations.importing.readers.pdf.mark_boxes", lambda pages: pytest.fail("compared"))
    page = [Put(20 + 60 * (at % 8), 840 - at // 8 * 1.5, "word", size=1) for at in range(4000)]
    with pytest.raises(ImportProblem, match="too long or too complicated"):
        read_upload("report.pdf", pdf(page))


def test_a_pdf_page_with_a_picture_of_many_rules_is_read_without_frames():
    heights = range(100, 101 + pdf_boxes.MOST_LEVEL_RULES)
    level = b"".join(b"100 %d m 400 %d l S\n" % (height, height) for height in heights)
    report = read_upload("report.pdf", pdf(down(["Recommendation 1: The board should meet."]), drawing=level))
    assert [found.text for found in report.recommendations] == ["The board should meet."]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["the multi-", "agency plan", "and/", "or it"], "the multi-agency plan and/or it"),
        (["a safe-", "guarding plan", "of safeguarding"], "a safeguarding plan of safeguarding"),
        (["one", "/", "two-", "Three"], "one / two- Three"),
    ],
)
def test_words_parted_at_the_end_of_a_line_are_joined_by_their_last_letters_alone(lines, text):
    assert joins.Hyphens([*lines, "multi-agency"]).join(lines) == text
