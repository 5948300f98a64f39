"""A meeting that is nobody's review takes the same forms and the same writers."""

import datetime as dt
import uuid

import pytest

from krscp import clock
from krscp.refusals import Moved
from recommendations.annual.seats import seats_between
from subgroups.meetings.forms import AttendanceForm, LearningForm
from subgroups.meetings.seats import seats_on
from subgroups.models import Attendance, Learning, Meeting, Post, PostRole
from subgroups.services import meetings
from tests.factories import A_DAY, make_person

pytestmark = pytest.mark.django_db
TOLD = {"kind": "audit", "title": "Audit of plans", "changes": "Plans name a lead"}


@pytest.fixture
def meeting(manager) -> Meeting:
    return meetings.set_up(by=manager, reason="Meeting of the subgroup")


@pytest.fixture
def seats() -> list[Post]:
    make_person("vca-co-chair-1")
    return [post for post in seats_on(A_DAY, [PostRole.CO_CHAIR]) if post.body.slug == "vca"]


def test_it_is_made_by_somebody_for_a_reason(meeting):
    made = meeting.history.get()
    assert (made.actor_name, made.history_change_reason) == ("Manager", "Meeting of the subgroup")
    assert str(meeting) == f"Meeting {meeting.pk}"


def test_who_was_there_is_asked_by_post_and_recorded(meeting, seats, manager):
    held, vacant = seats
    form = AttendanceForm({"others_present": "on", "token": uuid.uuid4()}, meeting=meeting, posts=seats)
    assert form.fields[form.name_of(vacant.pk)].label.endswith("(vacant)")
    assert form.is_valid(), form.errors
    meetings.record_attendance(meeting=meeting, marks=form.marks(), by=manager)
    assert dict(meeting.attendance.values_list("post", "how")) == {held.pk: "present"}
    again = AttendanceForm(meeting=meeting, posts=seats)
    assert {name: again[name].value() for name in map(again.name_of, (held.pk, vacant.pk))} == {
        f"post_{held.pk}": "present", f"post_{vacant.pk}": None,
    }  # fmt: skip


def test_a_mark_of_another_meeting_stays(meeting, seats, manager):
    other = meetings.set_up(by=manager, reason="Another")
    for one, how in ((meeting, "present"), (other, "deputy"), (meeting, "")):
        meetings.record_attendance(meeting=one, marks={seats[0]: how}, by=manager)
    assert Attendance.objects.get().meeting == other


def test_what_was_considered_is_added_once_and_taken_off_by_its_own_meeting_alone(meeting, manager):
    form = LearningForm({**TOLD, "token": uuid.uuid4(), "priorities": ["Housing"]}, priorities=["Housing", "Health"])
    assert form.is_valid(), form.errors
    one, two = (
        meetings.add_learning(meeting=meeting, token=form.cleaned_data["token"], by=manager, **form.told())
        for _ in range(2)
    )
    assert one == two == Learning.objects.get(priorities=["Housing"])
    other = meetings.set_up(by=manager, reason="Another")
    with pytest.raises(Moved, match="removed already"):
        meetings.remove_learning(meeting=other, pk=one.pk, by=manager)
    meetings.remove_learning(meeting=meeting, pk=one.pk, by=manager)
    assert not meeting.learning.exists()


def test_the_annual_report_counts_reviews_and_no_other_meeting(meeting, seats, manager):
    meetings.record_attendance(meeting=meeting, marks={seats[0]: "present"}, by=manager)
    assert seats_between(A_DAY, clock.today() + dt.timedelta(days=1)) == []
