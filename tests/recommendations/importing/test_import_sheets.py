"""Uploaded tables: what is read, what is refused and how soon, before anything parses it."""

import datetime as dt
import io
import tracemalloc
import zipfile

import pytest
import xlsxwriter

from recommendations.importing.days import UnclearDay, day_parts, real_day
from recommendations.importing.problems import ImportProblem
from recommendations.importing.sheets import read_table, read_workbook
from tests.work import few_calls
from tests.workbook_files import plain_workbook, with_part

CALLS = 2_000_000  # the most rows that are read take a million, a sheet of a million rows a hundred times that
GOOD = plain_workbook([["Number", "Text"], [25, "Audit"]])
SHEET = "xl/worksheets/sheet1.xml"
MANY = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (row, row) for row in range(1, 10_003))
OPEN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
CELLS = b"".join(b"<c><v>%d</v></c>" % number for number in range(110_000))
STYLES = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs>'
CLOSE = b"</sheetData></worksheet>"


def bomb(size: int) -> bytes:
    """A sheet that unpacks to many times its size."""
    return with_part(GOOD, SHEET, OPEN + b" " * size + CLOSE)


def with_flag(data: bytes) -> bytes:
    """As an archive with a password says of its first part."""
    target = bytearray(data)
    target[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(target)


def document(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name in ("[Content_Types].xml", *names):
            made.writestr(name, "<x/>")
    return target.getvalue()


def a_picture_of_a_million_rows() -> bytes:
    return with_part(GOOD, SHEET, OPEN + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' + CLOSE)


REFUSED = [
    ("empty", b"", "is empty"),
    ("too large", b"PK" + b"x" * (10 * 1024 * 1024), "must be smaller than 10MB"),
    ("text", b"Number,Text\n25,Audit", "not an Excel workbook, whatever its name says"),
    ("old Excel", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "of an old kind"),
    ("password", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "has a password"),
    ("Word", document("word/document.xml"), "is a Word document"),
    ("OpenDocument", document("content.xml"), "OpenDocument file"),
    ("binary workbook", document("xl/workbook.bin"), "binary workbook"),
    ("macros", document("xl/workbook.xml", "xl/vbaProject.bin"), "holds macros"),
    ("any archive", document("notes.txt"), "not an Excel workbook"),
    ("cut off", GOOD[: len(GOOD) // 2], "is damaged"),
    ("locked archive", with_flag(GOOD), "is damaged"),
    ("no workbook in it", document("xl/nothing.xml"), "is damaged"),
    ("not XML", with_part(GOOD, SHEET, b"<worksheet><sheetData>"), "is damaged"),
    ("bomb", bomb(40 * 1024 * 1024), "too large when it is unpacked"),
    ("larger bomb", bomb(60 * 1024 * 1024), "too large when it is unpacked"),
    ("entities", with_part(GOOD, SHEET, b'<!DOCTYPE x [<!ENTITY a "b">]>' + OPEN + CLOSE), "no workbook needs"),
    ("entities late", with_part(GOOD, SHEET, OPEN + b"x" * 262_140 + b"<!ENTITY a>" + CLOSE), "no workbook needs"),
    ("hidden in UTF-16", with_part(GOOD, SHEET, "<!DOCTYPE x>".encode("utf-16")), "no workbook needs"),
    ("odd encoding", with_part(GOOD, SHEET, b'<?xml version="1.0" encoding="cp037"?>' + OPEN), "no workbook needs"),
    ("one endless row", with_part(GOOD, SHEET, OPEN + b"<row>" + CELLS + b"</row>" + CLOSE), "filled cells"),
    ("endless formats", with_part(GOOD, "xl/styles.xml", STYLES + b'<xf numFmtId="1"/>' * 30_000), "much formatting"),
    ("too many rows", with_part(GOOD, SHEET, OPEN + MANY + CLOSE), "10,000 rows or fewer"),
    ("far corner", a_picture_of_a_million_rows(), "10,000 rows or fewer"),
    ("too many columns", plain_workbook([["x"] * 51]), "50 columns or fewer"),
]


@pytest.mark.parametrize(("data", "words"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_is_no_sound_workbook_is_refused_in_plain_words_soon_and_in_little_memory(data, words):
    tracemalloc.start()
    with few_calls(CALLS), pytest.raises(ImportProblem, match=words):
        read_table("upload.xlsx", data)
    assert tracemalloc.get_traced_memory()[1] < 100 * 1024 * 1024
    tracemalloc.stop()


def test_cells_are_read_as_people_see_them_and_formulas_by_their_value():
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, [25, 110.7, True, " two  \r\nlines\x0b "])
        page.write_datetime(0, 4, dt.date(2027, 6, 30), book.add_format({"num_format": "d mmm yyyy"}))
        page.write_formula(0, 5, '="a"&"b"', value="ab")
        page.write(2, 0, "after a gap")
        page.write_blank(9, 9, None, book.add_format({"bold": True}))
    assert read_table("upload.xlsx", target.getvalue()).rows == [
        ["25", "110.7", "Yes", "two  \nlines", dt.date(2027, 6, 30), "ab"], [], ["after a gap"]
    ]  # fmt: skip


def test_every_sheet_is_read_and_the_first_with_rows_is_taken():
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        book.add_worksheet("Empty")
        book.add_worksheet("Tracker").write(0, 0, "Number")
    assert [table.name for table in read_workbook(target.getvalue())] == ["Empty", "Tracker"]
    assert read_table("upload.xlsx", target.getvalue()).name == "Tracker"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_csv_is_read_in_every_encoding_and_with_every_separator(separator, encoding):
    text = f'Number{separator}Text\r\n25{separator}"Café – one\nline, two; three"\r\n\r\n'
    table = read_table("rows.csv", text.encode(encoding))
    assert table.rows == [["Number", "Text"], ["25", "Café – one\nline, two; three"]]


def test_the_first_line_may_name_the_separator():
    assert read_table("rows.csv", b"sep=;\r\nNumber;a,b,c,d\r\n").rows == [["Number", "a,b,c,d"]]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("rows.csv", b"\x00\x01\x02\x00" * 50, "not a CSV file"),
        ("rows.csv", GOOD, "not a CSV file"),
        ("rows.csv", b'a,"' + b"x" * 200_000, "does not end"),
        ("rows.csv", b"1\n" * 10_001, "10,000 rows or fewer"),
        ("rows.docx", b"x", "must be an Excel workbook"),
    ],
)
def test_what_is_no_sound_csv_is_refused(name, data, words):
    with pytest.raises(ImportProblem, match=words):
        read_table(name, data)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3/4/2027", dt.date(2027, 4, 3)),
        ("03.04.2027", dt.date(2027, 4, 3)),
        ("3rd April 2027", dt.date(2027, 4, 3)),
        ("April 3, 2027", dt.date(2027, 4, 3)),
        ("3-Apr-2027", dt.date(2027, 4, 3)),
        ("2027-04-03", dt.date(2027, 4, 3)),
        (dt.date(2027, 4, 3), dt.date(2027, 4, 3)),
        ("", None),
    ],
)
def test_days_are_read_day_first(typed, day):
    assert real_day(typed) == day


@pytest.mark.parametrize(
    "typed", ["soon", "end of June", "June 2027", "46568", "3/4/27", "31/6/2027", "4/30/2027", "3 Xyz 2027"]
)
def test_days_that_are_unclear_or_unreal_are_refused(typed):
    with pytest.raises(UnclearDay, match=r"Write it like 30 June 2027"):
        real_day(typed)


def test_boxes_are_given_as_typed_without_noughts_before():
    assert day_parts("03/04/2027") == ("3", "4", "2027")
