"""Markdown and plain text to blocks: lines gathered, markup and footnote marks taken off."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from recommendations.importing.blocks import Block, BlockKind
from recommendations.importing.labels import R_LABEL, finished, item_label, recommendation_start, title_ends
from recommendations.importing.problems import TOO_MUCH, ImportProblem
from recommendations.importing.readers.joins import Hyphens
from recommendations.importing.readers.tables import table_blocks
from recommendations.importing.readers.text import decode
from recommendations.importing.readers.text_pages import without_page_lines
from recommendations.importing.readers.text_tables import find_text_tables

LONGEST_BOLD_HEADING = 130
MOST_LINES = 40_000
MOST_LINES_OF_TITLE = 3
MOST_BYTES = 5 * 1024 * 1024
MOST_CELLS = 50_000  # of all tables, with the lines and bullets in them

HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*)")
UNDERLINE = re.compile(r"\s*(=|-|\*|_)\1{2,}\s*$")
BULLET = re.compile(r"(\s*)(?:[-*+]|[•·◦▪])\s+(\S.*)")
TABLE_RULE = re.compile(r"[\s:|-]+$")
QUOTE = re.compile(r"^\s{0,3}>\s?")
BOLD_LINE = re.compile(r"\s*\*\*[^*]+\*\*\s*$")
# As pages are converted: "<sup>3</sup> …", "<sup>&</sup>lt;sup>3</sup> …", "$<sup>^{11}\</sup> …" and "[^3]: …".
BOLD_LABEL = re.compile(r"\*\*(\(?[\dA-Za-z.]{1,9}[.)]|\d{1,3}(?:\.\d{1,3})+(?=\*\*))(?:\*\*)?\s+")
LINE_BREAK = re.compile(r"<br\s*/?>")
BREAK = re.compile(r"<br ?/?>| (?=• )")  # in words whose white space is folded
NOTE = re.compile(r"\s*(?:\$?<sup>(?:&</sup>lt;sup>)?\W*\d+\W*</sup>|\[\^\w+\]:)")

INLINE_MARKUP = (
    (re.compile(r"<sup>[\d\s,]+</sup>|\[\^\w+\](?!:)"), ""),
    (re.compile(r"<(https?://[^<>\s]{1,2000})>"), r"\1"),
    (re.compile(r"<(?:br|/?li|/?ul|/?ol)\s*/?>"), " "),
    (re.compile(r"</?[a-zA-Z][^<>]{0,2000}>"), ""),
    (re.compile(r"!?\[([^\[\]]{1,500})\]\([^()\s]{1,2000}\)"), r"\1"),
    (re.compile(r"(?<!\\)\*\*|(?<!\\)__"), ""),
    (re.compile(r"(?<![\w*\\])\*(?=\S)([^*]{1,1000})(?<=[^\s\\])\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w\\])_(?=\S)([^_]{1,1000})(?<=[^\s\\])_(?!\w)"), r"\1"),
    (re.compile(r"\\([^\sA-Za-z0-9])"), r"\1"),
)


def read_markdown(data: bytes) -> list[Block]:
    """The blocks of a Markdown or plain-text file, in reading order. Raises ImportProblem when it is not text."""
    if len(data) > MOST_BYTES:
        raise ImportProblem(TOO_MUCH)
    lines = decode(data).split("\n")
    if len(lines) > MOST_LINES:
        raise ImportProblem(TOO_MUCH)
    gatherer = _Gatherer(Hyphens(lines))
    for found in find_text_tables(without_page_lines(lines)):
        if isinstance(found, str):
            gatherer.take(found.expandtabs(4))
        else:
            gatherer.close()
            gatherer.blocks += table_blocks(found, gatherer.boxes, 0)
    gatherer.close()
    return [block for block in gatherer.blocks if block.text or block.kind is BlockKind.NOTE]


def plain(markup: str) -> str:
    """A text without markup and footnote marks, its white space folded."""
    for pattern, replacement in INLINE_MARKUP:
        markup = pattern.sub(replacement, markup)
    return " ".join(html.unescape(markup).split())


def _labelled(line: str) -> tuple[str, str]:
    """An item's label and words, the label perhaps in bold; a bold line that is no sentence is a title, not an item."""
    titled = BOLD_LINE.match(line) and not finished(plain(line))
    return item_label(line.strip() if titled else BOLD_LABEL.sub(r"\1 ", line.strip()))


def _cell(markup: str) -> list[Block]:
    """A cell's lines, which Markdown can only part by <br>: texts, bullets and items. Its white space is folded."""
    blocks = []
    for line in BREAK.split(markup):
        bulleted = BULLET.match(line) if line.strip() != markup else None
        label, words = item_label(plain(bulleted[2] if bulleted else line))
        blocks.append(Block(BlockKind.ITEM if label or bulleted else BlockKind.TEXT, words, label=label))
    return blocks


def _title_lines(lines: list[str]) -> int:
    """On how many lines a recommendation's title stands straight above its wording; 0 where it has none.

    A title's last line ends early: the first word of the next would have had room on it.
    """
    for title in range(1, min(len(lines), MOST_LINES_OF_TITLE + 1)):
        if not finished(lines[-1]):
            return 0
        last, following = lines[title - 1].strip(), lines[title].strip()
        room = max(len(line.strip()) for line in lines[title:]) - len(last)
        if room > len(following.split()[0]) and title_ends(plain(" ".join(lines[:title])), following):
            return title
    return 0


@dataclass
class _Gatherer:
    """Gathers lines into the block they belong to."""

    hyphens: Hyphens
    blocks: list[Block] = field(default_factory=list)
    kind: BlockKind = BlockKind.TEXT
    level: int = 0
    label: str = ""
    lines: list[str] = field(default_factory=list)
    rows: list[list[list[Block]]] = field(default_factory=list)
    boxes: Iterator[int] = field(default_factory=lambda: count(1))
    cells: int = 0

    def take(self, line: str) -> None:
        line = QUOTE.sub("", line)
        if LINE_BREAK.search(line) and not HEADING.match(line) and not line.lstrip().startswith("|"):
            for piece in LINE_BREAK.split(line):
                self.take(piece)
            return
        if not line.strip():
            self.close()
        elif heading := HEADING.match(line):
            self.add(BlockKind.HEADING, heading[2].rstrip("# "), level=len(heading[1]))
        elif UNDERLINE.match(line):
            self.underline(line)
        elif line.lstrip().startswith("|"):
            self.table_row(line)
        elif self.rows:
            self.close()
            self.take(line)
        elif not self.starts_block(line):
            self.lines.append(line)

    def starts_block(self, line: str) -> bool:
        """Opens a block for a line that begins one; False for a line that goes on with the open one."""
        if NOTE.match(line):
            self.open(BlockKind.NOTE, NOTE.sub("", line, count=1).rstrip(" $"))
        elif bullet := BULLET.match(line):
            label, words = item_label(bullet[2])
            self.open(BlockKind.ITEM, words, level=len(bullet[1]) // 2, label=label)
        elif self.may_number(line) and (labelled := _labelled(line))[0]:
            indent = len(line) - len(line.lstrip())
            self.open(BlockKind.ITEM, labelled[1], level=indent // 2, label=labelled[0])
        elif not self.lines or self.recommendation_inside(line):
            self.open(BlockKind.TEXT, line)
            self.close_bold_heading(line)
        else:
            return False
        return True

    def may_number(self, line: str) -> bool:
        """A number opens an item at the start of a block, or on the line after another numbered item."""
        return not self.lines or (self.kind is BlockKind.ITEM and bool(self.label))

    def recommendation_inside(self, line: str) -> bool:
        """Whether a recommendation starts on a line that no blank line parts from the one before."""
        ended, words = finished(plain(self.lines[-1])), line.strip(" *_")
        short = ended and R_LABEL.match(words)
        return bool(short) or recommendation_start(words, after_finished=ended) is not None

    def close_bold_heading(self, line: str) -> None:
        """A short line in bold throughout, not a sentence, is a heading that nobody marked as one."""
        if BOLD_LINE.match(line) and len(line) <= LONGEST_BOLD_HEADING and not finished(plain(line)):
            self.kind, self.level = BlockKind.HEADING, 7
            self.close()

    def underline(self, line: str) -> None:
        """A rule, or the underlining that makes a heading of the single line above it."""
        if self.kind is BlockKind.TEXT and len(self.lines) == 1 and line.strip()[0] in "=-":
            self.kind, self.level = BlockKind.HEADING, 1 if line.strip()[0] == "=" else 2
        self.close()

    def table_row(self, line: str) -> None:
        """Keeps a row until the table ends, since only its titles tell what its columns hold."""
        self.close_text()
        if TABLE_RULE.match(line):
            return
        line = " ".join(line.split())
        self.cells += sum(line.count(mark) for mark in ("|", "<br", "• "))
        if self.cells > MOST_CELLS:
            raise ImportProblem(TOO_MUCH)
        self.rows.append([_cell(cell.strip()) for cell in line.removeprefix("|").removesuffix("|").split("|")])

    def add(self, kind: BlockKind, text: str, level: int = 0) -> None:
        self.open(kind, text, level=level)
        self.close()

    def open(self, kind: BlockKind, text: str, level: int = 0, label: str = "") -> None:
        self.close()
        self.kind, self.level, self.label, self.lines = kind, level, label, [text]

    def close(self) -> None:
        if self.rows:
            self.blocks += table_blocks(self.rows, self.boxes, 0)
            self.rows = []
        self.close_text()

    def close_text(self) -> None:
        if self.lines:
            title = _title_lines(self.lines) if self.kind is BlockKind.TEXT else 0
            if title:
                self.blocks.append(Block(BlockKind.TEXT, self.text(self.lines[:title]), self.level))
            self.blocks.append(Block(self.kind, self.text(self.lines[title:]), self.level, self.label))
        self.kind, self.level, self.label, self.lines = BlockKind.TEXT, 0, "", []

    def text(self, lines: list[str]) -> str:
        return plain(self.hyphens.join([line.strip() for line in lines]))
