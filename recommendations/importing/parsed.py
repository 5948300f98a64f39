"""A report as the importer understands it: plain values, no database."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ParsedSection:
    """A printed heading. `parent` is the key of the section a subsection stands in."""

    key: int
    title: str
    parent: int | None
    position: int


@dataclass(frozen=True)
class ParsedParagraph:
    """A block of text. `number` is empty where the report prints none; bullets are lines that start with "• "."""

    key: int
    number: str
    text: str
    section: int | None
    position: int


@dataclass(frozen=True)
class SubPoint:
    """A lettered, numbered or bulleted part of a recommendation; a bullet's label is empty."""

    label: str
    text: str


@dataclass(frozen=True)
class ParsedRecommendation:
    """A recommendation, word for word.

    `text` is the whole wording, each listed sub-point on a line of its own without its marker. `opening` is the
    wording before listed sub-points, and the whole wording where there are none or they run on in the sentence
    (`inline`). `title` is the heading some reports print above the wording. `heading` is the section's title,
    then the subsection's. `paragraphs` are the numbered paragraphs since the previous recommendation or
    heading, the leading one last; one printed straight after another has those of the one before.
    """

    label: str
    title: str
    text: str
    opening: str
    sub_points: tuple[SubPoint, ...]
    inline: bool
    heading: tuple[str, ...]
    section: int | None
    paragraphs: tuple[str, ...]
    position: int
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class ParsedReference:
    """A cross-reference as printed.

    `source_kind` is "recommendation", "paragraph" or "section"; `source` is a label, a number or a section's key.
    `target_kind` is "recommendation" or "paragraph"; `target` is its label or number.
    """

    source_kind: str
    source: str | int
    target_kind: str
    target: str
    words: str


@dataclass(frozen=True)
class ParsedReport:
    """Everything read from one file. Positions run on over sections, paragraphs and recommendations."""

    title: str
    sections: tuple[ParsedSection, ...]
    paragraphs: tuple[ParsedParagraph, ...]
    recommendations: tuple[ParsedRecommendation, ...]
    references: tuple[ParsedReference, ...]
    warnings: tuple[str, ...]
