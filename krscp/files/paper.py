"""A Word document that grows at its end: what is added costs the same, however long the document is already."""

from functools import cached_property

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from krscp.files.word_pages import text_width


class LongDocument(Document):
    """python-docx looks through all that stands already before it adds a line; this knows where the document ends.

    It has one section, whose properties are the last element of the body.
    """

    def __init__(self, document: Document) -> None:
        super().__init__(document._element, document._part)
        self.tables_so_far = 0
        self._end = self._element.body[-1]
        self._style_ids: dict[str, str] = {}

    @cached_property
    def width(self) -> Length:
        """How wide the text is, once the page is set."""
        return text_width(self.sections[0])

    def style_id(self, name: str) -> str:
        """What the file calls a style of this name."""
        if name not in self._style_ids:
            self._style_ids[name] = self.styles[name].style_id
        return self._style_ids[name]

    def append(self, element: BaseOxmlElement) -> None:
        self._end.addprevious(element)

    def add_paragraph(self, text: str = "", style: str | ParagraphStyle | None = None) -> Paragraph:
        """A paragraph at the end; headings and page breaks come this way too."""
        paragraph = Paragraph(OxmlElement("w:p"), self._body)
        if text:
            paragraph.add_run(text)
        if style is not None:
            paragraph._p.style = self.style_id(style if isinstance(style, str) else str(style.name))
        self.append(paragraph._p)
        return paragraph

    def keep_last_paragraph_with_next(self) -> None:
        """The words that lead up to a table are not left behind at the foot of the page before."""
        last = self._end.getprevious()
        if last is not None and last.tag == qn("w:p"):
            Paragraph(last, self._body).paragraph_format.keep_with_next = True
