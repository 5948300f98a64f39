"""What every reader makes of a file: its blocks, in reading order, whatever the file's format."""

from dataclasses import dataclass
from enum import Enum


class BlockKind(Enum):
    """What a block is on the page."""

    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    NOTE = "note"


@dataclass(frozen=True)
class Block:
    """One heading, paragraph, list item or footnote, without markup and without footnote marks.

    `level` is a heading's depth, or how far an item's marker or a text stands from the margin. `label` is what is
    printed before an item ("12", "A", "b"), empty for a bullet. `restored` says that the print lost the label and
    we put it back. `strong` says that all of it is bold. Blocks in one box of the page share its number; 0 is none.
    `note` is what a reader of the preview must be told of it.
    """

    kind: BlockKind
    text: str
    level: int = 0
    label: str = ""
    restored: bool = False
    strong: bool = False
    box: int = 0
    note: str = ""
