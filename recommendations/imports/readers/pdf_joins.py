"""How lines of print become one text: bullets, and words parted at the end of a line."""

import re
from collections import Counter
from itertools import pairwise

BULLET = re.compile(r"(?:[•·◦▪●○■□❑❖➢➤✓‣⁃∙\uf0b7\uf0a7\uf0d8\uf0fc]|[-–—*](?=\s)|o(?=\s+[A-Za-z]))\s*(\S.*)", re.DOTALL)
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
PARTED = re.compile(r"([^\W\d_]+)-$")


def bullet(text: str) -> str | None:
    """The words after a bullet; None where there is none."""
    match = BULLET.match(text)
    return match[1] if match else None


class Hyphens:
    """Judges hyphens at line ends by how the rest of the report writes the word.

    A hyphen stays where the report writes the word with it elsewhere ("bi-annual"), goes where it writes the word
    without, and else goes only in a report that is seen to part words at line ends.
    """

    def __init__(self, lines: list[str]) -> None:
        self.words = Counter(word.lower() for line in lines for word in WORD.findall(line))
        votes = [self.seen(first, second) for first, second in pairwise(lines) if PARTED.search(first)]
        self.parts_words = votes.count(False) > votes.count(True)

    def seen(self, first: str, second: str) -> bool | None:
        """Whether the word over the line end is written with a hyphen elsewhere; None where it is not written."""
        begin, end = PARTED.search(first), WORD.match(second)
        if not begin or not end:
            return None
        if self.words[f"{begin[1]}-{end[0]}".lower()]:
            return True
        return False if self.words[f"{begin[1]}{end[0]}".lower()] else None

    def join(self, lines: list[str]) -> str:
        text = lines[0]
        for line in lines[1:]:
            if text.endswith("/") and not text.endswith(" /"):
                text += line
            elif PARTED.search(text) and line[:1].islower():
                stays = self.seen(text, line)
                keep = stays if stays is not None else not self.parts_words
                text = (text if keep else text[:-1]) + line
            else:
                text = f"{text} {line}"
        return text
