"""Word reports: numbers that are not in the text, boxes, tables, and what was inserted, deleted or raised."""

import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from recommendations.importing.readers.word_numbers import written
from recommendations.importing.reading import read_upload
from tests.files import word

LEVELS = [("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)")]


def read(write):
    return read_upload("report.docx", word(write))


def only(write):
    (found,) = read(write).recommendations
    return found


def add_list(document, levels, number: int, start: int | None = None, abstract: int = 90) -> None:
    """A list of the document; lists with one `abstract` share their counting, as in Word."""
    root = document.part.numbering_part.element
    if not any(one.get(qn("w:abstractNumId")) == str(abstract) for one in root.findall(qn("w:abstractNum"))):
        inner = "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for depth, (form, text) in enumerate(levels)
        )
        root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract}">{inner}</w:abstractNum>'))
    override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>' if start else ""
    root.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>')
    )


def numbered(document, text: str, number: int, depth: int = 0):
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')
    )
    return paragraph


def test_automatic_numbers_are_counted_as_word_counts_them():
    def write(document):
        add_list(document, LEVELS, 91)
        document.add_heading("Recommendations", 1)
        numbered(document, "The Trust should:", 91)
        numbered(document, "train staff;", 91, 1)
        numbered(document, "audit:", 91, 1)
        numbered(document, "records;", 91, 2)
        numbered(document, "letters.", 91, 2)
        numbered(document, "The police should:", 91)
        numbered(document, "write.", 91, 1)

    first, second = read(write).recommendations
    assert (first.label, second.label) == ("1", "2")
    assert [(point.label, point.text) for point in first.sub_points] == [
        ("a", "train staff;"), ("b", "audit:\n(i) records;\n(ii) letters."),
    ]  # fmt: skip
    assert [(point.label, point.text) for point in second.sub_points] == [("a", "write.")]


def test_list_goes_on_after_a_break_or_starts_where_it_is_told():
    def write(document):
        levels = [("decimal", "Recommendation %1:")]
        add_list(document, levels, 91)
        add_list(document, levels, 92)
        add_list(document, levels, 93, start=7)
        numbered(document, "The board should meet.", 91)
        document.add_heading("Next", 1)
        numbered(document, "The board should write.", 92)
        numbered(document, "The board should listen.", 93)

    assert [(one.label, one.text) for one in read(write).recommendations] == [
        ("1", "The board should meet."), ("2", "The board should write."), ("7", "The board should listen."),
    ]  # fmt: skip


def test_numbers_of_chapters_and_paragraphs_come_from_linked_styles():
    def write(document):
        add_list(document, [("decimal", "%1"), ("decimal", "%1.%2")], 91)
        for style, depth in (("Heading 1", 0), ("Body Text", 1)):
            properties = document.styles[style].element.get_or_add_pPr()
            properties.append(
                parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="91"/></w:numPr>')
            )
        document.add_heading("Findings", 1)
        document.add_paragraph("Staff were busy.", "Body Text")
        document.add_heading("Recommendations", 1)
        document.add_paragraph("The Trust should act.", "Body Text")
        document.add_paragraph("The police should act.", "Body Text")

    report = read(write)
    assert [(one.label, one.text) for one in report.recommendations] == [
        ("2.1", "The Trust should act."), ("2.2", "The police should act."),
    ]  # fmt: skip
    assert report.recommendations[0].heading == ("2 Recommendations",)
    assert [paragraph.number for paragraph in report.paragraphs] == ["1.1"]


@pytest.mark.parametrize(
    ("form", "number", "label"),
    [
        ("decimal", 12, "12"), ("lowerLetter", 3, "c"), ("lowerLetter", 28, "bb"), ("upperRoman", 49, "XLIX"),
        ("lowerRoman", 4, "iv"), ("decimalZero", 5, "05"), ("cardinalText", 2, "Two"), ("unknown", 6, "6"),
    ],
)  # fmt: skip
def test_numbers_are_written_in_every_form(form, number, label):
    assert written(number, form) == label


def test_box_holds_all_of_a_recommendation_and_nothing_more():
    def write(document):
        document.add_paragraph("1. Staff were busy.")
        cell = document.add_table(1, 1).cell(0, 0)
        cell.paragraphs[0].text = "Recommendation 1: Rotas"
        cell.add_paragraph("The Trust should review its rotas.")
        cell.add_paragraph("nights", "List Bullet")
        cell.add_paragraph("weekends", "List Bullet")
        cell.add_paragraph("A plan is due in spring.")
        document.add_paragraph("this paragraph stands outside the box.")

    found = only(write)
    assert found.title == "Rotas"
    assert found.text == "The Trust should review its rotas.\nnights\nweekends\nA plan is due in spring."
    assert found.paragraphs == ("1",)


def test_box_of_two_rows_is_one_and_styles_tell_the_depth_of_bullets():
    def write(document):
        table = document.add_table(4, 1)
        for row, number in ((0, 1), (2, 2)):
            table.cell(row, 0).text = f"Recommendation {number}"
            table.cell(row + 1, 0).text = "The Trust should:"
            table.cell(row + 1, 0).add_paragraph("act, also", "List Bullet")
            table.cell(row + 1, 0).add_paragraph("at night", "List Bullet 2")
        document.add_paragraph("Outside.")

    first, second = read(write).recommendations
    assert first.text == second.text == "The Trust should:\nact, also\n• at night"


def test_table_with_titles_gives_one_recommendation_a_row():
    def write(document):
        rows = [
            ("Ref", "Recommendation", "Owner"), ("R1", "The Trust should act.", "Trust"),
            ("R2", "Recommendation 2: The police should act.", "Police"), ("", "Schools should act.", "Schools"),
        ]  # fmt: skip
        table = document.add_table(len(rows), 3)
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text

    found = read(write).recommendations
    assert [(one.label, one.text) for one in found] == [
        ("R1", "The Trust should act."), ("R2", "The police should act."), ("3", "Schools should act."),
    ]  # fmt: skip
    assert found[2].warnings == ("The table prints no number for this recommendation. It was numbered by its place.",)


def test_row_of_another_table_is_never_taken_for_a_recommendation():
    def write(document):
        document.add_paragraph("Recommendation 1: The Trust should act.")
        table = document.add_table(2, 3)
        for cell, text in zip(table.rows[1].cells, ("Recommendation 2", "done", "2020"), strict=True):
            cell.text = text

    assert only(write).text == "The Trust should act."


def test_insertions_and_links_are_read_and_deletions_and_footnote_marks_are_not():
    def write(document):
        paragraph = document.add_paragraph("Recommendation 1: The ")
        body = paragraph._p
        for tag, inner in (("ins", "<w:t>Trust</w:t>"), ("del", "<w:delText>board</w:delText>")):
            body.append(parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1"><w:r>{inner}</w:r></w:{tag}>'))
        body.append(
            parse_xml(f'<w:hyperlink {nsdecls("w")}><w:r><w:t xml:space="preserve"> should</w:t></w:r></w:hyperlink>')
        )
        paragraph.add_run("4").font.superscript = True
        note = paragraph.add_run(" act on 1")
        note._r.append(OxmlElement("w:footnoteReference"))
        paragraph.add_run("st").font.superscript = True
        last = paragraph.add_run(" May")
        last.add_tab()
        last.add_text("each")
        last.add_break(WD_BREAK.PAGE)
        last.add_text("year.")

    assert only(write).text == "The Trust should act on 1st May each year."


def test_line_break_after_a_label_and_before_the_next_one_parts_them():
    def write(document):
        paragraph = document.add_paragraph()
        for text in ("Recommendation 1", "The Trust should act", "at once.", "Recommendation 2", "Schools should act."):
            paragraph.add_run(text).add_break()

    assert [one.text for one in read(write).recommendations] == ["The Trust should act at once.", "Schools should act."]


def test_text_box_and_content_control_are_read():
    inner = "<w:p><w:r><w:t>Recommendation {}: The Trust should act.</w:t></w:r></w:p>"

    def write(document):
        body = document.element.body
        body.insert(0, parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent>{inner.format(1)}</w:sdtContent></w:sdt>"))
        paragraph = document.add_paragraph("Text.")
        paragraph.add_run()._r.append(
            parse_xml(f"<w:pict {nsdecls('w')}><w:txbxContent>{inner.format(2)}</w:txbxContent></w:pict>")
        )

    assert [one.label for one in read(write).recommendations] == ["1", "2"]


def test_contents_are_no_part_of_the_text():
    def write(document):
        style = document.styles.add_style("toc 1", 1)
        document.add_paragraph("Recommendation 1: Rotas 12", style)
        document.add_heading("Recommendation 1: Rotas", 2)
        document.add_paragraph("The Trust should act.")

    assert only(write).text == "The Trust should act."
