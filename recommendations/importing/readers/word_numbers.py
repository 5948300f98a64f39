"""Word's automatic numbers: counts paragraphs as Word does and writes the label that it would print."""

import string
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from recommendations.importing.labels import NUMBER_WORDS

ROMAN_DIGITS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
LARGEST = 9999
DEEPEST = 8  # Word’s lists have nine levels


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered. `text` is what is printed, "%1.%2" for the numbers of levels."""

    form: str
    text: str
    start: int
    restarts: bool
    plain: bool


@dataclass
class NumberedList:
    """A list of the document: the numbering it shares with others, its own levels and its own starts."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]
    begun: bool = False


@dataclass
class Numbering:
    """Counts while the document is read from its beginning to its end."""

    lists: dict[str, NumberedList] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, number: str, depth: int) -> str | None:
        """What is printed before the next paragraph of a list; "" for a bullet, None where nothing is printed."""
        found = self.lists.get(number)
        level = found.levels.get(depth) if found else None
        if found is None or level is None:
            return None
        counts = self.counts.setdefault(found.abstract, {})
        if not found.begun:
            found.begun = True
            counts.update({deep: start - 1 for deep, start in found.starts.items()})
        counts[depth] = min(counts.get(depth, level.start - 1) + 1, LARGEST)
        for deeper in [deep for deep in counts if deep > depth]:
            if found.levels.get(deeper, level).restarts:
                del counts[deeper]
        if level.form == "bullet":
            return "" if level.text.strip() else None
        return self._written(found, level, counts) if level.form != "none" and level.text.strip() else None

    @staticmethod
    def _written(found: NumberedList, level: Level, counts: dict[int, int]) -> str:
        text = level.text
        for deep in range(9):
            if f"%{deep + 1}" in text:
                other = found.levels.get(deep, level)
                form = "decimal" if level.plain else other.form
                text = text.replace(f"%{deep + 1}", written(counts.get(deep, other.start), form))
        return text.strip()


def written(number: int, form: str) -> str:
    """A number as Word writes it in one of its forms; figures where the form is not known."""
    number = max(0, min(number, LARGEST))
    if form in ("lowerLetter", "upperLetter") and number:
        letter = string.ascii_lowercase[(number - 1) % 26] * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman"):
        roman = ""
        for value, digits in ROMAN_DIGITS:
            roman += digits * (number // value)
            number %= value
        return roman if form == "lowerRoman" else roman.upper()
    if form == "decimalZero":
        return f"{number:02}"
    if form == "cardinalText" and 0 < number <= len(NUMBER_WORDS):
        return NUMBER_WORDS[number - 1].title()
    return str(number)


def value(element: Any, name: str, default: str = "") -> str:
    """The value of a child such as <w:start w:val="1"/>."""
    child = element.find(qn(name)) if element is not None else None
    return default if child is None else child.get(qn("w:val"), default)


def whole(text: str, default: int = 0) -> int:
    return int(text) if text.lstrip("-").isdecimal() else default


def read_numbering(root: Any) -> Numbering:
    """The lists that word/numbering.xml declares; none where the document has no such part."""
    if root is None:
        return Numbering()
    declared = {one.get(qn("w:abstractNumId")): one for one in root.findall(qn("w:abstractNum"))}
    linked = {value(one, "w:styleLink"): one for one in declared.values() if value(one, "w:styleLink")}
    levels_of = {one.get(qn("w:abstractNumId")): _levels(one) for one in declared.values()}
    lists: dict[str, NumberedList] = {}
    for num in root.findall(qn("w:num")):
        abstract = declared.get(value(num, "w:abstractNumId"))
        if abstract is None:
            continue
        abstract = linked.get(value(abstract, "w:numStyleLink"), abstract)
        levels = dict(levels_of[abstract.get(qn("w:abstractNumId"))])
        starts: dict[int, int] = {}
        for override in num.findall(qn("w:lvlOverride")):
            depth = whole(override.get(qn("w:ilvl"), ""))
            levels.update(_levels(override))
            if start := value(override, "w:startOverride"):
                starts[depth] = whole(start, 1)
        lists[num.get(qn("w:numId"))] = NumberedList(abstract.get(qn("w:abstractNumId")), levels, starts)
    return Numbering(lists)


def _levels(element: Any) -> dict[int, Level]:
    return {
        whole(level.get(qn("w:ilvl"), "")): Level(
            form=value(level, "w:numFmt", "decimal"),
            text=value(level, "w:lvlText"),
            start=whole(value(level, "w:start"), 1),
            restarts=value(level, "w:lvlRestart") != "0",
            plain=level.find(qn("w:isLgl")) is not None,
        )
        for level in element.findall(qn("w:lvl"))
        if 0 <= whole(level.get(qn("w:ilvl"), "")) <= DEEPEST
    }
