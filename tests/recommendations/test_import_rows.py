"""Recommendations from a list in Excel or CSV: columns matched, faulty rows shown, nothing stored before “Import”."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from recommendations.models import Ownership, Recommendation, Report
from subgroups.models import Body
from tests.form_data import filled_in
from tests.pages import words

pytestmark = pytest.mark.django_db
GOOD = [[str(number), f"The SLG does {number}.", f"Task {number}", "VCA"] for number in range(1, 11)]
FAULTY = [["", "Nobody numbered this.", "", ""], ["3", "Numbered twice.", "", "Nobody at all"]]
HEADER = ["No.", "Recommendation", "Title", "Lead"]


@pytest.fixture
def client(sign_in, manager):
    return sign_in(manager)


def csv_of(rows, separator=",") -> bytes:
    return "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in [HEADER, *rows]).encode()


def xlsx_of(rows) -> bytes:
    book, made = Workbook(), io.BytesIO()
    for row in [HEADER, *rows]:
        book.active.append(row)
    book.save(made)
    return made.getvalue()


def upload(client, data: bytes, name: str = "list.csv", code: str = "list-2026"):
    about = {"published": "October 2026", "code": code, "title": "Our list", "token": str(uuid.uuid4())}
    return client.post("/import/", about | {"file": SimpleUploadedFile(name, data)})


def looked_at(client, data: bytes, name: str = "list.csv", **given):
    return client.post("/import/rows/", filled_in(upload(client, data, name)) | given)


def brought_in(client, preview):
    check = client.post("/import/", filled_in(preview) | {"do": "check"})
    return client.post("/import/", filled_in(check) | {"do": "import"})


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("list.csv", csv_of(GOOD)), ("list.csv", csv_of(GOOD, ";")), ("list.csv", csv_of(GOOD, "\t")),
        ("list.csv", csv_of(GOOD).decode().encode("utf-16")), ("list.xlsx", xlsx_of(GOOD)),
    ],
)  # fmt: skip
def test_columns_are_guessed_and_a_sound_list_is_imported_whole(client, name, data):
    page = upload(client, data, name)
    shown = filled_in(page)
    assert [shown[field] for field in ("number", "text", "title", "owner")] == ["0", "1", "2", "3"]
    preview = client.post("/import/rows/", shown)
    assert "10 recommendations found" in words(preview.content.decode())
    assert not Report.objects.filter(code="list-2026").exists()
    assert brought_in(client, preview)["Location"] == "/list-2026/"
    first = Recommendation.objects.get(report__code="list-2026", number="1")
    assert (first.text, first.short_title) == ("The SLG does 1.", "Task 1")
    owned = Ownership.objects.get(part__recommendation=first)
    assert (owned.body, owned.basis, owned.reason) == (
        Body.objects.get(slug="vca"), "our reading", "Named in the imported file",
    )  # fmt: skip


def test_two_faulty_rows_of_twelve_are_named_and_nothing_is_imported_until_they_are_settled(client):
    shown = words(looked_at(client, csv_of([*GOOD, *FAULTY])).content.decode())
    assert "2 rows cannot be imported; 10 can" in shown
    assert "Row 12: enter a recommendation number" in shown
    assert "Row 13: number 3 stands in row 4 already" in shown
    assert "Row 13: no body is called “Nobody at all”." in shown
    assert not Report.objects.filter(code="list-2026").exists()


def test_faulty_rows_are_left_out_only_when_that_is_chosen(client):
    page = looked_at(client, csv_of([*GOOD, *FAULTY]))
    preview = client.post("/import/rows/", filled_in(page) | {"do": "without"})
    assert brought_in(client, preview)["Location"] == "/list-2026/"
    assert Recommendation.objects.filter(report__code="list-2026").count() == 10


def test_the_file_comes_back_with_what_to_correct(client):
    page = looked_at(client, csv_of([*GOOD, *FAULTY]))
    answer = client.post("/import/rows/", filled_in(page) | {"do": "copy"})
    sheet = load_workbook(io.BytesIO(answer.content))["Rows"]
    assert [cell.value for cell in sheet[1]][:2] == ["What to correct", "No."]
    assert sheet["A12"].value == "enter a recommendation number"
    assert sheet["A2"].value is None


def test_importing_the_same_file_again_adds_nothing(client):
    brought_in(client, looked_at(client, csv_of(GOOD)))
    again = upload(client, csv_of(GOOD)).content.decode()
    assert "There is a report with the code “list-2026” already" in again
    assert Recommendation.objects.filter(report__code="list-2026").count() == 10


def test_a_count_that_differs_and_a_gap_are_warned_of(client):
    shown = words(looked_at(client, csv_of([*GOOD[:4], *GOOD[5:]]), expected="10").content.decode())
    assert "The file has 9 recommendations; you said 10." in shown
    assert "Recommendation 5 is missing" in shown


def test_a_name_that_comes_close_is_suggested(client):
    rows = [["1", "The SLG does it.", "", "Houzing"]]
    assert "Did you mean “Housing”?" in looked_at(client, csv_of(rows)).content.decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The selected file is empty"),
        (b"No.,Recommendation\r\n", "There are no rows below the headings"),
        (b"No.,No.\r\n1,2\r\n", "stands twice"),
        (b",,\r\n1,2,3\r\n", "The first row is empty"),
    ],
)
def test_a_fault_of_the_file_comes_before_those_of_rows(client, data, said):
    assert said in upload(client, data).content.decode()


def test_columns_that_are_needed_are_asked_for(client):
    page = looked_at(client, csv_of(GOOD), number="-1", text="2", title="2").content.decode()
    assert "Select the column that holds the number" in page
    assert "Select each column once" in page


@pytest.mark.parametrize("packed", ["", "made-up"])
def test_rows_that_are_not_ours_are_turned_away(client, packed):
    assert client.post("/import/rows/", {"packed": packed})["Location"] == "/import/"
