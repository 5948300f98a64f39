"""What only Excel has: sheets nobody sees, more than one sheet, and cells that hold an error."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from recommendations.importing.problems import ImportProblem
from recommendations.importing.sheets import read_table
from tests.form_data import filled_in
from tests.pages import words

HEADER = ["No.", "Recommendation"]
ABOUT = {"published": "October 2026", "code": "list-2026", "title": "Our list"}


def workbook(sheets: dict[str, list[list[str]]], hidden: str = "", state: str = "hidden") -> bytes:
    book, made = Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name == hidden:
            sheet.sheet_state = state
    book.save(made)
    return made.getvalue()


def upload(client, data: bytes):
    return client.post("/import/", ABOUT | {"token": str(uuid.uuid4()), "file": SimpleUploadedFile("list.xlsx", data)})


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_the_first_sheet_that_people_see_is_taken_and_no_hidden_one(state):
    data = workbook({"Old": [["Old"]], "Empty": [], "New": [["New"]]}, "Old", state)
    table = read_table("list.xlsx", data)
    assert (table.name, table.rows, table.others) == ("New", [["New"]], ())


def test_rows_in_hidden_sheets_alone_are_refused():
    with pytest.raises(ImportProblem, match="Show the hidden sheet that holds the rows"):
        read_table("list.xlsx", workbook({"Old": [["Old"]], "Seen": []}, "Old"))


@pytest.mark.django_db
def test_manager_is_told_which_of_two_filled_sheets_was_read(sign_in, manager):
    data = workbook({"New": [HEADER, ["1", "Meet."]], "Notes": [["By us"]], "Old": [["Old"]]}, "Old")
    shown = words(upload(sign_in(manager), data).content.decode())
    assert "The sheet “New” was read, and not “Notes”, which hold something too." in shown


@pytest.mark.django_db
@pytest.mark.parametrize("error", ["#REF!", "#N/A"])
def test_an_excel_error_in_a_wording_is_a_fault_of_its_row(sign_in, manager, error):
    client = sign_in(manager)
    page = upload(client, workbook({"List": [HEADER, ["1", "Meet."], ["2", error]]}))
    shown = words(client.post("/import/rows/", filled_in(page)).content.decode())
    assert f"the cell holds an Excel error, {error}. Correct it in Excel" in shown
    assert "1 row cannot be imported; 1 can" in shown
