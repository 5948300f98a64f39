"""Paragraphs and recommendations while their lines are still being gathered."""

from dataclasses import dataclass, field

from recommendations.imports.blocks import Block
from recommendations.imports.checks import point_warnings
from recommendations.imports.labels import inline_points
from recommendations.imports.parsed import ParsedParagraph, ParsedRecommendation, ParsedSection, SubPoint


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
    title: str
    lines: list[str]
    takes_text: bool
    trail: tuple[ParsedSection, ...]
    paragraphs: tuple[str, ...]
    position: int
    points: list[Block] = field(default_factory=list)
    opening: str | None = None
    warnings: list[str] = field(default_factory=list)

    def goes_on(self) -> bool:
        """Whether a text that follows is part of the wording: under a title, or after a colon."""
        return self.takes_text or (not self.points and self.lines[-1].endswith(":"))

    def add_point(self, point: Block) -> None:
        if self.opening is None:
            self.opening = "\n".join(self.lines)
        self.lines.append(point.text)
        self.points.append(point)

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
            warnings=(*self.warnings, *point_warnings(text, self.points)),
        )
