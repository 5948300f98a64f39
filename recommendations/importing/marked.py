"""Marks a block as a recommendation by writing its label before its words in full: "Recommendation 8.14: …"."""

import re
from dataclasses import replace

from recommendations.importing.blocks import Block, BlockKind
from recommendations.importing.labels import DIRECTIVE, recommendation_start

NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*$")
UNNUMBERED = re.compile(r"(?:Recommendation|RECOMMENDATION)\s?[:–—]\s*(?P<rest>\S.*)", re.DOTALL)
INTRODUCES = re.compile(r"(?::|\bfollowing(?: recommendations)?\.)$")
ASKS_AT_ONCE = re.compile(
    r"(?:That|Agree|Build|Consider|Continue|Create|Develop|Ensure|Establish|Implement|Improve|Introduce|Promote|Provide"
    r"|Publish|Review|Strengthen|Undertake|Update|Use|Work)\b"
)
ASKS_NOW = re.compile(
    r"\b(?:(?:should|must|ought to|needs? to)(?! have\b)|shall|recommends?|urges?"
    r"|(?:is|are|be) (?:asked|required) to)\b"
)


def explicit(block: Block) -> bool:
    return recommendation_start(block.text) is not None


def marked(block: Block, label: str, words: str, note: str = "") -> Block:
    kind = BlockKind.TEXT if block.kind is BlockKind.ITEM else block.kind
    return replace(block, kind=kind, label="", text=f"Recommendation {label}: {words}", note=note)


def without_name(text: str) -> str:
    """The words after "Recommendation 4:" or "Recommendation:", where the text begins so."""
    start = recommendation_start(text)
    unnumbered = UNNUMBERED.match(text)
    return start.words if start else unnumbered["rest"] if unnumbered else text


def may_ask(words: str) -> bool:
    """Whether words may ask for something, or at least tell what will be."""
    return bool(DIRECTIVE.search(words) or ASKS_AT_ONCE.match(words))


def asks_now(words: str) -> bool:
    """Whether words ask for something in so many words; what "should have" been done is asked of nobody."""
    return bool(ASKS_NOW.search(words) or ASKS_AT_ONCE.match(words))


def introduces(text: str) -> bool:
    """Whether a text leads to a list, such as "We recommend that:", or ends "the following recommendations"."""
    return "recommend" in text.lower() and INTRODUCES.search(text[-60:]) is not None
