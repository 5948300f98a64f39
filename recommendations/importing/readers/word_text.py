"""The words of a Word paragraph as a reader sees them: insertions kept, deletions and footnote marks dropped."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from docx.oxml.ns import qn

from recommendations.importing.readers.marks import RAISED
from recommendations.importing.readers.text import clean
from recommendations.importing.readers.word_numbers import value, whole

GONE = {qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:txbxContent"), "{*}Fallback"}
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
WRITTEN = {
    qn("w:tab"): " ", qn("w:ptab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-",
}  # fmt: skip
LONGEST_CHAIN = 20


class Words(NamedTuple):
    """The text of a paragraph, its line breaks kept, and whether all of it is bold."""

    text: str
    strong: bool


@dataclass
class Styles:
    """What the document's styles say, each with those it is based on."""

    elements: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Any) -> "Styles":
        found = [] if root is None else root.findall(qn("w:style"))
        return cls({one.get(qn("w:styleId")): one for one in found})

    def chain(self, style: str) -> Iterator[Any]:
        """A style, the one it is based on, and so on; a circle is left after a while."""
        for _ in range(LONGEST_CHAIN):
            element = self.elements.get(style)
            if element is None:
                return
            yield element
            style = value(element, "w:basedOn")

    def name(self, style: str) -> str:
        return value(self.elements.get(style), "w:name", style).lower()

    def list_depth(self, style: str) -> int:
        """How deep a style such as "List Bullet 2" stands, from 0."""
        name = self.name(style)
        return int(name[-1]) - 1 if name.startswith("list ") and name[-1:] in "2345" else 0

    def bold(self, style: str) -> bool:
        for element in self.chain(style):
            mark = element.find(f"{qn('w:rPr')}/{qn('w:b')}")
            if mark is not None:
                return is_on(mark)
        return False

    def outline(self, style: str) -> int | None:
        """The depth of a heading's style, from 1; None for a style of the text."""
        for element in self.chain(style):
            name = value(element, "w:name").lower()
            if name.startswith("heading ") and name[8:].isdecimal():
                return int(name[8:])
            if name == "title":
                return 1
            level = value(element.find(qn("w:pPr")), "w:outlineLvl")
            if level.isdecimal() and int(level) < 9:
                return int(level) + 1
        return None


def is_on(mark: Any) -> bool:
    return mark.get(qn("w:val"), "true") not in ("0", "false", "off")


def words(paragraph: Any, styles: Styles) -> Words:
    """The paragraph's text and whether it is bold throughout."""
    style = value(paragraph.find(qn("w:pPr")), "w:pStyle")
    text, strong, plain = "", styles.bold(style), 0
    letters = 0
    for run in _runs(paragraph):
        written = _written(run)
        properties = run.find(qn("w:rPr"))
        if _is_raised(properties) and RAISED.match(written):
            continue
        text += written
        visible = sum(letter.isalnum() for letter in written)
        letters += visible
        plain += 0 if _is_bold(properties, styles, strong) else visible
    return Words(clean(text), letters > 0 and plain == 0)


def _runs(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag == qn("w:r"):
            yield child
        elif child.tag not in GONE and child.tag != FALLBACK:
            yield from _runs(child)


def _written(element: Any) -> str:
    text = ""
    for child in element:
        if child.tag == qn("w:t"):
            text += child.text or ""
        elif child.tag == qn("w:br") and child.get(qn("w:type")) in ("page", "column"):
            text += " "
        elif child.tag in WRITTEN:
            text += WRITTEN[child.tag]
    return text


def _is_raised(properties: Any) -> bool:
    if properties is None:
        return False
    return value(properties, "w:vertAlign") == "superscript" or whole(value(properties, "w:position")) > 0


def _is_bold(properties: Any, styles: Styles, usual: bool) -> bool:
    mark = None if properties is None else properties.find(qn("w:b"))
    if mark is not None:
        return is_on(mark)
    return usual or (properties is not None and styles.bold(value(properties, "w:rStyle")))
