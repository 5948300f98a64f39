"""How lines of print become one text: words parted at the end of a line."""

import re
from collections import Counter
from itertools import pairwise

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LONGEST_WORD = 60
PARTED = re.compile(r"([^\W\d_]+)-$")


class Hyphens:
    """Judges hyphens at line ends by how the rest of the report writes the word.

    A hyphen stays where the report writes the word with it elsewhere ("bi-annual"), goes where it writes the word
    without, and else goes only in a report that is seen to part words at line ends.
    """

    def __init__(self, lines: list[str]) -> None:
        self.words = Counter(word.lower() for line in lines for word in WORD.findall(line))
        votes = [self.seen(first, second) for first, second in pairwise(lines) if first.endswith("-")]
        self.parts_words = votes.count(False) > votes.count(True)

    def seen(self, first: str, second: str) -> bool | None:
        """Whether the word over the line end is written with a hyphen elsewhere; None where it is not written."""
        begin, end = PARTED.search(first[-LONGEST_WORD:]), WORD.match(second)
        if not begin or not end:
            return None
        if self.words[f"{begin[1]}-{end[0]}".lower()]:
            return True
        return False if self.words[f"{begin[1]}{end[0]}".lower()] else None

    def join(self, lines: list[str]) -> str:
        """The lines as one text. Only the end of each is looked at, so that long texts cost no more than short ones."""
        parts = lines[:1]
        for line in lines[1:]:
            last = "".join(parts[-2:])[-LONGEST_WORD:]
            if last.endswith("/") and not last.endswith(" /"):
                parts.append(line)
            elif (parted := PARTED.search(last)) and _same_case(parted[1], line):
                stays = self.seen(last, line)
                keep = stays if stays is not None else not self.parts_words
                parts[-1] = parts[-1] if keep else parts[-1][:-1]
                parts.append(line)
            else:
                parts += [" ", line]
        return "".join(parts)


def _same_case(begin: str, line: str) -> bool:
    """Whether a line may go on a word: in small letters, or both in capitals."""
    return line[:1].islower() or (begin.isupper() and line[:2].isupper())
