"""A return answered by spreadsheet in a browser: download, fill in, a mistake, look at what will change, save."""

import datetime as dt

import pytest

from tests.browser.test_half_year import REVIEW, VCA
from tests.browser.test_main_path import download
from tests.conftest import cast_member
from tests.factories import review_in, the_part
from tests.workbook_files import edited

SIZES = pytest.mark.parametrize(("size", "javascript"), [("wide", True), ("phone", False)])
ANSWER = {
    "How is it going?": "On track", "What has happened?": "The group met", "What happens next?": "Write it up",
    "When will that happen?": dt.date(2040, 6, 30),
}  # fmt: skip
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def hand_in(chair, book: bytes):
    chair.page.set_input_files("[name=file]", {"name": "vca.xlsx", "mimeType": KIND, "buffer": book})
    return chair.press("Look at what will change")


@SIZES
def test_a_cochair_answers_by_spreadsheet(visit, size, javascript):
    cast_member("vca_cochair1")
    wanted = review_in("collecting", cast_member("manager"), REVIEW).returns.get(body__slug="vca")
    chair = visit("vca_cochair1", size, javascript).open(VCA)
    book = download(chair, "Download the workbook")
    chair.click("upload it").sees("Answer by spreadsheet").is_sound()
    chair.press("Look at what will change").sees("Select the workbook").is_sound()
    hand_in(chair, b"No workbook at all").sees("There is a problem").is_sound()
    hand_in(chair, edited(book, {"25": {"How is it going?": "On track"}})).sees("Mend these rows", "25").is_sound()
    hand_in(chair, edited(book, {"25": ANSWER})).sees("Nothing is saved yet", "1 row will change").is_sound()
    assert not wanted.answers.exists()
    chair.press("Save 1 as drafts").sees("1 saved as drafts from the workbook").is_sound()
    assert wanted.answers.get().part == the_part("25")
