"""The main job, walked in a browser as the people who do it, on a desk and on a phone, with and without JavaScript."""

import csv
import io

import docx
import pytest

from tests.conftest import cast_member
from tests.factories import PASSWORD

SITUATIONS = pytest.mark.parametrize(("size", "javascript"), [("wide", True), ("phone", False)])


def download(visitor, name: str) -> bytes:
    with visitor.page.expect_download() as waiting:
        visitor.page.locator("a", has_text=name).first.click()
    return waiting.value.path().read_bytes()


@SITUATIONS
def test_the_main_path_from_update_to_export(visit, size, javascript):
    cast_member("vca_cochair1")
    chair = visit(None, size, javascript).open("/sign-in/")
    chair.fill(login="vca_cochair1@people.example", password=PASSWORD).press("Sign in").sees("25").clicks = 0
    chair.click("Update 25")
    assert chair.clicks <= 3
    chair.sees("How is it going?").choose("status", "on_track")
    chair.fill(what_happened="Audit brief agreed with community safety", what_next="Map the groups")
    chair.date("next_date", "30", "6", "2030").press("Save update")
    chair.sees("Update on 25 saved.", "On track", "Audit brief agreed with community safety")

    # It slips, with a reason and a requested date.
    chair.open("/isr-2021/25/update/").choose("status", "at_risk").fill(what_happened="No analyst this quarter")
    chair.press("Save update").sees("Why has this slipped?")
    chair.fill(why_slipped="Waiting for an analyst", brings_back="Borrow one from Q&I")
    chair.date("requested_date", "30", "6", "2031").press("Save update")
    chair.sees("The SLG will be asked to agree the new date.", "At risk", "30 June 2031")

    # An SLG member agrees the date, from home.
    member = visit("slg_member", size, javascript).open("/")
    member.sees("30 June 2031").click("Agree a date")
    assert member.page.input_value("[name=agreed_date_year]") == "2031"
    member.fill(wording="The SLG agreed 30 June 2031.").press("Save decision").sees("recorded", "30 June 2031")

    # The co-chair proposes completion; the other co-chair may not sign it off.
    chair.open("/isr-2021/25/update/").choose("status", "finished").press("Save update")
    chair.sees("Propose completion").fill(
        done="The audit is published", title="Audit summary", link="https://example.org/audit", shows="What was found"
    )
    chair.choose("difference", "too_early").fill(difference_text="Groups have only begun to meet")
    chair.date("look_again_on", "1", "12", "2031").press("Propose completion").sees("What happens next")
    other = visit("vca_cochair2", size, javascript).open("/isr-2021/25/")
    other.sees("awaiting SLG sign-off").sees_not("Sign off\n")
    assert other.page.goto(f"{other.base}/isr-2021/25/decide/sign-off/").status == 403

    # A member from elsewhere signs it off.
    member.open("/").click("Sign off").sees("The audit is published", "Too early")
    member.fill(wording="Signed off; look again in December 2031.").press("Save decision").sees("Complete")

    # The Manager exports; the change is there.
    manager = visit("manager", size, javascript).open("/recommendations/?status=complete").sees("1 recommendation")
    rows = list(csv.DictReader(io.StringIO(download(manager, "CSV").decode("utf-8-sig"))))
    assert [row["No."] for row in rows] == ["25"]
    assert "Complete" in rows[0].values()
    paper = docx.Document(io.BytesIO(download(manager, "Word")))
    words = "\n".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    assert "Audit of marginalised communities" in words

    # A lay member sees all of it and changes nothing.
    lay = visit("lay_member", size, javascript).open("/isr-2021/25/")
    lay.sees("Signed off; look again in December 2031.", "Waiting for an analyst", "Audit summary")
    assert lay.page.goto(f"{lay.base}/isr-2021/25/update/").status == 403


@SITUATIONS
def test_two_co_chairs_save_at_once_and_nothing_is_lost(visit, size, javascript):
    one, two = visit("vca_cochair1", size, javascript), visit("vca_cochair2", size, javascript)
    for visitor, text in ((one, "First said this"), (two, "Second said that")):
        visitor.open("/isr-2021/25/update/").choose("status", "on_track")
        visitor.fill(what_happened=text, what_next="Go on").date("next_date", "30", "6", "2030")
    one.press("Save update").sees("saved")
    two.press("Save update").sees("Somebody else changed this", "First said this")
    assert two.page.input_value("[name=what_happened]") == "Second said that"
    two.is_sound().press("Keep mine").sees("First said this", "Second said that")


@SITUATIONS
def test_two_texts_are_combined_or_one_is_let_go(visit, size, javascript):
    one, two = visit("vca_cochair1", size, javascript), visit("vca_cochair2", size, javascript)
    for visitor, text in ((one, "First said this"), (two, "Second said that")):
        visitor.open("/isr-2021/25/update/").choose("status", "on_track")
        visitor.fill(what_happened=text, what_next="Go on").date("next_date", "30", "6", "2030")
    one.press("Save update").sees("saved").open("/isr-2021/25/update/").choose("status", "no_change")
    two.press("Save update").sees("Somebody else changed this").press("Combine").sees("Nothing is saved yet").is_sound()
    assert two.page.input_value("[name=what_happened]") == "First said this\n\nSecond said that"
    two.press("Save both").sees("Update on 25 saved.", "First said this\n\nSecond said that")
    one.fill(what_happened="Let go").press("Save update").sees("Somebody else changed this").press("Keep theirs")
    one.sees("Nothing of what you wrote was saved").sees_not("Let go").is_sound()


def test_a_typed_text_survives_every_error(visit):
    chair = visit("vca_cochair1", "phone", javascript=False).open("/isr-2021/25/update/")
    chair.fill(what_happened="Kept through errors").date("next_date", "31", "2", "2030").press("Save update")
    chair.sees("There is a problem", "Select how it is going", "must be a real date")
    assert chair.page.input_value("[name=what_happened]") == "Kept through errors"
    assert chair.page.input_value("[name=next_date_day]") == "31"
