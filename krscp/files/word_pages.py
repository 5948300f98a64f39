"""How wide a Word page is, and where it may turn: a short table stands on one."""

from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Length
from docx.table import Table

MARGIN = Cm(2)
SHORT = 12  # rows, the header among them


def keep_together(table: Table) -> None:
    """Each row of a short table but the last keeps with the next, so that no row is left behind on a page."""
    lines = table._tbl.tr_lst
    if len(lines) > SHORT:
        return
    for line in lines[:-1]:
        for paragraph in line.iter(qn("w:p")):
            paragraph.get_or_add_pPr().get_or_add_keepNext()


def text_width(section: Section) -> Length:
    return Length((section.page_width or 0) - 2 * MARGIN)
