"""The world is whole: every member of every enumeration stands in at least one row, every flag on at least one part."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from recommendations.domain.flags import Flag
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from recommendations.models import Answer, Decision, Escalation, Part, Recommendation, Reminder, Return, Review, Update
from subgroups.models import Appointment, Body, ExportRecord, Post, User
from tests.world import people
from tests.world.days import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
OURS = ("subgroups", "recommendations")
# Members that no service writes, each with the reason.
NEVER = {
    ("subgroups.BodyName", "kind", "past"): "past names come with an organisation's file; the partnership's has none",
    ("recommendations.Update", "status_before", "awaiting_sign_off"): "what awaits sign-off takes no updates",
    ("recommendations.Update", "status_before", "complete"): "what is closed takes no updates",
    ("recommendations.Update", "status_before", "not_accepted"): "what is closed takes no updates",
    ("recommendations.Update", "status_before", "superseded"): "what is closed takes no updates",
    ("recommendations.Update", "status", "complete"): "only the SLG completes",
    ("recommendations.Update", "status", "not_accepted"): "only the SLG decides against",
    ("recommendations.Update", "status", "superseded"): "only the SLG supersedes",
}


def fields() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Every field with choices, of every model of ours."""
    for model in apps.get_models():
        if model._meta.app_label in OURS and not model.__name__.startswith("Historical"):
            yield from ((model, field) for field in model._meta.fields if field.choices)


def lacking() -> set[tuple[str, str, str]]:
    """The members that stand in no row."""
    missing = set()
    for model, field in fields():
        there = set(model._base_manager.values_list(field.name, flat=True).distinct())
        names = {value for value, _ in field.choices if value != ""}
        missing |= {(model._meta.label, field.name, value) for value in names - there}
    return missing


def test_every_member_of_every_enumeration_stands_in_a_row():
    assert {(model._meta.label, field.name) for model, field in fields()} >= {
        ("recommendations.Decision", "kind"), ("recommendations.Review", "state"), ("subgroups.Post", "role"),
    }  # fmt: skip
    assert lacking() == set(NEVER)


def test_every_flag_stands_on_a_part():
    assert {flag for part in Part.objects.flagged(TODAY) for flag in part.flags} == set(Flag)


def test_every_status_is_shown_by_a_recommendation():
    assert set(Recommendation.objects.values_list("status", flat=True)) == set(Status)


def test_asks_are_open_answered_replaced_lapsed_and_taken_back():
    asked = Escalation.objects.all()
    still_open = set(asked.open())
    assert still_open
    assert asked.filter(answer__isnull=False).exists()
    assert asked.filter(followed_by__isnull=False, answer=None).exists()
    assert asked.filter(update__withdrawal__isnull=False).exists()
    assert [one for one in asked.filter(answer=None, update__withdrawal=None) if one not in still_open]


def test_reviews_stand_in_every_state_and_of_both_kinds_two_frozen_in_different_years():
    frozen = Review.objects.frozen()
    assert len({review.held_on.year for review in frozen}) > 1
    assert set(frozen.values_list("kind", flat=True)) == set(Review.objects.values_list("kind", flat=True))
    assert Review.objects.sitting().count() == 1


def test_returns_are_sent_late_half_drafted_stale_and_unanswered():
    now = Return.objects.filter(review__slug="2026-11")
    assert set(now.exclude(sent_at=None).values_list("is_late", flat=True)) == {True, False}
    stale = Answer.objects.filter(for_return__review__slug="2026-11", update=None)
    assert stale.exclude(part_version=models.F("part__version")).exists()
    assert now.filter(answers=None).exists()
    assert Reminder.objects.filter(review__slug="2026-11").exists()


def test_there_are_withdrawals_objections_addenda_and_a_long_timeline():
    assert Update.objects.filter(withdrawal__isnull=False).count() > 1
    assert Update.objects.filter(confirmations__agrees=False).exists()
    assert Update.objects.filter(confirmations__agrees=True, part__status=Status.AWAITING_SIGN_OFF).exists()
    assert Decision.objects.filter(corrects__isnull=False).exists()
    assert Decision.objects.filter(kind=DecisionKind.REOPEN).exists()
    assert Update.objects.filter(part__recommendation__number="25").count() >= 60
    assert ExportRecord.objects.exists()


def test_posts_are_handed_over_vacant_and_yet_to_begin_and_accounts_closed():
    in_force = Appointment.objects.in_force(TODAY)
    assert Post.objects.filter(slug="vca-co-chair-2", appointments__in=in_force).exists()
    assert Post.objects.filter(slug="llr-co-chair-2").exclude(appointments__in=in_force).exists()
    assert Body.objects.filter(slug="health-leads").exclude(posts__appointments__in=in_force).exists()
    assert Appointment.objects.filter(starts__gt=TODAY).exists()
    assert User.objects.filter(is_active=False).count() > 1
    assert User.objects.count() == len(people.EVERYBODY) >= 12


def test_two_reports_have_equal_numbers_and_the_second_no_titles():
    first, second = (set(Recommendation.objects.filter(report__code=code).values_list("number", flat=True))
                     for code in ("isr-2021", "isr-2026"))  # fmt: skip
    assert second <= first
    assert set(Recommendation.objects.filter(report__code="isr-2026").values_list("short_title", flat=True)) == {""}
