"""Two who edit the same thing at once, each in a browser: both versions on one page, and three answers."""

import pytest

from tests.conftest import cast_member
from tests.factories import make_person, review_in

SIZES = pytest.mark.parametrize(("size", "javascript"), [("wide", True), ("phone", False)])
ATTENDANCE = "/reviews/2026-03/attendance/"
READING = "/isr-2021/25/reading/"


@pytest.fixture
def two_managers(visit):
    """The Manager and somebody who stands in for them."""

    def opened(size: str, javascript: bool):
        make_person("manager", email="lay_member@people.example", name="Deputy")
        return visit("manager", size, javascript), visit("lay_member", size, javascript)

    return opened


@SIZES
def test_attendance_that_two_record_at_once_is_combined(two_managers, size, javascript):
    chair = cast_member("slg_chair").current_posts[0].pk
    mine, theirs = two_managers(size, javascript)
    review_in("meeting", cast_member("manager"))
    mine.open(ATTENDANCE).is_sound()
    theirs.open(ATTENDANCE).choose(f"post_{chair}", "apologies").fill(disproportionality="Each subgroup reports")
    theirs.press("Save attendance").sees("Attendance saved")
    mine.choose(f"post_{chair}", "deputy").fill(disproportionality="The data is late").press("Save attendance")
    mine.sees("Somebody else changed this while you were writing", "Apologies", "Deputy", "Each subgroup").is_sound()
    mine.press("Combine").sees("Combine both: attendance").is_sound()
    mine.press("Save both").sees("Attendance saved", "Each subgroup reports", "The data is late", "Deputy")
    mine.open(ATTENDANCE).page.check(f'[name=post_{chair}][value=""]')
    mine.press("Save attendance").sees("No attendance is recorded").is_sound()


@SIZES
def test_our_reading_that_two_edit_at_once_is_shown_twice(two_managers, size, javascript):
    mine, theirs = two_managers(size, javascript)
    mine.open(READING)
    theirs.open(READING).fill(short_title="Their title").press("Save our reading").sees("Our reading saved")
    mine.fill(short_title="My title", asks_for_reason="").press("Save our reading").sees("Enter the reason").is_sound()
    mine.fill(asks_for_reason="It says so").press("Save our reading").sees("Their title", "My title").is_sound()
    mine.press("Keep mine").sees("Our reading saved", "My title")
