"""Word reports (.docx) to blocks: paragraphs with their automatic numbers, tables, text boxes."""

import io
import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from recommendations.importing.blocks import Block, BlockKind
from recommendations.importing.labels import finished, item_label, recommendation_start
from recommendations.importing.notes import without_notes
from recommendations.importing.problems import TOO_MUCH, ImportProblem, bounded
from recommendations.importing.readers.marks import bullet
from recommendations.importing.readers.tables import table_blocks
from recommendations.importing.readers.word_numbers import read_numbering, value, whole
from recommendations.importing.readers.word_package import DAMAGED, check_package
from recommendations.importing.readers.word_text import FALLBACK, Styles, words

LONGEST_BOLD_HEADING = 130
BOLD_HEADING = 7
STEP = 360  # twentieths of a point of indentation that make a level
WRAPPERS = {qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:moveTo"), qn("w:smartTag")}
PLAIN_LABEL = re.compile(r"(?:\d{1,3}\.)*(?:\d{1,3}|[A-Za-z]|[ivx]{2,5})")
CONTENTS = ("toc ", "table of figures")
BOX = qn("w:txbxContent")
MOST_PIECES = 50_000  # paragraphs, their lines and cells, the empty ones too


def read_word(data: bytes) -> list[Block]:
    """The blocks of a Word document in reading order. Raises ImportProblem when it cannot be read."""
    check_package(data)
    try:
        return without_notes(list(_WordReader(Document(io.BytesIO(data))).blocks()))
    except (ImportProblem, MemoryError):
        raise
    except Exception as error:  # whatever broken XML or a missing part makes python-docx and lxml raise
        raise ImportProblem(DAMAGED) from error


def _related(document: Any, kind: str) -> Any:
    """The root element of a part that the document names, such as its numbering; None where it has none."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            return getattr(relation.target_part, "element", None)
    return None


class _WordReader:
    """Walks down the document's body and counts its automatic numbers on the way."""

    def __init__(self, document: Any) -> None:
        self.body = document.element.body
        self.styles = Styles.read(_related(document, "styles"))
        self.numbering = read_numbering(_related(document, "numbering"))
        self.boxes = count(1)
        self.pieces = 0

    def blocks(self) -> Iterator[Block]:
        yield from self.inside(self.body, 0)

    def counted(self, pieces: int = 1) -> None:
        """Raises ImportProblem as soon as there are more than any report has, before the work on them is done."""
        self.pieces += pieces
        if self.pieces > MOST_PIECES:
            raise ImportProblem(TOO_MUCH)

    def inside(self, element: Any, box: int) -> Iterator[Block]:
        for child in element:
            self.counted()
            if child.tag == qn("w:p"):
                yield from self.paragraph(child, box)
            elif child.tag == qn("w:tbl"):
                yield from self.table(child, box)
            elif child.tag in WRAPPERS:
                yield from self.inside(child, box)

    def table(self, table: Any, box: int) -> Iterator[Block]:
        """A box round one cell is a box; in other tables each row is told apart."""
        rows = [
            [list(self.inside(cell, 0)) for cell in _cells(row)]
            for row in table.iter(qn("w:tr"))
            if next(row.iterancestors(qn("w:tbl"))) is table
        ]
        yield from table_blocks(rows, self.boxes, box)

    def paragraph(self, paragraph: Any, box: int) -> Iterator[Block]:
        properties = paragraph.find(qn("w:pPr"))
        style = value(properties, "w:pStyle")
        if self.styles.name(style).startswith(CONTENTS):
            return
        text, strong = words(paragraph, self.styles)
        bounded(text)
        self.counted(text.count("\n"))
        label, depth = self.number(properties, style)
        for place, line in enumerate(_lines(text)):
            first = place == 0
            yield self.block(line, strong, label if first else None, depth, properties, style, box)
        yield from self.text_boxes(paragraph)

    def number(self, properties: Any, style: str) -> tuple[str | None, int | None]:
        """The label that Word prints before a paragraph, and its depth in its list; None where it stands in none."""
        own = None if properties is None else properties.find(qn("w:numPr"))
        number, depth = value(own, "w:numId"), value(own, "w:ilvl")
        for element in self.styles.chain(style):
            inherited = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            number = number or value(inherited, "w:numId")
            depth = depth or value(inherited, "w:ilvl")
        if not number or number == "0":
            return None, None
        return self.numbering.label(number, whole(depth)), whole(depth)

    def block(
        self, text: str, strong: bool, label: str | None, depth: int | None, properties: Any, style: str, box: int
    ) -> Block:
        """One paragraph as a block; `depth` is that of its list, which says more than its indentation."""
        text = " ".join(text.split())
        indent = whole(_indent(properties)) // STEP
        level = max(0, indent) if depth is None else depth or self.styles.list_depth(style)
        outline = self.styles.outline(style)
        if outline and text:
            return Block(BlockKind.HEADING, f"{label} {text}" if label else text, outline, strong=strong, box=box)
        if label and PLAIN_LABEL.fullmatch(label):
            label += "."
        if label and not item_label(f"{label} X")[0]:
            text, label = f"{label} {text}", None
        if label is not None:
            mark, inner = item_label(f"{label} {text}") if label and text else item_label(text)
            return Block(BlockKind.ITEM, inner if text else "", level, mark, strong=strong, box=box)
        if (inner_words := bullet(text)) is not None:
            mark, inner_words = item_label(inner_words)
            return Block(BlockKind.ITEM, inner_words, level, mark, strong=strong, box=box)
        if strong and len(text) <= LONGEST_BOLD_HEADING and not finished(text):
            return Block(BlockKind.HEADING, text, BOLD_HEADING, strong=strong, box=box)
        mark, inner = item_label(text)
        if mark:
            return Block(BlockKind.ITEM, inner, level, mark, strong=strong, box=box)
        return Block(BlockKind.TEXT, text, level if depth is None else level + 1, strong=strong, box=box)

    def text_boxes(self, paragraph: Any) -> Iterator[Block]:
        """The boxes that hang on a paragraph; one inside another hangs on a paragraph of that."""
        for box in paragraph.iter(BOX):
            if next(box.iterancestors(FALLBACK, BOX, qn("w:p"))) is paragraph:
                yield from self.inside(box, next(self.boxes))


def _cells(row: Any) -> list[Any]:
    """The cells of a row, content controls opened; the lower parts of a merged cell are empty."""
    return [cell for cell in row.iter(qn("w:tc")) if next(cell.iterancestors(qn("w:tr"))) is row]


def _indent(properties: Any) -> str:
    found = None if properties is None else properties.find(qn("w:ind"))
    return "" if found is None else found.get(qn("w:left"), found.get(qn("w:start"), ""))


def _lines(text: str) -> list[str]:
    """A paragraph in the pieces that its line breaks make where a label follows the break; else whole."""
    pieces: list[list[str]] = []
    for line in text.split("\n"):
        begins = recommendation_start(line.strip()) or item_label(line.strip())[0] or bullet(line.strip())
        if pieces and not begins and not _is_bare_label(pieces[-1]):
            pieces[-1].append(line)
        else:
            pieces.append([line])
    return [" ".join(piece) for piece in pieces]


def _is_bare_label(lines: list[str]) -> bool:
    """Whether lines are no more than "Recommendation 1", whose words stand on the next."""
    start = recommendation_start(" ".join(lines).strip()) if len(lines) < 3 else None
    return start is not None and not start.words
