"""Paragraphs and recommendations while their lines are still being gathered."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from recommendations.importing.blocks import Block
from recommendations.importing.checks import as_many_as_are_read, point_warnings
from recommendations.importing.labels import (
    DIRECTIVE,
    LONGEST_LABEL,
    ROMAN,
    finished,
    inline_points,
    reads_as_title,
    successor,
)
from recommendations.importing.parsed import ParsedParagraph, ParsedRecommendation, ParsedSection, SubPoint
from recommendations.importing.problems import bounded

SHORT_LINE = 70
POINTS_BACK = re.compile(
    r"[a-z]|(?:This|These|Those|They|It|Such|Each|All of) (?!report|review|chapter|section)"
    r"|In (?:doing so|each case|all cases)\b|(?:All|Each|Any|Both|None) of (?:the above|these|this)\b"
)


@dataclass
class DraftParagraph:
    """A paragraph and the bullets under it."""

    key: int
    number: str
    lines: list[str]
    section: int | None
    position: int
    restored: bool

    def add_point(self, point: Block) -> None:
        self.lines.append(f"({point.label}) {point.text}" if point.label else f"• {point.text}")

    def parsed(self) -> ParsedParagraph:
        text = "\n".join(line for line in self.lines if line)
        return ParsedParagraph(self.key, self.number, text, self.section, self.position)


@dataclass
class DraftRecommendation:
    """A recommendation and the lines that belong to it."""

    label: str
    kind: str
    title: str
    lines: list[str]
    takes_text: bool
    trail: tuple[ParsedSection, ...]
    paragraphs: tuple[str, ...]
    position: int
    points: list[Block] = field(default_factory=list)
    opening: str | None = None
    warnings: list[str] = field(default_factory=list)
    box: int = 0
    strong: bool = False
    last_label: str = ""
    last_place: int = 0  # of the last sub-point among the lines

    def awaits_box(self) -> bool:
        """Whether only a label or title stands, in no box: the box that follows holds the words."""
        return not self.box and not self.lines

    def takes(self, text: Block) -> bool:
        """Whether a text that follows is part of the wording.

        All in the recommendation's own box is, nothing outside it. So is bold text after a bold beginning, what
        begins like the middle of a sentence, and, after sub-points, what points back at them ("This …").
        """
        if self.box or text.box:
            return self.box == text.box
        if self.seems_heading(text):
            return False
        if self.goes_on() or (self.strong and text.strong):
            return True
        return bool(self.points) and (text.level > self.points[-1].level or POINTS_BACK.match(text.text) is not None)

    def seems_heading(self, text: Block) -> bool:
        """Whether a few words on a line of their own, after a sentence, open what is next: plain text marks none."""
        after_sentence = bool(self.lines) and self.lines[-1].rstrip().endswith((".", "!", "?"))
        short = len(text.text) <= SHORT_LINE and text.text[:1].isupper() and not finished(text.text)
        return after_sentence and short and reads_as_title(text.text)

    def doubts(self, text: Block) -> bool:
        """Whether a text taken in after the first, outside a box, neither asks for anything nor points back."""
        first = not self.lines or self.box or self.lines[-1].endswith((":", ",", ";"))
        return not first and not DIRECTIVE.search(text.text) and POINTS_BACK.match(text.text) is None

    def add_text(self, text: Block) -> None:
        """A text that stands deeper than the marker of the last sub-point belongs to that; else to the whole."""
        if self.points and text.level > self.points[-1].level and self.points[-1].text:
            self.add_to_last_point(text.text)
        else:
            self.lines.append(text.text)

    def goes_on(self) -> bool:
        """Whether a text that follows is part of the wording: under a title, or after a colon."""
        return self.takes_text or (not self.points and self.lines[-1].endswith(":"))

    def add_point(self, point: Block) -> None:
        """A sub-point on a line of its own; a point nested in one stays in its words, as "(i) …" on a new line."""
        if self.opening is None:
            self.opening = "\n".join(self.lines)
        if self.is_nested(point):
            self.add_to_last_point(f"({point.label}) {point.text}" if point.label else f"• {point.text}")
        else:
            self.lines.append(point.text)
            self.points.append(point)
            self.last_place = len(self.lines) - 1
        self.last_label = point.label

    def is_nested(self, point: Block) -> bool:
        """Whether a point stands deeper than the first, or begins or goes on a roman list under letters."""
        if not self.points:
            return False
        first, last = self.points[0], self.points[-1]
        if point.level != first.level:
            return point.level > first.level
        lettered = len(last.label) == 1 and last.label.isalpha() and last.label not in "h"
        opens = first.label == "a" and point.label == "i" and lettered
        follows = first.label == "a" and self.last_label in ROMAN and self.last_label != last.label
        return opens or (follows and point.label in ROMAN[1:] and point.label != successor(last.label))

    def add_to_last_point(self, text: str) -> None:
        self.points[-1] = replace(self.points[-1], text=bounded(f"{self.points[-1].text}\n{text}"))
        self.lines[self.last_place] = self.points[-1].text

    def parsed(self) -> ParsedRecommendation:
        title, lines = (self.title, self.lines) if self.lines else ("", [self.title])
        text = "\n".join(lines)
        inline = () if self.points else inline_points(text)
        points = tuple(SubPoint(point.label, point.text) for point in self.points)
        return ParsedRecommendation(
            label=self.label,
            title=title,
            text=text,
            opening=text if self.opening is None else self.opening,
            sub_points=points or tuple(SubPoint(label, words) for label, words in inline),
            inline=bool(inline),
            heading=tuple(section.title for section in self.trail),
            section=self.trail[-1].key if self.trail else None,
            paragraphs=self.paragraphs,
            position=self.position,
            warnings=as_many_as_are_read([*self.warnings, *point_warnings(text, self.points)]),
        )


def tell_apart(found: Iterable[DraftRecommendation]) -> None:
    """Numbers that stand for recommendations of several kinds keep the kind as printed: "National 1", "Local 1".

    Where numbers run on over the kinds they are labels enough. A kind too long for a label is left out.
    """
    found = list(found)
    kinds: dict[str, set[str]] = {}
    for draft in found:
        kinds.setdefault(draft.label, set()).add(draft.kind)
    if all(len(those) == 1 for those in kinds.values()):
        return
    for draft in found:
        told = f"{draft.kind} {draft.label}"
        if draft.kind and len(told) <= LONGEST_LABEL:
            draft.label = told
