"""Blocks to a parsed report: sections, paragraphs and recommendations in reading order."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count

from recommendations.importing.blocks import Block, BlockKind
from recommendations.importing.checks import as_many_as_are_read, label_warnings, number_warnings
from recommendations.importing.drafts import DraftParagraph, DraftRecommendation, tell_apart
from recommendations.importing.headings import is_appendix, is_capitals, names_a_section, sections_among
from recommendations.importing.labels import (
    DIRECTIVE,
    LONGEST_TITLE,
    RecommendationStart,
    finished,
    is_paragraph_number,
    is_reply,
    reads_as_title,
    recommendation_start,
    successor,
)
from recommendations.importing.listed import mark_listed
from recommendations.importing.marked import asks_now
from recommendations.importing.mend import mend
from recommendations.importing.parsed import ParsedReport, ParsedSection
from recommendations.importing.problems import ImportProblem
from recommendations.importing.references import find_references

NOTHING_FOUND = (
    "No recommendation was found. Each must start on a line of its own with its number, "
    "for example “Recommendation 1: …”. Check that this is the right file."
)
MAY_NOT_BELONG = "The text from “{} …” may not belong to this recommendation. Check it against the report."
MAY_GO_ON = "The paragraph that follows may belong to this recommendation. Check it against the report."


def parse_report(blocks: list[Block]) -> ParsedReport:
    """The report that the blocks make. Raises ImportProblem when they hold no recommendation."""
    blocks = mend(blocks)
    if not blocks:
        raise ImportProblem(NOTHING_FOUND)
    blocks, warnings = mark_listed(blocks)
    walk = _Walk(is_section=sections_among(blocks))
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        walk.take(block, after)
    if not walk.recommendations:
        raise ImportProblem(NOTHING_FOUND)
    return walk.report(warnings)


@dataclass
class _Walk:
    """One walk down the report, which knows where it stands: section, open paragraph, open recommendation."""

    is_section: Callable[[Block], bool]
    titles: list[str] = field(default_factory=list)
    sections: list[ParsedSection] = field(default_factory=list)
    paragraphs: list[DraftParagraph] = field(default_factory=list)
    recommendations: list[DraftRecommendation] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)
    repeated: list[str] = field(default_factory=list)
    trail: tuple[ParsedSection, ...] = ()
    since: list[str] = field(default_factory=list)
    recommendation: DraftRecommendation | None = None
    paragraph: DraftParagraph | None = None
    last_numbered: Block | None = None
    point_label: str = ""
    previous: Block | None = None
    positions: count = field(default_factory=lambda: count(1))

    @property
    def section(self) -> int | None:
        return self.trail[-1].key if self.trail else None

    def take(self, block: Block, after: Block | None) -> None:
        start = recommendation_start(block.text, after_finished=self.may_start(block))
        if self.recommendation and block.box and self.recommendation.awaits_box():
            self.recommendation.box = block.box
        if self.recommendation and self.recommendation.box and block.box != self.recommendation.box:
            self.recommendation = None
        if start:
            self.open_recommendation(block, start, after)
        elif self.answers(block):
            self.open_paragraph(replace(block, label=""))
        elif self.recommendation and (self.names_recommendation(block) or self.titles_text(block, after)):
            self.recommendation.title = block.text
        elif block.kind is BlockKind.HEADING:
            self.open_section(block)
        elif block.kind is BlockKind.ITEM:
            self.take_item(block)
        else:
            self.take_text(block)
        self.previous = block

    def answers(self, block: Block) -> bool:
        """Whether a block is an answer to a recommendation: that ends it, and opens no section."""
        worded = self.recommendation is None or bool(self.recommendation.lines)
        return bool(self.recommendations) and worded and not block.label and is_reply(block.text)

    def names_recommendation(self, block: Block) -> bool:
        """Whether a heading straight after a heading that is only a label, "Recommendation 2", is its title."""
        before, found = self.previous, self.recommendation
        bare = found is not None and not found.title and not found.lines
        headed = before is not None and before.kind is block.kind is BlockKind.HEADING and before.level <= block.level
        return bare and headed and not names_a_section(block.text) and reads_as_title(block.text)

    def titles_text(self, block: Block, after: Block | None) -> bool:
        """Whether a few words below a bare label, and above a text that asks for something, are its title."""
        found = self.recommendation
        bare = found is not None and not found.title and not found.lines and _are_texts(block, after)
        short = len(block.text) <= LONGEST_TITLE and not finished(block.text) and block.text[:1].isupper()
        return bare and short and reads_as_title(block.text) and after is not None and asks_now(after.text)

    def may_start(self, block: Block) -> bool:
        """A sentence that has not ended cannot be followed by a recommendation, unless either stands apart."""
        previous = self.previous
        return (
            previous is None
            or block.kind is BlockKind.HEADING
            or bool(block.box)
            or is_reply(previous.text)
            or previous.kind is BlockKind.HEADING
            or self.recommendation is not None
            or finished(previous.text)
        )

    def open_section(self, block: Block) -> None:
        self.recommendation = self.paragraph = None
        self.since, self.point_label = [], ""
        section = self.is_section(block) and (not self.in_appendix() or self.leaves_appendix(block.text))
        if not section and not self.trail:
            self.titles.append(block.text)
            return
        parent = None if section else self.trail[0]
        opened = ParsedSection(len(self.sections) + 1, block.text, parent.key if parent else None, next(self.positions))
        self.sections.append(opened)
        self.trail = (parent, opened) if parent else (opened,)

    def in_appendix(self) -> bool:
        return bool(self.trail) and is_appendix(self.trail[0].title)

    @staticmethod
    def leaves_appendix(title: str) -> bool:
        """An appendix has an introduction and a summary of its own; only an appendix or capitals follow it."""
        return is_appendix(title) or is_capitals(title)

    def open_recommendation(self, block: Block, start: RecommendationStart, after: Block | None) -> None:
        titled = _is_title(block, start, after)
        self.recommendation = DraftRecommendation(
            label=start.label,
            kind=start.kind,
            title=start.words if titled else "",
            lines=[] if titled else [start.words],
            takes_text=titled,
            trail=self.trail,
            paragraphs=tuple(self.since) or self.shared_paragraphs(),
            position=next(self.positions),
            warnings=[block.note] if block.note else [],
            box=block.box,
            strong=block.strong and block.kind is not BlockKind.HEADING,
        )
        self.recommendations.append(self.recommendation)
        self.paragraph, self.since, self.point_label = None, [], ""

    def shared_paragraphs(self) -> tuple[str, ...]:
        """A recommendation printed straight after another answers the same paragraphs."""
        before = self.recommendations[-1] if self.recommendations else None
        return before.paragraphs if before and before.trail == self.trail else ()

    def take_item(self, block: Block) -> None:
        boxed = bool(block.box and self.recommendation and self.recommendation.box == block.box)
        if not boxed and self.numbers_paragraph(block):
            if self.recommendation and self.words_it(block):
                self.recommendation.lines.append(block.text)
                self.numbers.add(block.label)
                self.last_numbered = block
            else:
                self.open_paragraph(block)
            return
        self.point_label = block.label
        if self.recommendation:
            self.recommendation.add_point(block)
        else:
            paragraph = self.paragraph or self.open_paragraph(Block(BlockKind.TEXT, ""))
            paragraph.add_point(block)

    def words_it(self, block: Block) -> bool:
        """Whether a numbered paragraph holds the words of a recommendation of which only the label stands above."""
        found = self.recommendation
        return found is not None and not found.lines and not found.title and block.label not in self.numbers

    def numbers_paragraph(self, block: Block) -> bool:
        """Whether an item's label is a paragraph's number, not a point's in a list."""
        if not is_paragraph_number(block.label):
            return False
        if self.point_label and block.label == successor(self.point_label):
            return False
        last = self.last_numbered
        if last and block.label == successor(last.label):
            return True
        if last and block.level > last.level:
            return False
        bare = self.recommendation is not None and not self.recommendation.lines
        introduced = bare or (self.previous is not None and self.previous.text.endswith(":"))
        return not (introduced and block.label in ("1", "A"))

    def take_text(self, block: Block) -> None:
        if self.recommendation and self.recommendation.takes(block):
            if self.recommendation.doubts(block):
                self.recommendation.warnings.append(MAY_NOT_BELONG.format(" ".join(block.text.split()[:6])))
            self.recommendation.add_text(block)
            return
        if self.recommendation:
            self.recommendation.warnings.append(MAY_GO_ON)
        self.open_paragraph(block)

    def open_paragraph(self, block: Block) -> DraftParagraph:
        number, text = block.label, block.text
        if number in self.numbers:
            self.repeated.append(number)
            number, text = "", f"{number}. {text}"
        key = len(self.paragraphs) + 1
        paragraph = DraftParagraph(key, number, [text], self.section, next(self.positions), block.restored)
        self.paragraphs.append(paragraph)
        self.paragraph, self.recommendation, self.point_label = paragraph, None, ""
        if number:
            self.since.append(number)
            self.numbers.add(number)
            self.last_numbered = block
        return paragraph

    def report(self, warnings: list[str]) -> ParsedReport:
        tell_apart(self.recommendations)
        paragraphs = tuple(draft.parsed() for draft in self.paragraphs)
        recommendations = tuple(draft.parsed() for draft in self.recommendations)
        references, lost = find_references(self.sections, paragraphs, recommendations)
        restored = [draft.number for draft in self.paragraphs if draft.restored and draft.number]
        return ParsedReport(
            title=": ".join(self.titles),
            sections=tuple(self.sections),
            paragraphs=paragraphs,
            recommendations=recommendations,
            references=tuple(references),
            warnings=as_many_as_are_read(
                [*label_warnings(recommendations), *number_warnings(self.repeated, restored), *lost, *warnings]
            ),
        )


def _are_texts(*blocks: Block | None) -> bool:
    return all(block is not None and block.kind is BlockKind.TEXT for block in blocks)


def _is_title(block: Block, start: RecommendationStart, after: Block | None) -> bool:
    """Whether the words on a recommendation's first line are a title, its wording following on the next lines."""
    words = start.words
    if not words:
        return True
    texts = (BlockKind.TEXT, BlockKind.ITEM)
    follows = after is not None and after.kind in texts and not recommendation_start(after.text)
    if block.kind is BlockKind.HEADING and follows and reads_as_title(words):
        return True
    if len(words) > LONGEST_TITLE or finished(words) or not reads_as_title(words):
        return False
    if block.kind is BlockKind.HEADING:
        return True
    if after is None or not follows or is_reply(after.text):
        return False
    return finished(after.text) if after.kind is BlockKind.TEXT else bool(DIRECTIVE.search(after.text))
