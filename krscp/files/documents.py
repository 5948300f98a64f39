"""Word primitives: an A4 document with real headings, marked footers and tables that print well."""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import UTC, date
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.table import CT_Row, CT_Tbl, CT_Tc
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Cm, Length, Pt, RGBColor, Twips
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph

from krscp.days import display
from krscp.files.columns import DEMONSTRATION, Column, Stamp, Value, clean, rows
from krscp.files.paper import LongDocument
from krscp.files.word_pages import MARGIN, keep_together, text_width

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Arial"
INK = RGBColor(0x0B, 0x0C, 0x0C)
LEAST_WIDTH = Cm(2).twips
WIDE_SHARES = 3
NOTHING = "Nothing to show"


class _Look(NamedTuple):
    """How a paragraph style looks; sizes and spaces in points."""

    name: str
    size: float
    before: float
    after: float
    bold: bool = False
    keep_with_next: bool = False


LOOKS = (
    _Look("Normal", 10.5, 6, 4),
    _Look("Heading 1", 20, 0, 6, bold=True, keep_with_next=True),
    _Look("Heading 2", 14, 18, 4, bold=True, keep_with_next=True),
    _Look("Heading 3", 11.5, 12, 3, bold=True, keep_with_next=True),
    _Look("Caption", 10, 12, 4, bold=True, keep_with_next=True),
    _Look("Header", 9, 0, 0, bold=True),
    _Look("Footer", 9, 0, 0),
    _Look("Table text", 9, 0, 2),
    _Look("Table heading", 9, 0, 2, bold=True, keep_with_next=True),
)

# Borders and shading are greys that stay apart on a black-and-white printer. Word insists on this order.
TABLE_PROPERTIES = f"""
<w:tblPr {nsdecls("w")}>
  <w:tblW w:type="dxa"/>
  <w:tblBorders>
    <w:top w:val="single" w:sz="8" w:space="0" w:color="595959"/>
    <w:left w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/>
    <w:bottom w:val="single" w:sz="8" w:space="0" w:color="595959"/>
    <w:right w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/>
    <w:insideH w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/>
    <w:insideV w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/>
  </w:tblBorders>
  <w:tblLayout w:type="fixed"/>
  <w:tblCellMar>
    <w:top w:w="57" w:type="dxa"/>
    <w:left w:w="85" w:type="dxa"/>
    <w:bottom w:w="57" w:type="dxa"/>
    <w:right w:w="85" w:type="dxa"/>
  </w:tblCellMar>
  <w:tblLook w:val="0620" w:firstRow="1" w:noHBand="1" w:noVBand="1"/>
  <w:tblCaption/>
  <w:tblDescription/>
</w:tblPr>"""


def new_document(title: str, stamp: Stamp, landscape: bool = True) -> LongDocument:
    """An A4 document that opens with its title and says on every page what the stamp says."""
    document = LongDocument(docx.Document())
    title = clean(title)
    _set_properties(document, title, stamp)
    _set_defaults(document)
    for look in LOOKS:
        _apply_look(document, look)
    section = document.sections[0]
    _set_page(section, landscape)
    _write_header_and_footer(document, section, stamp)
    document.add_heading(title, 1)
    # A screen reader skips headers and footers, so the body says it too.
    about = [stamp.as_at_text, stamp.marking, stamp.demonstration and DEMONSTRATION, stamp.filtered]
    add_paragraph(document, "\n".join(line for line in about if line))
    return document


def _set_properties(document: Document, title: str, stamp: Stamp) -> None:
    core = document.core_properties
    core.title, core.subject, core.language = title, clean(stamp.marking), "en-GB"
    core.author = core.comments = core.last_modified_by = ""
    core.created = core.modified = stamp.as_at.astimezone(UTC)


def _set_defaults(document: Document) -> None:
    """Arial in British English underneath every style, and no "Compatibility Mode" in Word's title bar."""
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    fonts = defaults.find(qn("w:rFonts"))
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    defaults.find(qn("w:lang")).set(qn("w:val"), "en-GB")
    [mode] = document.settings.element.xpath('.//w:compatSetting[@w:name="compatibilityMode"]')
    mode.set(qn("w:val"), "15")


def _apply_look(document: Document, look: _Look) -> None:
    style = _paragraph_style(document, look.name)
    style.element.get_or_add_rPr().clear()
    style.font.size, style.font.bold, style.font.color.rgb = Pt(look.size), look.bold, INK
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(look.before), Pt(look.after), 1.1
    layout.keep_with_next, layout.widow_control = look.keep_with_next, True


def _paragraph_style(document: Document, name: str) -> ParagraphStyle:
    if name in document.styles:
        return document.styles[name]
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    return style


def _set_page(section: Section, landscape: bool) -> None:
    short, long = Cm(21), Cm(29.7)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    section.header_distance = section.footer_distance = Cm(1)


def _write_header_and_footer(document: Document, section: Section, stamp: Stamp) -> None:
    if stamp.demonstration:
        section.header.paragraphs[0].text = DEMONSTRATION
    _set_footer_tabs(document, section)
    footer = section.footer.paragraphs[0]
    footer.text = f"{clean(stamp.marking)}\t{stamp.as_at_text}\tPage "
    _add_field(footer, "PAGE", "1")
    footer.add_run(" of ")
    _add_field(footer, "NUMPAGES", "1")


def _set_footer_tabs(document: Document, section: Section) -> None:
    """Marking at the left, "as at" in the middle, page at the right of this page's width."""
    tabs = document.styles["Footer"].paragraph_format.tab_stops
    tabs.clear_all()
    width = text_width(section)
    tabs.add_tab_stop(Length(width // 2), WD_TAB_ALIGNMENT.CENTER)
    tabs.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)


def _add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field that Word keeps up to date; `shown` stands until it does."""
    run = OxmlElement("w:r")
    run.text = shown
    _add(paragraph._p, "w:fldSimple", instr=instruction).append(run)


def add_heading(document: Document, text: str, level: int = 2) -> Paragraph:
    """A real heading, kept with what follows. The title is level 1, so sections start at level 2."""
    return document.add_heading(clean(text), level)


def add_paragraph(document: Document, text: str) -> Paragraph:
    """A paragraph of body text; new lines in the text are line breaks."""
    return document.add_paragraph(clean(text))


def add_table(document: LongDocument, columns: Sequence[Column], objects: Iterable[Any], caption: str) -> Table:
    """A captioned table as wide as the text, whose header row repeats and whose rows never split."""
    document.keep_last_paragraph_with_next()
    _add_caption(document, clean(caption))
    widths = _widths(columns, document.width.twips)
    table = Table(CT_Tbl.new_tbl(0, len(columns), document.width), document._body)
    _set_table_properties(table, columns, widths, clean(caption))
    table._tbl.append(_header_row(document, columns, widths))
    blank = _row(widths, document.style_id("Table text"))
    for values in rows(columns, objects):
        # Table.add_row() is quadratic in the number of rows: copy one made beforehand.
        table._tbl.append(_filled(blank, [_shown(value) for value in values]))
    if len(table._tbl.tr_lst) == 1:
        table._tbl.append(_empty_row(blank, sum(widths)))
    keep_together(table)
    document.append(table._tbl)
    return table


def _add_caption(document: LongDocument, caption: str) -> None:
    document.tables_so_far += 1
    paragraph = document.add_paragraph("Table ", style="Caption")
    _add_field(paragraph, r"SEQ Table \* ARABIC", str(document.tables_so_far))
    paragraph.add_run(f": {caption}")


def _widths(columns: Sequence[Column], total: int) -> list[int]:
    """Widths in twentieths of a point that add up to `total`; what no column claims is shared out."""
    shares = [0 if column.width else WIDE_SHARES if column.wide else 1 for column in columns]
    claimed = [Cm(column.width).twips if column.width else 0 for column in columns]
    share = max((total - sum(claimed)) / max(sum(shares), 1), LEAST_WIDTH)
    wanted = [width + share * count for width, count in zip(claimed, shares, strict=True)]
    widths = [int(width * total / sum(wanted)) for width in wanted]
    widths[-1] += total - sum(widths)
    return widths


def _set_table_properties(table: Table, columns: Sequence[Column], widths: list[int], caption: str) -> None:
    properties = parse_xml(TABLE_PROPERTIES)
    properties.find(qn("w:tblW")).set(qn("w:w"), str(sum(widths)))
    properties.find(qn("w:tblCaption")).set(qn("w:val"), caption)
    labels = ", ".join(column.label for column in columns)
    properties.find(qn("w:tblDescription")).set(qn("w:val"), clean(f"Columns: {labels}"))
    table._tbl.replace(table._tbl.tblPr, properties)
    for grid_column, width in zip(table.columns, widths, strict=True):
        grid_column.width = Twips(width)


def _header_row(document: LongDocument, columns: Sequence[Column], widths: list[int]) -> CT_Row:
    blank = _row(widths, document.style_id("Table heading"))
    _add(blank.get_or_add_trPr(), "w:tblHeader")
    for cell in blank.tc_lst:
        _add(cell.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill="E6E6E6")
    return _filled(blank, [clean(column.label) for column in columns])


def _row(widths: list[int], style_id: str) -> CT_Row:
    """A row of blank cells that no page break may split."""
    row = OxmlElement("w:tr")
    _add(row.get_or_add_trPr(), "w:cantSplit")
    for width in widths:
        cell = _add(row, "w:tc")
        cell.width = Twips(width)
        _add(cell, "w:p").style = style_id
    return row


def _filled(blank: CT_Row, texts: list[str]) -> CT_Row:
    row = deepcopy(blank)
    for cell, text in zip(row.tc_lst, texts, strict=True):
        _write(cell, text)
    return row


def _write(cell: CT_Tc, text: str) -> None:
    """Each line of the text as a paragraph of its own."""
    first, *others = text.split("\n")
    paragraph = cell.p_lst[0]
    for line in others:
        another = deepcopy(paragraph)
        another.add_r().text = line
        cell.append(another)
    paragraph.add_r().text = first


def _empty_row(blank: CT_Row, width: int) -> CT_Row:
    """One cell across the table: a table without rows would read as a fault."""
    row = deepcopy(blank)
    first, *others = row.tc_lst
    for cell in others:
        row.remove(cell)
    first.width, first.grid_span = Twips(width), len(others) + 1
    _write(first, NOTHING)
    return row


def _shown(value: Value) -> str:
    return display(value) if isinstance(value, date) else clean("" if value is None else str(value))


def _add(parent: BaseOxmlElement, tag: str, **attributes: str) -> BaseOxmlElement:
    child = OxmlElement(tag, {qn(f"w:{name}"): value for name, value in attributes.items()})
    parent.append(child)
    return child


def save_bytes(document: Document) -> bytes:
    """The file's bytes. The clock inside is the stamp's, so the same input gives the same bytes."""
    saved, fixed = BytesIO(), BytesIO()
    document.save(saved)
    moment = document.core_properties.created.timetuple()[:6]
    with ZipFile(saved) as source, ZipFile(fixed, "w") as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name, moment), source.read(name), compress_type=ZIP_DEFLATED)
    return fixed.getvalue()
