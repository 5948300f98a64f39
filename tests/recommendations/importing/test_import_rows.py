"""Recommendations from a list in Excel or CSV: columns matched, faulty rows shown, nothing stored before “Import”."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from recommendations.models import Ownership, Recommendation, Report
from subgroups.models import Body, ExportRecord
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
    shown = words(preview.content.decode())
    assert "10 recommendations found" in shown
    assert "Owner: Vulnerable Child and Adolescent subgroup, named in the imported file" in shown
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
    assert "Row 12, “Nobody numbered this.”: enter a recommendation number" in shown
    assert "Row 13, “Numbered twice.”: number 3 stands in row 4 already" in shown
    assert "Row 13, “Numbered twice.”: no body is called “Nobody at all”." in shown
    assert not Report.objects.filter(code="list-2026").exists()


def test_faulty_rows_are_left_out_only_when_that_is_chosen(client):
    page = looked_at(client, csv_of([*GOOD, *FAULTY]))
    preview = client.post("/import/rows/", filled_in(page) | {"do": "without"})
    shown = words(preview.content.decode())
    assert "Rows 12 and 13 are left out." in shown
    assert "missing" not in shown
    assert brought_in(client, preview)["Location"] == "/list-2026/"
    assert Recommendation.objects.filter(report__code="list-2026").count() == 10


def test_the_file_comes_back_with_what_to_correct(client):
    page = looked_at(client, csv_of([*GOOD, *FAULTY]))
    answer = client.post("/import/rows/", filled_in(page) | {"do": "copy"})
    sheet = load_workbook(io.BytesIO(answer.content))["Rows"]
    assert [cell.value for cell in sheet[1]][:2] == ["What to correct", "No."]
    assert sheet["A12"].value == "enter a recommendation number"
    assert sheet["A2"].value is None
    record = ExportRecord.objects.get()
    assert (record.what, record.file_format, record.rows) == ("List to correct before its import", "xlsx", 12)


def numbers() -> list[str]:
    listed = Recommendation.objects.filter(report__code="list-2026").order_by("position")
    return list(listed.values_list("number", flat=True))


def test_importing_the_same_file_again_adds_nothing(client):
    brought_in(client, looked_at(client, csv_of(GOOD)))
    again = words(looked_at(client, csv_of(GOOD)).content.decode())
    assert "There is nothing new in this file" in again
    assert "10 rows are in the tracker already, word for word, and stay as they are." in again
    assert len(numbers()) == 10


def test_a_mended_file_adds_the_rows_that_were_left_out(client):
    page = looked_at(client, csv_of([*GOOD[:4], ["5", "", "", ""], *GOOD[5:]]))
    brought_in(client, client.post("/import/rows/", filled_in(page) | {"do": "without"}))
    assert "5" not in numbers()
    preview = looked_at(client, csv_of(GOOD), expected="10")
    shown = words(preview.content.decode())
    assert "1 recommendation found" in shown
    assert "They are added to Our list; what it has already stays as it is." in shown
    assert "missing" not in shown
    assert "you said" not in shown
    brought_in(client, preview)
    brought_in(client, preview)
    assert numbers() == ["1", "2", "3", "4", "6", "7", "8", "9", "10", "5"]
    added = Recommendation.objects.get(report__code="list-2026", number="5")
    assert (added.text, added.short_title, added.parts.count()) == ("The SLG does 5.", "Task 5", 1)


def test_a_file_with_the_missing_rows_alone_warns_of_no_gap(client):
    brought_in(client, looked_at(client, csv_of([*GOOD[:4], *GOOD[5:]])))
    shown = words(looked_at(client, csv_of(GOOD[4:5])).content.decode())
    assert "1 recommendation found" in shown
    assert "missing" not in shown
    assert "Check the order" not in shown


def test_wording_that_was_imported_is_never_changed_by_another_import(client):
    brought_in(client, looked_at(client, csv_of(GOOD)))
    shown = words(looked_at(client, csv_of([["3", "Quite another thing.", "", ""]])).content.decode())
    assert "number 3 is in the tracker already, with other wording, which an import cannot change" in shown
    assert Recommendation.objects.get(report__code="list-2026", number="3").text == "The SLG does 3."


def test_two_people_who_add_the_same_rows_add_them_once(client):
    brought_in(client, looked_at(client, csv_of(GOOD[:2])))
    first, second = looked_at(client, csv_of(GOOD[2:4])), looked_at(client, csv_of(GOOD[1:4]))
    brought_in(client, first)
    brought_in(client, second)
    assert numbers() == ["1", "2", "3", "4"]


def test_a_number_taken_meanwhile_by_other_wording_is_refused_and_nothing_is_added(client):
    brought_in(client, looked_at(client, csv_of(GOOD[:2])))
    late = looked_at(client, csv_of([["3", "Quite another thing.", "", ""], GOOD[3]]))
    brought_in(client, looked_at(client, csv_of(GOOD[:3])))
    assert "Number 3 is in the tracker already, with other wording." in brought_in(client, late).content.decode()
    assert numbers() == ["1", "2", "3"]


def test_rows_are_never_added_to_a_report_with_a_text_of_its_own(client):
    page = upload(client, csv_of(GOOD), code="isr-2021").content.decode()
    assert "There is a report with the code “isr-2021” already" in page


def test_an_owner_that_the_file_and_the_wording_both_name_is_kept(client):
    rows = [["1", "The VCA subgroup does it.", "", "VCA"]]
    brought_in(client, looked_at(client, csv_of(rows)))
    owned = Ownership.objects.get(part__recommendation__report__code="list-2026")
    assert (owned.body.slug, owned.kind, owned.basis) == ("vca", "lead", "named")


def test_too_many_rows_are_refused_with_how_to_go_on(client):
    many = [[str(number), f"The SLG does {number}.", "", ""] for number in range(1, 302)]
    shown = upload(client, csv_of([*many, ["", "", "", ""]])).content.decode()
    assert "The file holds 301 recommendations. At most 300 can be looked at in one go. Split it" in shown


def test_columns_that_nothing_is_taken_from_are_named(client):
    data = b"No,Recommendation,Priority,Due date\r\n1,The SLG does it.,High,1 May\r\n"
    assert "Nothing is taken from “Priority”, “Due date”, unless you choose it below." in words(
        upload(client, data).content.decode()
    )


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
