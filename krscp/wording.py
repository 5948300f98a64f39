"""What differs between two texts, word by word."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A word with marks inside it is one ("co-chair", "18.5", "https://example.org"); any other mark stands alone.
WORD = re.compile(r"(\s*)(\w+(?:[^\w\s]+\w+)*|[^\w\s])")
# Texts that share less than half are shown one after the other: a patchwork of single words tells nothing.
SHARED = 0.5


class Sort(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """Some words running that stay, go or come, with the space that stands before them."""

    sort: Sort
    text: str
    gap: str = ""

    @property
    def is_removed(self) -> bool:
        return self.sort == Sort.REMOVED

    @property
    def is_added(self) -> bool:
        return self.sort == Sort.ADDED


def whole_differences(before: str, after: str) -> list[Piece]:
    """All of one text and then all of the other: for values that are read at a glance, such as dates."""
    if before == after:
        return [Piece(Sort.SAME, after)] if after else []
    found = [Piece(Sort.REMOVED, before)] if before else []
    return [*found, *([Piece(Sort.ADDED, after, " " if before else "")] if after else [])]


def word_differences(before: str, after: str) -> list[Piece]:
    """The words of `after` in their order, with those of `before` that went; spacing alone is no difference."""
    old, new = WORD.findall(before), WORD.findall(after)
    matcher = SequenceMatcher(None, [word for _, word in old], [word for _, word in new], autojunk=False)
    if matcher.ratio() < SHARED:
        return whole_differences(before, after)
    return list(_pieces(matcher, old, new))


def _pieces(matcher: SequenceMatcher, old: list[tuple[str, str]], new: list[tuple[str, str]]) -> Iterator[Piece]:
    for name, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if name == "equal":
            yield _piece(Sort.SAME, new[new_start:new_end])
            continue
        if old_end > old_start:
            yield _piece(Sort.REMOVED, old[old_start:old_end])
        if new_end > new_start:
            yield _piece(Sort.ADDED, new[new_start:new_end])


def _piece(sort: Sort, words: Iterable[tuple[str, str]]) -> Piece:
    (gap, first), *rest = words
    return Piece(sort, first + "".join(space + word for space, word in rest), gap)
