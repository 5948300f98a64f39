"""What is asked of the database for a page and what is drawn of the whole picture are the same, value for value."""

import datetime as dt
from dataclasses import replace

import pytest

from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Difference, Status
from recommendations.models import Priority, Review
from recommendations.reviews.meeting import agenda
from recommendations.state import front, lists
from recommendations.state.behind import behind_day, behind_now, behind_review
from recommendations.state.board import last_reviews, on_a_day, with_review
from recommendations.state.chosen import chosen
from recommendations.state.front import front_of
from recommendations.state.movement import ORDER
from recommendations.state.reading import (
    front_now,
    front_of_review,
    front_on,
    live_picture_of,
    moments,
    one_of,
    picture_at,
    picture_now,
    picture_of,
)
from recommendations.state.record_form import read_picture
from recommendations.state.sealed import is_sealed
from subgroups.models import Body
from tests.world.days import LOADED, NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
PAST = [LOADED.date() + dt.timedelta(days=days) for days in range(0, (TODAY - LOADED.date()).days + 1, 20)]


def upcoming() -> list[Review]:
    return [Review.objects.at(one.slug) for one in Review.objects.upcoming()]


@pytest.fixture(params=[front.FIRST, 3], ids=["as it is", "with short lists"])
def first(request, monkeypatch) -> int:
    """How many rows a list begins with: the world is smaller than most lists would be."""
    for module in ("front", "front_of_source"):
        monkeypatch.setattr(f"recommendations.state.{module}.FIRST", request.param)
    return request.param


def test_the_page_of_now_is_the_whole_picture_of_now(first):
    assert front_now(TODAY, NOW, moments())[0] == front_of(picture_now(TODAY, NOW), first)


def test_the_page_of_every_review_is_its_whole_picture(first):
    for review in upcoming():
        whole = replace(picture_of(review, TODAY, NOW), partnership="")  # which papers say, and no page
        assert front_of_review(review, TODAY, NOW)[0] == front_of(whole, first), review


def test_the_page_of_a_frozen_review_is_sealed_to_its_record_and_equal_to_it():
    for review in Review.objects.frozen().with_front():
        assert is_sealed(review.snapshot), review
        assert front_of_review(review, TODAY, NOW)[0] == front_of(read_picture(review)), review


def test_the_page_of_any_past_day_is_its_whole_picture(first):
    for day in PAST:
        assert front_on(day) == front_of(picture_at(day), first), day


def test_the_page_beside_another_moment_is_the_whole_picture_beside_it(first):
    [review, *_] = upcoming()
    for chosen_one in [on_a_day(day) for day in PAST[::5]] + [with_review(stood.review) for stood in last_reviews()]:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("recommendations.state.reading.baseline", lambda *_, it=chosen_one: it)
            whole = front_of(live_picture_of(review, TODAY, NOW), first)
        found = front_of_review(review, TODAY, NOW, chosen_one)[0]
        assert (found.movement, found.moves, found.picture.compared) == (whole.movement, whole.moves, chosen_one[0])


def asked() -> list[dict[str, str]]:
    """Everything that a figure of a page asks its list for, and a few at once."""
    every = [
        *({"status": status.value} for status in Status),
        *({"children": value} for value in [*Difference.values, "none"]),
        *({"owner": slug} for slug in [*Body.objects.values_list("slug", flat=True), "none", "nobody"]),
        *({"priority": slug} for slug in [*Priority.objects.values_list("slug", flat=True), "none"]),
        *({"step": step} for step in ("1", "2", "5", "6", "56", "x")),
        *({"moved": way} for way in (*ORDER, "sideways")),
        *({"waiting": kind.value} for kind in lists.WAITING),
        {"waiting": DecisionKind.NOTE.value}, {"exceptions": "yes"}, {"exceptions": "no"}, {"mixed": "yes"}, {},
    ]  # fmt: skip
    return [*every, {"status": "at_risk", "owner": "vca"}, {"mixed": "yes", "moved": "worse", "step": "1"}]


def test_the_list_behind_every_figure_holds_what_the_whole_picture_holds():
    [review, *_] = upcoming()
    day = PAST[-2]
    now, then, beside = picture_now(TODAY, NOW), picture_at(day), picture_of(review, TODAY, NOW)
    for one in asked():
        assert list(behind_now(TODAY, NOW, one).rows) == chosen(now, one), one
        assert list(behind_day(day, one).rows) == chosen(then, one), one
        assert list(behind_review(review, TODAY, NOW, one, None).rows) == chosen(beside, one), one


def test_one_recommendation_of_a_review_is_what_the_whole_picture_says_of_it():
    for review in upcoming():
        for whole in picture_of(review, TODAY, NOW).recommendations[::7]:
            assert one_of(review, TODAY, NOW, whole.code, whole.slug).recommendations == [whole]


def test_the_agenda_is_that_of_the_whole_picture(monkeypatch):
    monkeypatch.setattr(agenda, "ON_A_PAGE", 7)
    for review in upcoming():
        whole = agenda.frozen_order(picture_of(review, TODAY, NOW))
        listed, number, pages = [], 1, 1
        while number <= pages:
            groups, page = agenda.groups(review, TODAY, str(number))
            listed += [(group.title, row.address, tuple(row.flags)) for group in groups for row in group.rows]
            number, pages = number + 1, page.paginator.num_pages
        assert listed == [(agenda.TITLES[taken], row.address, tuple(row.flags)) for taken, row in whole]
