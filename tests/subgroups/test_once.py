"""A form is acted on once; what it answered is kept for two days, and nothing of it where it failed."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError

from krscp import clock
from subgroups.models import Agency, Appointment, Post, SentForm, User
from subgroups.once import KEPT_FOR, FormAnswer, act_once, answered, remember
from subgroups.services.people import AlreadyAppointed, appoint
from tests.factories import LONG_AGO

pytestmark = pytest.mark.django_db
DONE = FormAnswer("Done.", "/people/")


def test_the_second_time_nothing_is_done_and_the_answer_is_the_same():
    token, done = uuid.uuid4(), []

    def act() -> FormAnswer:
        done.append(1)
        return DONE

    assert [act_once(token, act) for _ in range(3)] == [(DONE, True), (DONE, False), (DONE, False)]
    assert done == [1]


def test_what_fails_leaves_nothing_and_can_be_sent_again():
    token = uuid.uuid4()

    def fails() -> FormAnswer:
        Agency.objects.create(slug="new", name="New")
        raise AlreadyAppointed("No")

    with pytest.raises(AlreadyAppointed):
        act_once(token, fails)
    assert not Agency.objects.filter(slug="new").exists()
    assert answered(token) is None
    assert act_once(token, lambda: DONE) == (DONE, True)


def test_a_rule_that_the_act_breaks_is_not_taken_for_a_form_sent_twice():
    def breaks_a_rule() -> FormAnswer:
        Agency.objects.create(slug=Agency.objects.first().slug, name="Again")
        return DONE

    with pytest.raises(IntegrityError):
        act_once(uuid.uuid4(), breaks_a_rule)


def test_an_answer_that_comes_later_takes_the_place_of_the_first():
    token, later = uuid.uuid4(), FormAnswer("Done, but no mail could be sent.", "/people/", "warning")
    act_once(token, lambda: DONE)
    remember(token, later)
    assert answered(token) == later


def test_forms_are_forgotten_after_two_days():
    with clock.at(clock.now() - KEPT_FOR - timedelta(minutes=1)):
        act_once(uuid.uuid4(), lambda: DONE)
    act_once(uuid.uuid4(), lambda: DONE)
    assert SentForm.objects.count() == 1


def test_the_database_holds_no_two_open_appointments_of_one_person_to_one_post(lay_member):
    held = lay_member.appointments.get()
    with pytest.raises(IntegrityError):
        Appointment.objects.create(person=lay_member, post=held.post, starts=LONG_AGO + timedelta(days=1))


def test_somebody_is_appointed_again_after_the_last_day(manager):
    person = User.objects.create_user(email="back@people.example", name="Back")
    post = Post.objects.get(slug="lay-member-2")
    held = appoint(person=person, post=post, starts=LONG_AGO)
    with pytest.raises(AlreadyAppointed):
        appoint(person=person, post=post, starts=LONG_AGO + timedelta(days=1))
    held.ends = LONG_AGO + timedelta(days=30)
    held.save()
    assert appoint(person=person, post=post, starts=LONG_AGO + timedelta(days=31)).pk != held.pk
