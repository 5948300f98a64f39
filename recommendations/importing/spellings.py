"""Where a wording names a body: by name, abbreviation or other name, as it stands. Knows no database."""

import re
from collections.abc import Mapping, Sequence

Named = tuple[int, str]  # the body's key, and the words that name it
MOST_NAMED = 600  # in all recommendations of a report: each is a question on one page
FEWEST_EACH = 3


class Spellings:
    """What bodies are called, the longest first, so that “VCA subgroup” is found before “VCA”."""

    def __init__(self, names: Mapping[str, int]) -> None:
        self.keys = {fold(name): key for name, key in names.items()}
        longest_first = sorted(names, key=len, reverse=True)
        self.pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(_spelled, longest_first)) or '(?!)'})(?!\w)")

    def found(self, text: str) -> list[Named]:
        """Each body once, with the words as they stand in the text."""
        found: dict[int, str] = {}
        for match in self.pattern.finditer(text):
            key = self.keys.get(fold(match[0]))
            if key is not None:
                found.setdefault(key, match[0])
        return list(found.items())

    def found_in(self, texts: Sequence[str]) -> list[list[Named]]:
        """The bodies that each text names, the first of them where all texts together name too many."""
        most = max(FEWEST_EACH, MOST_NAMED // max(1, len(texts)))
        return [self.found(text)[:most] for text in texts]


def _spelled(name: str) -> str:
    """A name as a pattern: capitals count in abbreviations only, and every apostrophe is the same one."""
    pattern = re.sub("['’‘]", "['’‘]", re.escape(name))
    return pattern if name.isupper() or " " not in name else f"(?i:{pattern})"


def fold(name: str) -> str:
    return re.sub("[’‘]", "'", name).casefold()
