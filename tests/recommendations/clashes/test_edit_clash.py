"""Two people change the same thing at once: both versions are shown, and each may be kept or both combined."""

import pytest

from recommendations.models import AnnualReport, Review
from subgroups.models import Attendance
from tests.factories import A_DAY, annual_report_in, make_person, review_in, the_recommendation
from tests.form_data import filled_in
from tests.pages import section, words

pytestmark = pytest.mark.django_db
READING, REVIEW = "/isr-2021/25/reading/", f"/reviews/{A_DAY:%Y-%m}/"
ATTENDANCE, CHANGE = f"{REVIEW}attendance/", f"{REVIEW}change/"
CHOICES = ("Keep mine", "Combine", "Keep theirs")


def told(answer) -> str:
    return words(answer.content.decode().partition('id="main-content">')[2])


@pytest.fixture
def mine(sign_in, manager):
    return sign_in(manager)


@pytest.fixture
def theirs(sign_in):
    return sign_in(make_person("manager", email="deputy@people.example", name="Deputy"))


def clashed(mine, theirs, url: str, my: dict, their: dict):
    """What one meets who opened the page first and saves second."""
    opened = filled_in(mine.get(url))
    assert theirs.post(url, filled_in(theirs.get(url)) | their).status_code == 302
    return mine.post(url, opened | my)


# Our reading.

MY_READING = {"short_title": "My title", "asks_for_reason": "My reason"}
THEIR_READING = {"short_title": "Their title", "asks_for": "keep_doing"}


def test_a_clash_over_our_reading_shows_both_and_saves_nothing(mine, theirs, manager):
    answer = clashed(mine, theirs, READING, MY_READING, THEIR_READING)
    assert answer.status_code == 409
    for shown in ("Their title", "My title", "My reason", manager.post_titles, *CHOICES):
        assert shown in told(answer)
    assert the_recommendation("25").short_title == "Their title"


def test_keep_mine_saves_all_of_mine(mine, theirs):
    answer = clashed(mine, theirs, READING, MY_READING, THEIR_READING)
    assert mine.post(READING, filled_in(answer)).status_code == 302
    after = the_recommendation("25")
    assert (after.short_title, after.asks_for_reason) == ("My title", "My reason")


def test_keep_theirs_saves_nothing_of_mine(mine, theirs):
    answer = clashed(mine, theirs, READING, MY_READING, THEIR_READING)
    left = mine.post(READING, filled_in(answer) | {"keep": "theirs"}, follow=True)
    assert "Nothing of what you wrote was saved" in told(left)
    assert the_recommendation("25").short_title == "Their title"


def test_combining_takes_each_change_and_both_texts_where_both_wrote(mine, theirs):
    answer = clashed(mine, theirs, READING, MY_READING, THEIR_READING)
    both = mine.post(READING, filled_in(answer) | {"keep": "both"})
    boxes = filled_in(both)
    assert both.status_code == 200
    assert (boxes["short_title"], boxes["asks_for_reason"]) == ("Their title / My title", "My reason")
    assert boxes["asks_for"] == "keep_doing"
    assert mine.post(READING, boxes | {"short_title": "Both titles"}).status_code == 302
    after = the_recommendation("25")
    assert (after.short_title, after.asks_for, after.asks_for_reason) == ("Both titles", "keep_doing", "My reason")


def test_a_third_edit_meanwhile_is_another_clash(mine, theirs):
    answer = clashed(mine, theirs, READING, MY_READING, THEIR_READING)
    theirs.post(READING, filled_in(theirs.get(READING)) | {"short_title": "A third title"})
    again = mine.post(READING, filled_in(answer))
    assert again.status_code == 409
    assert "A third title" in told(again)


def test_a_faulty_edit_on_the_page_of_the_clash_says_what_is_wrong(mine, theirs):
    answer = clashed(mine, theirs, READING, MY_READING, THEIR_READING)
    faulty = mine.post(READING, filled_in(answer) | {"short_title": ""})
    assert "Enter a short title" in told(faulty)
    assert filled_in(faulty)["asks_for_reason"] == "My reason"


@pytest.mark.parametrize("stood", ["", "no json", "[]", "1", '{"short_title": 1}'])
def test_an_edit_whose_page_came_back_broken_is_a_clash_and_no_failure(mine, theirs, stood):
    opened = filled_in(mine.get(READING))
    theirs.post(READING, filled_in(theirs.get(READING)) | THEIR_READING)
    assert mine.post(READING, opened | MY_READING | {"stood": stood}).status_code == 409
    assert mine.post(READING, opened | MY_READING | {"stood": stood, "keep": "both"}).status_code == 200


# Attendance.


@pytest.fixture
def seats(manager, slg_chair, vca_cochair1) -> tuple[str, str]:
    review_in("meeting", manager)
    return tuple(f"post_{person.current_posts[0].pk}" for person in (slg_chair, vca_cochair1))


def marks() -> dict[str, str]:
    return {f"post_{mark.post_id}": mark.how for mark in Review.objects.get().meeting.attendance.all()}


def test_a_clash_over_attendance_shows_both_marks_and_texts(mine, theirs, seats):
    chair, vca = seats
    answer = clashed(
        mine, theirs, ATTENDANCE,
        {chair: "deputy", "disproportionality": "My note"},
        {chair: "apologies", vca: "present", "disproportionality": "Their note"},
    )  # fmt: skip
    assert answer.status_code == 409
    for shown in ("Apologies", "Deputy", "Not recorded", "Their note", "My note", *CHOICES):
        assert shown in told(answer)
    assert marks() == {chair: "apologies", vca: "present"}


def test_combining_attendance_keeps_marks_that_only_one_made(mine, theirs, seats):
    chair, vca = seats
    answer = clashed(mine, theirs, ATTENDANCE, {chair: "deputy"}, {vca: "present", "disproportionality": "Their note"})
    both = mine.post(ATTENDANCE, filled_in(answer) | {"keep": "both"})
    assert mine.post(ATTENDANCE, filled_in(both)).status_code == 302
    assert marks() == {chair: "deputy", vca: "present"}
    assert Review.objects.get().disproportionality == "Their note"


def test_attendance_is_no_clash_where_only_something_else_of_the_review_moved(mine, theirs, seats):
    opened = filled_in(mine.get(ATTENDANCE))
    learning = {"kind": "audit", "title": "Audit", "changes": "Nothing"}
    theirs.post(f"{REVIEW}learning/", filled_in(theirs.get(f"{REVIEW}learning/")) | learning)
    assert mine.post(ATTENDANCE, opened | {seats[0]: "present"}).status_code == 302
    assert marks() == {seats[0]: "present"}


def test_a_mark_can_be_cleared_and_the_history_keeps_it(mine, seats, manager):
    chair, _ = seats
    mine.post(ATTENDANCE, filled_in(mine.get(ATTENDANCE)) | {chair: "apologies"})
    mine.post(ATTENDANCE, filled_in(mine.get(ATTENDANCE)) | {chair: ""})
    assert marks() == {}
    assert "No attendance is recorded" in section(mine, REVIEW, "attendance")
    told = Attendance.history.order_by("history_date", "history_id")
    assert [(row.how, row.history_type, row.history_change_reason) for row in told] == [
        ("apologies", "+", "Attendance recorded"), ("apologies", "-", "Attendance cleared")
    ]  # fmt: skip
    assert {row.history_user for row in told} == {manager}


def test_a_post_that_was_not_on_the_page_keeps_its_mark(mine, seats):
    chair, vca = seats
    mine.post(ATTENDANCE, filled_in(mine.get(ATTENDANCE)) | {chair: "apologies"})
    opened = filled_in(mine.get(ATTENDANCE))
    del opened[chair]
    mine.post(ATTENDANCE, opened | {vca: "present"})
    assert marks() == {chair: "apologies", vca: "present"}


# The days of a review, and the choices of an annual report.


def test_a_clash_over_a_reviews_days_shows_both_days(mine, theirs, manager):
    review_in("scheduled", manager)
    answer = clashed(mine, theirs, CHANGE, {"returns_due_day": "1"}, {"returns_due_day": "2"})
    assert answer.status_code == 409
    for shown in ("1 March 2026", "2 March 2026", *CHOICES):
        assert shown in told(answer)
    assert mine.post(CHANGE, filled_in(answer)).status_code == 302
    assert Review.objects.get().returns_due.day == 1


def test_combining_a_reviews_days_takes_each_change(mine, theirs, manager):
    review_in("scheduled", manager)
    answer = clashed(mine, theirs, CHANGE, {"returns_due_day": "1"}, {"period_from_day": "3"})
    mine.post(CHANGE, filled_in(mine.post(CHANGE, filled_in(answer) | {"keep": "both"})))
    review = Review.objects.get()
    assert (review.returns_due.day, review.period_from.day) == (1, 3)


def test_a_clash_over_annual_choices_shows_both(mine, theirs, manager):
    report = annual_report_in("draft", manager)
    url = f"/annual-report/{report.pk}/change/"
    answer = clashed(mine, theirs, url, {"title": "My report"}, {"title": "Their report"})
    assert answer.status_code == 409
    for shown in ("My report", "Their report", *CHOICES):
        assert shown in told(answer)
    assert AnnualReport.objects.get().title == "Their report"
    mine.post(url, filled_in(answer))
    assert AnnualReport.objects.get().title == "My report"


def test_learning_that_somebody_else_removed_is_said_in_words(mine, theirs, manager):
    review_in("meeting", manager)
    learning = {"kind": "audit", "title": "Audit", "changes": "Nothing"}
    mine.post(f"{REVIEW}learning/", filled_in(mine.get(f"{REVIEW}learning/")) | learning)
    off = f"{REVIEW}learning/{Review.objects.get().meeting.learning.get().pk}/remove/"
    theirs.post(off)
    assert "This learning is removed already" in told(mine.post(off, follow=True))


# People.


def test_a_last_day_that_somebody_else_recorded_meanwhile_is_shown(mine, theirs, lay_member):
    held = lay_member.appointments.get()
    url = f"/people/{held.pk}/end/"
    day = {"ends_day": "30", "ends_month": "6"}
    answer = clashed(mine, theirs, url, day | {"ends_year": "2091"}, day | {"ends_year": "2090"})
    assert answer.status_code == 409
    assert "Somebody else recorded 30 June 2090 as the last day" in told(answer)
    assert mine.post(url, filled_in(answer)).status_code == 302
    held.refresh_from_db()
    assert held.ends.year == 2091
