"""A return answered by spreadsheet: what is downloaded, what is taken back, what is refused, and why."""

import datetime as dt
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from recommendations.domain.workflow import Status
from recommendations.models import Answer, Return
from recommendations.services import reviews
from recommendations.services.returns import Draft, save_all_answers, save_answers
from subgroups.models import ExportRecord
from tests.factories import answer_all, freeze, review_in, say, the_part
from tests.form_data import filled_in
from tests.pages import queries
from tests.return_by_workbook import PLACE, SAYS, TYPED, confirm, download, given, said, upload
from tests.workbook_files import changed, edited, heads, row_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]
@pytest.fixture
def wanted(manager, vca_cochair1, vca_cochair2, llr_cochair) -> Return:
    return review_in("collecting", manager).returns.select_related("body", "review").get(body__slug="vca")


@pytest.fixture
def chair(sign_in, vca_cochair1, wanted):
    return sign_in(vca_cochair1)


# What is downloaded.


def test_the_workbook_has_a_row_for_each_part_locked_but_for_its_answers(chair):
    page = load_workbook(io.BytesIO(download(chair)))["Return"]
    places, row = heads(page), row_of(page, "25")
    assert page.max_row - 4 == len(chair.get(PLACE).context["sheet"].lines)
    assert page.protection.sheet
    assert page.protection.password is None
    locked = {label: page.cell(row, place).protection.locked for label, place in places.items()}
    told = {"Recommendation", "What it says", "Now", "Agreed date", "Last time", "Key (do not change)"}
    # No date is agreed for 25, so there is none to change.
    assert {label for label, value in locked.items() if value} == told | {"Agreed date needs to change?"}
    assert page.column_dimensions["O"].hidden
    assert page.freeze_panes == "B5"
    assert (page.page_setup.orientation, page.print_title_rows) == ("landscape", "$3:$4")


def test_the_workbook_says_what_it_is_and_who_took_it_is_written_down(chair, vca_cochair1):
    book = load_workbook(io.BytesIO(download(chair)))
    note = book["Return"]["A2"].value
    assert note.startswith("OFFICIAL · As at 2 March 2026, 10:00 · Due 17 March 2026.")
    assert "OFFICIAL" in book["Return"].oddFooter.left.text
    assert book["About this file"]["B1"].value == "2 March 2026, 10:00"
    record = ExportRecord.objects.get()
    assert (record.author, record.file_format) == (vca_cochair1, "xlsx")


def test_answers_are_chosen_from_a_list_and_dates_are_checked(chair):
    page = load_workbook(io.BytesIO(download(chair)))["Return"]
    kinds = {str(check.sqref).split(":")[0]: check for check in page.data_validations.dataValidation}
    assert kinds["F5"].formula1 == '"No change,On track,At risk,Off track"'
    assert {kinds["I5"].type, kinds["M5"].type} == {"date"}
    assert "Finished" in page["F4"].value


def test_the_workbook_holds_the_drafts_saved_so_far(chair, wanted, vca_cochair1):
    save_answers(wanted=wanted, drafts={the_part("25").pk: Draft(dict(TYPED), 0, 1)}, by=vca_cochair1)
    page = load_workbook(io.BytesIO(download(chair)))["Return"]
    row = row_of(page, "25")
    assert [page.cell(row, column).value for column in range(6, 10)] == [
        "On track", "We met", "Write", dt.datetime(2026, 6, 30)
    ]  # fmt: skip


# What is taken back.


def test_the_preview_says_what_will_change_and_stores_nothing(chair):
    answer = upload(chair, edited(download(chair), {"25": SAYS}))
    assert "Nothing is saved yet. 1 row will change" in said(answer)
    assert "What has happened: We met Next: Write By: 30 June 2026" in said(answer)
    assert not Answer.objects.exists()
    assert ExportRecord.objects.count() == 1


def test_a_workbook_gives_the_same_answers_as_typing_them(chair, wanted, sign_in, vca_cochair2):
    slips = {"How is it going?": "Off track", "Why has this slipped?": "No analyst", "What will bring it back?": "One",
             "New target date": "30 September 2026", "What do you need the SLG to do?": "Lend one"}  # fmt: skip
    answer = upload(chair, edited(download(chair), {"25": SAYS, "26": slips, "24": {"How is it going?": "No change"}}))
    assert confirm(chair, answer)["Location"] == PLACE
    by_file = {answer.part_id: answer.given for answer in Answer.objects.all()}
    typed = {"25": TYPED, "24": {"status": "no_change"}, "26": {
        "status": "off_track", "why_slipped": "No analyst", "brings_back": "One", "requested_date_day": "30",
        "requested_date_month": "September", "requested_date_year": "2026", "ask_of_slg": "Lend one",
    }}  # fmt: skip
    page = {f"row-{the_part(number).pk}-seen": 1 for number in typed}
    page |= {f"row-{the_part(number).pk}-{name}": text for number, row in typed.items() for name, text in row.items()}
    sign_in(vca_cochair2).post(PLACE, page | {"do": "save"})
    assert {answer.part_id: answer.given for answer in Answer.objects.all()} == by_file
    assert set(Answer.objects.values_list("version", flat=True)) == {1}, "typing the same again changes nothing"


def test_rows_left_empty_or_untouched_change_nothing(chair, wanted, vca_cochair1):
    drafts = {the_part(number).pk: Draft(dict(TYPED), 0, 1) for number in ("25", "26")}
    save_answers(wanted=wanted, drafts=drafts, by=vca_cochair1)
    empty = dict.fromkeys(SAYS)
    answer = upload(chair, edited(download(chair), {"26": empty, "24": {"How is it going?": "No change"}}))
    confirm(chair, answer)
    assert given("25") == given("26") == TYPED
    assert given("24") == {"status": "no_change"}
    assert Answer.objects.get(part=the_part("25")).version == 1


def test_a_return_answered_in_full_goes_on_to_its_check_page(chair):
    data = download(chair)
    page = load_workbook(io.BytesIO(data))["Return"]
    every = {str(page.cell(row, 1).value).split(" ")[0]: page.cell(row, 1).value for row in range(5, page.max_row + 1)}
    titles = [title for title in every.values() if title]

    def answer_everything(page):
        for row in range(5, page.max_row + 1):
            page.cell(row, 6).value = "No change"

    answer = confirm(chair, upload(chair, changed(data, answer_everything)))
    assert titles
    assert answer["Location"] == f"{PLACE}check/"
    assert "Send return" in said(chair.get(answer["Location"]))


@pytest.mark.parametrize(
    ("typed", "boxes"),
    [
        ("30/6/2027", ("30", "6", "2027")),
        ("30 June 2027", ("30", "June", "2027")),
        ("1st Sept 2027", ("1", "Sept", "2027")),
        ("2027-06-30", ("30", "6", "2027")),
        (dt.datetime(2027, 6, 30), ("30", "6", "2027")),
    ],
)
def test_days_are_taken_as_excel_or_people_write_them(chair, typed, boxes):
    confirm(chair, upload(chair, edited(download(chair), {"25": SAYS | {"When will that happen?": typed}})))
    assert tuple(given("25")[f"next_date_{box}"] for box in ("day", "month", "year")) == boxes


def test_control_characters_never_come_in(chair):
    typed = SAYS | {"What has happened?": "We_x000B_ met_x001F_"}
    confirm(chair, upload(chair, edited(download(chair), {"25": typed})))
    assert given("25")["what_happened"] == "We met"


def test_both_co_chairs_see_the_drafts(chair, sign_in, vca_cochair1, vca_cochair2):
    confirm(chair, upload(chair, edited(download(chair), {"25": SAYS})))
    page = said(sign_in(vca_cochair2).get(PLACE))
    assert f"Last saved by {vca_cochair1.post_titles}" in page


# What is refused, row by row, and the copy.


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"How is it going?": "On track"}, "enter what has happened"),
        ({"What has happened?": "We met"}, "select how it is going"),
        ({"How is it going?": "Fine"}, "“Fine” is not one of the answers. Choose No change, On track, At risk or Off"),
        (SAYS | {"When will that happen?": "end of June"}, "“end of June” is not a date. Write it like 30 June 2027"),
        (SAYS | {"When will that happen?": "6/7/27"}, "“6/7/27” must have a year of 4 numbers"),
        (SAYS | {"When will that happen?": "31/6/2027"}, "when will that happen must be a real date"),
        (SAYS | {"When will that happen?": "6/30/2027"}, "when will that happen must be a real date"),
        (SAYS | {"When will that happen?": "1 June 2020"}, "must be today or in the future"),
        (SAYS | {"What has happened?": "x" * 1001}, "must be 1,000 characters or less"),
        ({"How is it going?": "At risk"}, "enter why this has slipped"),
        (SAYS | {"Agreed date needs to change?": "Yes"}, "no date is agreed yet"),
    ],
)
def test_faults_are_said_row_by_row_and_nothing_is_saved(chair, cells, fault):
    data = edited(download(chair), {"25": cells, "24": {"How is it going?": "No change"}})
    row = row_of(load_workbook(io.BytesIO(data))["Return"], "25")
    answer = upload(chair, data)
    assert f"Row {row}, recommendation 25:" in said(answer)
    assert fault in said(answer)
    assert "<title>Error: " in answer.content.decode()
    assert not Answer.objects.exists()


def test_the_copy_says_what_is_wrong_and_can_be_mended_and_uploaded(chair):
    data = edited(download(chair), {"25": {"How is it going?": "On track"}, "26": SAYS})
    faulty = upload(chair, data)
    carried = {"carried": filled_in(faulty)["carried"], "do": "copy"}
    copy = b"".join(chair.post(f"{PLACE}upload/", carried).streaming_content)
    assert ExportRecord.objects.first().what.endswith(", workbook to mend")
    page = load_workbook(io.BytesIO(copy))["Return"]
    wrong = heads(page)["What is wrong"]
    assert page.cell(row_of(page, "25"), wrong).value.startswith("enter what has happened\nenter what happens next")
    assert page.cell(row_of(page, "26"), wrong).value is None
    assert not Answer.objects.exists()
    confirm(chair, upload(chair, edited(copy, {"25": SAYS})))
    assert given("25") == given("26") == TYPED


def test_what_the_copy_carries_cannot_be_saved_as_a_preview_nor_the_other_way_round(chair):
    faulty = upload(chair, edited(download(chair), {"25": {"How is it going?": "On track"}}))
    looked_at = upload(chair, edited(download(chair), {"25": SAYS}))
    for page, do in ((faulty, "save"), (looked_at, "copy")):
        answer = chair.post(f"{PLACE}upload/", {"carried": filled_in(page)["carried"], "do": do})
        assert "The preview is too old, or not yours" in said(answer)
    assert not Answer.objects.exists()


def test_a_row_added_by_hand_or_tampered_with_is_refused(chair):
    def tamper(page):
        row = row_of(page, "25")
        page.cell(row, 6).value = "No change"
        page.cell(row, 15).value = page.cell(row, 15).value[:-3] + "abc"

    assert "its hidden key was changed" in said(upload(chair, changed(download(chair), tamper)))

    def swap(page):
        page.cell(row_of(page, "25"), 15).value = page.cell(row_of(page, "26"), 15).value
        page.cell(row_of(page, "25"), 6).value = "No change"

    assert "stands in more than one row" in said(upload(chair, changed(download(chair), swap)))

    def rename(page):
        page.cell(row_of(page, "25"), 6).value = "No change"
        page.cell(row_of(page, "25"), 1).value = "26 Something else"

    assert "where it was downloaded for 25" in said(upload(chair, changed(download(chair), rename)))
    assert not Answer.objects.exists()


def test_a_row_that_the_body_no_longer_answers_for_is_refused(chair, wanted):
    data = edited(download(chair), {"25": SAYS})
    the_part("25").ownerships.all().delete()
    assert "is no longer asked of VCA. Empty this row" in said(upload(chair, data))


# What is refused as a whole.


def test_workbooks_of_another_body_review_or_installation_are_refused(chair, sign_in, llr_cochair, manager, settings):
    theirs = download(sign_in(llr_cochair), "/reviews/2026-03/returns/llr/")
    assert "is the return of another body (LLR), not of VCA" in said(upload(chair, theirs))
    review_in("collecting", manager, dt.date(2026, 9, 30))
    assert "is for another review (2026-09), not for 2026-03" in said(
        upload(chair, download(chair, "/reviews/2026-09/returns/vca/"))
    )
    ours = edited(download(chair), {"25": SAYS})
    secret, settings.SECRET_KEY = settings.SECRET_KEY, "the key of another installation, long enough"
    foreign = edited(download(sign_in(manager)), {"25": SAYS})
    settings.SECRET_KEY = secret
    assert "The workbook may be of another installation" in said(upload(chair, foreign))
    assert "1 row will change" in said(upload(chair, ours))


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("return.csv", b"a,b", "must be an Excel workbook"),
        ("return.xlsx", b"a,b", "is not an Excel workbook, whatever its name says"),
        ("return.xlsx", b"", "The selected file is empty"),
        ("return.xlsx", b"x" * (10 * 1024 * 1024 + 1), "The selected file must be smaller than 10MB"),
    ],
)
def test_file_faults_are_said_at_the_file(chair, name, data, words):
    assert words in said(upload(chair, data, name))


def test_without_a_file_it_asks_for_one(chair):
    assert "Select the workbook" in said(chair.post(f"{PLACE}upload/", {}))


def test_a_workbook_that_says_nothing_new_is_told_so(chair):
    assert "says nothing that is not saved already" in said(upload(chair, download(chair)))


def test_a_column_that_is_missing_is_a_fault_of_the_file(chair):
    data = changed(download(chair), lambda page: page.delete_cols(7))
    assert "The column “What has happened?” is missing" in said(upload(chair, data))


def test_a_sent_return_takes_no_workbook(chair, sign_in, vca_cochair1, wanted):
    data = edited(download(chair), {"25": SAYS})
    answer_all(wanted, vca_cochair1, send=True)
    assert upload(chair, data)["Location"].endswith("/sent/")
    assert chair.get(f"{PLACE}workbook/").status_code == 403


def test_a_review_frozen_while_a_workbook_is_saved_refuses_it_in_words(chair, manager, wanted, monkeypatch):
    def frozen_first(**given):
        reviews.start_meeting(review=wanted.review, by=manager)
        freeze(wanted.review, manager)
        return save_all_answers(**given)

    monkeypatch.setattr("recommendations.reviews.returns.workbook.views.save_all_answers", frozen_first)
    answer = confirm(chair, upload(chair, edited(download(chair), {"25": SAYS})))
    assert answer.status_code == 409
    assert "takes no returns any more. Nothing was saved" in answer.content.decode()
    assert not Answer.objects.exists()


def has_calc() -> bool:
    """LibreOffice may be installed for Word files only."""
    found = shutil.which("soffice")
    return found is not None and (Path(found).resolve().parent / "libsclo.so").exists()


@pytest.mark.skipif(not has_calc(), reason="LIBREOFFICE TEST DID NOT RUN: no LibreOffice Calc on this machine")
def test_a_workbook_saved_again_by_libreoffice_is_taken(chair, tmp_path):
    (tmp_path / "return.xlsx").write_bytes(edited(download(chair), {"25": SAYS}))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    files = [tmp_path / "again", tmp_path / "return.xlsx"]
    subprocess.run([*convert, *files], check=True, capture_output=True, timeout=120)
    data = (tmp_path / "again" / "return.xlsx").read_bytes()
    page = load_workbook(io.BytesIO(data))["Return"]
    assert page.protection.sheet
    assert page.column_dimensions["O"].hidden
    answer = upload(chair, data)
    assert "1 row will change" in said(answer)
    confirm(chair, answer)
    assert given("25") == TYPED


def test_upload_and_download_cost_the_same_queries_however_much_was_said(chair, vca_cochair1, wanted):
    few = queries(chair, f"{PLACE}upload/")
    for number in ("25", "26", "24"):
        say(the_part(number), vca_cochair1, Status.AT_RISK)
    answer_all(wanted, vca_cochair1)
    assert queries(chair, f"{PLACE}upload/") == few
