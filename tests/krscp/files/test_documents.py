"""Word files: landscape A4, marked on every page, with tables whose header repeats and rows stay whole."""

import io
from datetime import UTC, date, datetime

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.document import CT_Body, CT_Document
from docx.oxml.ns import qn
from docx.shared import Length
from hypothesis import given, settings
from hypothesis import strategies as st

from krscp.files.columns import Column, Stamp
from krscp.files.documents import add_heading, add_paragraph, add_table, new_document, save_bytes

STAMP = Stamp(datetime(2026, 7, 22, 13, 5, tzinfo=UTC), "OFFICIAL")
COLUMNS = [
    Column("No.", lambda item: item, width=1.5),
    Column("Wording", lambda item: "First line\nSecond line", wide=True),
    Column("Due", lambda item: date(2027, 1, item)),
    Column("Owner", lambda item: None),
]


def reopened(document):
    return docx.Document(io.BytesIO(save_bytes(document)))


def register(objects=(1, 2, 3), columns=COLUMNS, **page):
    document = new_document("Register", STAMP, **page)
    add_heading(document, "Off track")
    add_table(document, columns, objects, "Recommendations off track")
    return reopened(document)


def one_cell(value):
    return register([value], [Column("Text", lambda item: item)]).tables[0].cell(1, 0)


def fields(element):
    return [field.get(qn("w:instr")) for field in element.iter(qn("w:fldSimple"))]


def all_text(paragraph):
    """With what its fields show, which python-docx leaves out."""
    return "".join(text.text for text in paragraph._p.iter(qn("w:t")))


def text_width(document):
    section = document.sections[0]
    return Length(section.page_width - section.left_margin - section.right_margin).twips


@pytest.mark.parametrize(
    ("landscape", "orientation", "width", "height"),
    [(True, WD_ORIENT.LANDSCAPE, 29.7, 21.0), (False, WD_ORIENT.PORTRAIT, 21.0, 29.7)],
)
def test_the_page_is_a4_either_way_round(landscape, orientation, width, height):
    section = register(landscape=landscape).sections[0]
    assert section.orientation == orientation
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (width, height)


def test_the_footer_has_the_marking_the_moment_and_the_page_of_pages():
    [footer] = register().sections[0].footer.paragraphs
    assert footer.text.startswith("OFFICIAL\tAs at 22 July 2026, 14:05\t")
    assert all_text(footer).endswith("Page 1 of 1")
    assert fields(footer._p) == ["PAGE", "NUMPAGES"]


def test_the_opening_lines_say_what_a_screen_reader_misses_in_the_footer():
    document = new_document("Register", Stamp(STAMP.as_at, "OFFICIAL", filtered="Owner: VCA"))
    assert document.paragraphs[1].text.split("\n") == ["As at 22 July 2026, 14:05", "OFFICIAL", "Owner: VCA"]


@pytest.mark.parametrize(("demonstration", "header"), [(True, "Demonstration data"), (False, "")])
def test_only_demonstration_data_is_called_so_on_every_page(demonstration, header):
    document = reopened(new_document("Register", Stamp(STAMP.as_at, "OFFICIAL", demonstration)))
    assert "\n".join(line.text for line in document.sections[0].header.paragraphs) == header


def test_headings_are_real_and_kept_with_what_follows():
    document = new_document("Register", STAMP)
    add_heading(document, "Off track")
    add_heading(document, "Health", 3)
    headings = [line for line in reopened(document).paragraphs if line.style.name.startswith("Heading")]
    assert [(line.style.name, line.text) for line in headings] == [
        ("Heading 1", "Register"),
        ("Heading 2", "Off track"),
        ("Heading 3", "Health"),
    ]
    assert all(line.style.paragraph_format.keep_with_next for line in headings)


def test_the_header_row_repeats_and_no_row_splits():
    header, *body = register().tables[0]._tbl.tr_lst
    assert header.find(f".//{qn('w:tblHeader')}") is not None
    assert not any(row.findall(f".//{qn('w:tblHeader')}") for row in body)
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in [header, *body])


@pytest.mark.parametrize(
    "columns",
    [
        COLUMNS,
        [Column("A", str), Column("B", str), Column("C", str)],
        [Column("A", str, width=20), Column("B", str, width=20), Column("C", str)],
        [Column("A", str, width=2)],
    ],
    ids=["mixed", "shared", "too wide", "too narrow"],
)
def test_widths_in_grid_and_cells_add_up_to_the_text_width(columns):
    document = register(columns=columns)
    table = document.tables[0]
    grid = [column.width.twips for column in table.columns]
    assert sum(grid) == text_width(document)
    assert all([cell.width.twips for cell in row.cells] == grid for row in table.rows)
    assert not table.autofit


def test_a_set_width_is_kept_and_a_wide_column_gets_three_shares():
    number, wording, due, owner = (column.width for column in register().tables[0].columns)
    assert round(number.cm, 1) == 1.5
    assert due.cm == pytest.approx(owner.cm, abs=0.01)
    assert wording.cm == pytest.approx(3 * due.cm, abs=0.01)


def test_the_caption_is_numbered_above_the_table_and_kept_with_it():
    document = new_document("Register", STAMP)
    for caption in ("First", "Second"):
        add_table(document, COLUMNS, [1], caption)
    captions = [line for line in reopened(document).paragraphs if line.style.name == "Caption"]
    assert [all_text(line) for line in captions] == ["Table 1: First", "Table 2: Second"]
    assert captions[0]._p.getnext().tag == qn("w:tbl")
    assert captions[0].style.paragraph_format.keep_with_next


def test_words_that_lead_up_to_a_table_are_kept_with_its_caption_and_no_others():
    document = new_document("Report", STAMP)
    add_paragraph(document, "Long before.")
    add_paragraph(document, "Each counts once.")
    add_table(document, COLUMNS, [1], "Counts")
    kept = {line.text: line.paragraph_format.keep_with_next for line in document.paragraphs}
    assert kept["Each counts once."]
    assert not kept["Long before."]


def test_the_header_row_is_kept_with_the_first_row():
    table = register().tables[0]
    assert table.cell(0, 0).paragraphs[0].style.paragraph_format.keep_with_next
    assert not table.cell(1, 0).paragraphs[0].style.paragraph_format.keep_with_next


def test_a_table_has_alternative_text():
    properties = register().tables[0]._tbl.tblPr
    assert properties.find(qn("w:tblCaption")).get(qn("w:val")) == "Recommendations off track"
    assert "Wording, Due" in properties.find(qn("w:tblDescription")).get(qn("w:val"))


def test_cells_hold_words_for_dates_nothing_for_none_and_a_paragraph_for_each_line():
    number, wording, due, owner = register([9]).tables[0].rows[1].cells
    assert [number.text, due.text, owner.text] == ["9", "9 January 2027", ""]
    assert [line.text for line in wording.paragraphs] == ["First line", "Second line"]
    assert {line.style.name for line in wording.paragraphs} == {"Table text"}


def test_every_object_has_its_own_row_in_order():
    table = register(range(1, 31)).tables[0]
    assert [row.cells[0].text for row in table.rows] == ["No.", *map(str, range(1, 31))]


def test_what_is_added_costs_no_search_of_what_stands_already(monkeypatch):
    document = new_document("Register", STAMP)
    add_table(document, COLUMNS, [1], "The first")

    def search(*_):
        raise AssertionError("a search of the whole document for each table makes 3,600 of them take minutes")

    for element, names in ((CT_Body, ["xpath", "first_child_found_in"]), (CT_Document, ["xpath"])):
        for name in names:
            monkeypatch.setattr(element, name, search, raising=False)
    add_heading(document, "Off track")
    add_paragraph(document, "Words")
    document.add_page_break()
    add_table(document, COLUMNS, [1, 2], "The second")
    monkeypatch.undo()
    assert all_text(reopened(document).paragraphs[-1]) == "Table 2: The second"


def test_an_empty_table_says_so_across_its_width():
    document = register([])
    row = document.tables[0].rows[1]
    assert {cell.text for cell in row.cells} == {"Nothing to show"}
    assert row.cells[0].grid_span == len(COLUMNS)
    assert row.cells[0].width.twips == text_width(document)


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=20))
def test_any_text_can_be_written_and_the_file_reopens(text):
    document = new_document(text, Stamp(STAMP.as_at, text, filtered=text))
    add_heading(document, text)
    add_paragraph(document, text)
    add_table(document, [Column(text, lambda item: item)], [text], text)
    assert len(reopened(document).tables) == 1


def test_control_characters_are_dropped_from_a_cell():
    assert one_cell("a\x0bb\x1fc\x00").text == "a\nbc"


def test_the_same_input_gives_the_same_bytes(time_machine):
    def build():
        document = new_document("Register", STAMP)
        add_table(document, COLUMNS, [1, 2], "Recommendations")
        return save_bytes(document)

    time_machine.move_to(datetime(2026, 8, 1, tzinfo=UTC))
    first = build()
    time_machine.move_to(datetime(2027, 9, 2, tzinfo=UTC))
    assert build() == first


def test_the_properties_name_the_title_the_language_and_the_stamped_time():
    core = register().core_properties
    assert (core.title, core.subject, core.language, core.author) == ("Register", "OFFICIAL", "en-GB", "")
    assert core.created.replace(tzinfo=UTC) == STAMP.as_at


def test_text_is_arial_in_british_english():
    defaults = register().styles.element.find(qn("w:docDefaults"))
    [fonts], [language] = defaults.iter(qn("w:rFonts")), defaults.iter(qn("w:lang"))
    assert set(fonts.attrib.values()) == {"Arial"}
    assert language.get(qn("w:val")) == "en-GB"
    assert not register().styles["Heading 2"].element.findall(f".//{qn('w:rFonts')}")
