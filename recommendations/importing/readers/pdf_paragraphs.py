"""Lines of a PDF to blocks: which lines are one paragraph, and what each paragraph is."""

from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from recommendations.importing.blocks import Block, BlockKind
from recommendations.importing.labels import finished, item_label, recommendation_start, title_ends
from recommendations.importing.readers.joins import Hyphens
from recommendations.importing.readers.marks import bullet
from recommendations.importing.readers.pdf_lines import PdfLine
from recommendations.importing.readers.pdf_margins import body_size
from recommendations.importing.readers.pdf_tables import find_tables

WIDER = 1.28  # times the usual distance of two lines: a new paragraph
USUAL = 1.15  # times their size: the distance of lines of which nothing else tells
SHORT = 0.2  # of the column: a line that ends so long before its edge may end its paragraph
STEP = 6  # points of indentation that make a level
LONGEST_HEADING = 160
MOST_LINES_OF_TITLE = 20
LARGER = 1.08  # times the size of the text: a heading


@dataclass
class _Paragraph:
    """Lines that belong together. `rest` is where its lines after the first begin."""

    lines: list[PdfLine]
    page: int

    @property
    def first(self) -> PdfLine:
        return self.lines[0]

    @property
    def last(self) -> PdfLine:
        return self.lines[-1]

    @property
    def rest(self) -> float | None:
        rest = islice(self.lines, 1, None)
        second = self.lines[1].left if len(self.lines) > 1 else None
        return next((line.left for line in rest if not line.after_gap), second)


def paragraphs(pages: list[list[PdfLine]]) -> list[Block]:
    """The blocks that the lines of all pages make, in reading order."""
    reader = _PdfReader(pages)
    for number, found in find_tables(pages):
        if isinstance(found, PdfLine):
            reader.take(found, number)
        else:
            reader.found.append(found)
    return reader.blocks()


def starts_item(text: str) -> bool:
    return bullet(text) is not None or bool(item_label(text)[0])


def is_marker(text: str) -> bool:
    """Whether a text is nothing but a bullet or a label."""
    return starts_item(f"{text} X") and not starts_item(text) and " " not in text


class _PdfReader:
    """Gathers lines to paragraphs, then judges each by its letters and its place."""

    def __init__(self, pages: list[list[PdfLine]]) -> None:
        lines = [line for page in pages for line in page]
        self.body = body_size(pages)
        fonts: Counter[str] = Counter()
        for line in lines:
            fonts[line.font] += len(line.text)
        self.font = fonts.most_common(1)[0][0] if fonts else ""
        self.leading = _leading(pages)
        self.margins = [_margin(pages[parity::2]) for parity in (0, 1)]
        self.hyphens = Hyphens([line.text for line in lines])
        self.found: list[_Paragraph | list[Block]] = []
        self.heading_fonts: set[str] = set()

    def take(self, line: PdfLine, page: int) -> None:
        paragraph = self.found[-1] if self.found else None
        if isinstance(paragraph, _Paragraph) and self.goes_on(paragraph, line, page):
            paragraph.lines.append(line)
            paragraph.page = page
        else:
            self.found.append(_Paragraph([line], page))

    def goes_on(self, paragraph: _Paragraph, line: PdfLine, page: int) -> bool:
        """Whether a line is part of the paragraph that is open."""
        last = paragraph.last
        same_page = page == paragraph.page
        if line.box != last.box:
            return False
        if line.after_gap and same_page:
            return True
        if (line.strong != last.strong and not is_marker(last.text)) or abs(line.size - last.size) > 0.6:
            return False
        if recommendation_start(line.text, after_finished=self.ends(last)):
            return False
        if not same_page or line.y > last.y:
            return self.goes_on_beyond(paragraph, line, page)
        if last.y - line.y > WIDER * self.leading.get(round(line.size), USUAL * line.size):
            return False
        if starts_item(line.text) or is_marker(line.text):
            return not self.opens_item(paragraph, line)
        return self.stands_in_line(paragraph, line)

    @staticmethod
    def ends(line: PdfLine) -> bool:
        """Whether a paragraph may end with the line: a sentence does, or it stops well before the edge."""
        return finished(line.text) or line.right < line.edge - SHORT * (line.edge - line.left)

    def goes_on_beyond(self, paragraph: _Paragraph, line: PdfLine, page: int) -> bool:
        """Whether a paragraph goes on after the end of its page or column."""
        if starts_item(line.text) or is_marker(line.text) or self.is_heading(paragraph):
            return False
        if not finished(paragraph.last.text):
            return line.text[:1].islower() or not self.ends(paragraph.last)
        shift = self.margins[page % 2] - self.margins[paragraph.page % 2]
        hangs = paragraph.rest is not None and paragraph.rest > paragraph.first.left + STEP
        full = paragraph.last.right > line.edge - SHORT * (line.edge - line.left)
        return hangs and full and abs(line.left - (paragraph.rest or 0) - shift) < 2

    def opens_item(self, paragraph: _Paragraph, line: PdfLine) -> bool:
        """Whether a line that begins like an item is one: it hangs out, stands in, or follows an end."""
        last, rest = paragraph.last, paragraph.rest
        usual = self.leading.get(round(line.size), USUAL * line.size)
        if bullet(f"{line.text} X") or last.y - line.y > 1.08 * usual:
            return True
        if rest is not None and line.left < rest - 3:
            return True
        if line.left > paragraph.first.left + 3 and (rest is None or line.left > rest + 3):
            return True
        listed = last.text.endswith((",", " and", " or"))
        return self.ends(last) or (listed and starts_item(paragraph.first.text))

    def stands_in_line(self, paragraph: _Paragraph, line: PdfLine) -> bool:
        """Whether the line's left end fits the paragraph, and the line before does not end it."""
        last, rest = paragraph.last, paragraph.rest
        begins = not line.text[:1].islower()
        if self.returns(paragraph, line) or self.ends_title(paragraph, line):
            return False
        if rest is None:
            out, deep = paragraph.first.left - line.left, line.left - paragraph.first.left
            if out > STEP and (starts_item(paragraph.first.text) or out > 6 * STEP):
                return False
            if deep > STEP and not starts_item(paragraph.first.text) and self.ends(last) and begins:
                return False
        elif abs(line.left - rest) > STEP and self.ends(last) and begins:
            return False
        short = last.right < last.edge - SHORT * (last.edge - paragraph.first.left)
        return not (short and finished(last.text) and begins)

    @staticmethod
    def ends_title(paragraph: _Paragraph, line: PdfLine) -> bool:
        """Whether all lines so far are a recommendation's title: the last leaves room for the line's first word."""
        if len(paragraph.lines) > MOST_LINES_OF_TITLE:
            return False
        word = (line.right - line.left) * (len(line.text.split()[0]) + 1) / len(line.text)
        text = " ".join(one.text for one in paragraph.lines)
        return paragraph.last.right + word < line.right and title_ends(text, line.text)

    @staticmethod
    def returns(paragraph: _Paragraph, line: PdfLine) -> bool:
        """Whether a line stands left of a bullet whose words end short of the edge: it goes on the text above them."""
        first, last = paragraph.first, paragraph.last
        short = last.right < last.edge - SHORT * (last.edge - first.left)
        hangs = paragraph.rest is not None and paragraph.rest > first.left + STEP
        return short and bullet(f"{first.text} X") is not None and line.left < first.left + (3 if hangs else -STEP)

    def is_heading(self, paragraph: _Paragraph) -> bool:
        """Few short words, no sentence, in letters that are larger, bold or of another kind than the text's."""
        if len(paragraph.lines) > 4:
            return False
        text = " ".join(line.text for line in paragraph.lines)
        if len(text) > LONGEST_HEADING or bullet(text):
            return False
        if text.endswith(":") and len(text) < 60 and all(line.size >= 1.3 * self.body for line in paragraph.lines):
            return True
        if finished(text) and not text.endswith("?"):
            bare_label = bool(recommendation_start(text)) and text.endswith(":") and paragraph.first.strong
            return bare_label or self.is_sentence_heading(paragraph, text)
        if item_label(text)[0][:1].islower() or text.endswith((",", " and", " or")) or text[:1].islower():
            return False
        large = all(line.size >= LARGER * self.body for line in paragraph.lines)
        strong = all(line.strong for line in paragraph.lines)
        other = all(line.font != self.font and line.size >= self.body for line in paragraph.lines)
        return large or strong or (other and len(paragraph.lines) < 3)

    def is_sentence_heading(self, paragraph: _Paragraph, text: str) -> bool:
        """A heading that ends with a full stop shows only by letters that other headings, not the text, have."""
        if len(paragraph.lines) > 1 or recommendation_start(text) or starts_item(text) or not text.endswith("."):
            return False
        return paragraph.first.font in self.heading_fonts and not paragraph.first.strong

    def blocks(self) -> list[Block]:
        all_found = [one for one in self.found if isinstance(one, _Paragraph)]
        self.heading_fonts = {one.first.font for one in all_found if self.is_heading(one)} - {self.font}
        styles = {self.style(one) for one in all_found if self.is_heading(one)}
        ranks = {style: place for place, style in enumerate(sorted(styles, reverse=True), start=1)}
        made: list[Block] = []
        for paragraph in self.found:
            if not isinstance(paragraph, _Paragraph):
                made += paragraph
                continue
            block = self.block(paragraph, ranks)
            before = made[-1] if made else None
            if before and before.kind is block.kind is BlockKind.HEADING and before.text.endswith(":"):
                block = replace(block, text=f"{made.pop().text} {block.text}")
            made.append(block)
        return made

    @staticmethod
    def style(paragraph: _Paragraph) -> tuple[float, bool]:
        return round(paragraph.first.size), paragraph.first.strong

    def block(self, paragraph: _Paragraph, ranks: dict[tuple[float, bool], int]) -> Block:
        text = self.hyphens.join([line.text for line in paragraph.lines])
        level = max(0, int((paragraph.first.left - self.margins[paragraph.page % 2] + 2) // STEP))
        strong, box = all(line.strong for line in paragraph.lines), paragraph.first.box
        if self.is_heading(paragraph):
            return Block(BlockKind.HEADING, text, ranks[self.style(paragraph)], box=box)
        if is_marker(text) and bullet(f"{text} X"):
            return Block(BlockKind.ITEM, "", level, box=box)
        if (words := bullet(text)) is not None:
            label, words = item_label(words)
            return Block(BlockKind.ITEM, words, level, label, strong=strong, box=box)
        label, words = item_label(text)
        if label:
            return Block(BlockKind.ITEM, words, level, label, strong=strong, box=box)
        return Block(BlockKind.TEXT, text, level, strong=strong, box=box)


def _leading(pages: list[list[PdfLine]]) -> dict[int, float]:
    """For each size of letters, the distance at which most lines follow one that has not ended."""
    counted: dict[int, Counter[float]] = {}
    for lines in pages:
        for first, second in pairwise(lines):
            goes_on = not finished(first.text) and second.text[:1].islower() and not starts_item(second.text)
            if goes_on and first.size == second.size and 0.8 * first.size < first.y - second.y < 3 * first.size:
                counted.setdefault(round(first.size), Counter())[round((first.y - second.y) * 2) / 2] += 1
    return {size: distances.most_common(1)[0][0] for size, distances in counted.items()}


def _margin(pages: list[list[PdfLine]]) -> float:
    """Where the text begins on the left: further left stands next to nothing."""
    starts = sorted(line.left for lines in pages for line in lines if not line.after_gap)
    return starts[len(starts) // 20] if starts else 0
