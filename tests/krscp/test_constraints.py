"""Rules that many tables have, and which rule a refused row broke, told by its name on both databases."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Q

from krscp import clock
from krscp.constraints import breaks, one_of, together, wherever
from recommendations.models import Part, Return
from subgroups.models import Body, Learning, Meeting
from tests.factories import make_review, the_part


def refused(make) -> IntegrityError:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        make()
    return caught.value


def a_lesson(meeting: Meeting, token: uuid.UUID) -> Learning:
    return Learning.objects.create(meeting=meeting, kind="audit", title="Audit", changes="Nothing", token=token)


@pytest.mark.django_db
def test_a_token_that_is_taken_breaks_the_rule_of_that_field_and_no_other():
    meeting, token = Meeting.objects.create(), uuid.uuid4()
    a_lesson(meeting, token)
    error = refused(lambda: a_lesson(meeting, token))
    assert breaks(error, Learning, "token")
    assert not breaks(error, Learning, "title")
    assert not breaks(error, Return, "token")


@pytest.mark.django_db
def test_a_unique_constraint_is_known_by_its_name():
    review, body = make_review(), Body.objects.get(slug="vca")
    Return.objects.create(review=review, body=body)
    error = refused(lambda: Return.objects.create(review=review, body=body))
    assert breaks(error, Return, "one_return_of_a_body")
    assert not breaks(error, Return, "sent_return_names_its_sender")


@pytest.mark.django_db
def test_a_check_is_known_by_its_name():
    part = the_part("25")
    error = refused(lambda: Part.objects.filter(pk=part.pk).update(agreed_date=clock.today()))
    assert breaks(error, Part, "agreed_dates_come_together")
    assert not breaks(error, Part, "part_status_known")


def test_rules_that_many_tables_have_are_what_they_say():
    none, both = Q(ends=None, starts=None), Q(ends__isnull=False, starts__isnull=False)
    assert together("come_together", "starts", "ends").condition == none | both
    first, second = Q(starts__isnull=False, ends=None), Q(starts=None, ends__isnull=False)
    assert one_of("one_place", "starts", "ends").condition == first | second
    assert wherever("says_why", Q(kind="act"), Q(due__isnull=False)).condition == ~Q(kind="act") | Q(due__isnull=False)
