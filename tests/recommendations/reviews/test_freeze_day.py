"""A review is what was seen when it was frozen, whatever day it was set up for."""

import datetime as dt

import pytest

from krscp import clock
from recommendations.annual.seats import seats_between
from recommendations.domain.workflow import Status
from recommendations.models import Review, ReviewKind
from recommendations.services.reviews import begins, record_attendance
from recommendations.state.board import earlier_than, last_reviews
from subgroups.models import Post
from tests.factories import freeze, review_in, say, the_part
from tests.pages import page, read, section
from tests.recommendations.conftest import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]
ITS_DAY = dt.date(2026, 3, 18)
HERE = "/reviews/2026-03/"
SIX = ReviewKind.SIX_MONTHLY


@pytest.fixture
def early(manager) -> Review:
    """A review of 18 March that was frozen on 2 March."""
    review_in("frozen", manager, ITS_DAY)
    return Review.objects.frozen().get()


def test_a_review_frozen_before_its_day_says_so_wherever_it_is_listed(early, sign_in, manager):
    review_in("collecting", manager, dt.date(2026, 9, 30))
    client = sign_in(manager)
    assert "Six-monthly review, 18 March 2026 Frozen on 2 March 2026" in read(client, "/reviews/")
    assert "Six-monthly review, 18 March 2026 (frozen on 2 March 2026)" in page(client, "/reviews/2026-09/")
    assert "Six-monthly review, 18 March 2026 (frozen on 2 March 2026)" in read(client, "/reviews/new/")
    told = "".join(part.decode() for part in client.get("/reviews/export/csv/").streaming_content)
    assert "2026-03-18,2026-03-02" in told
    assert "to 2 March 2026" in read(client, "/reviews/")


def test_a_review_frozen_on_its_day_says_it_once(sign_in, manager):
    review_in("frozen", manager, TODAY)
    assert "frozen on" not in read(sign_in(manager), "/reviews/").lower()


def test_no_day_that_is_still_to_come_is_offered_to_compare(early, sign_in, lay_member, vca_cochair1):
    with clock.at(NOW + dt.timedelta(days=2)):
        say(the_part("25"), vca_cochair1)
        offered = section(sign_in(lay_member), "/isr-2021/25/history/", "compare")
    assert "4 March 2026 (now)" in offered
    assert "2 March 2026 (six-monthly review of 18 March 2026)" in offered
    assert "18 March 2026 (" not in offered


def test_the_next_period_begins_the_day_after_the_freeze(early):
    assert begins(SIX, dt.date(2026, 9, 30)) == dt.date(2026, 3, 3)


def test_a_review_frozen_after_its_day_is_looked_at_no_day_twice(manager):
    with clock.at(NOW + dt.timedelta(days=20)):
        review_in("frozen", manager, ITS_DAY)
    assert begins(SIX, dt.date(2026, 9, 30)) == dt.date(2026, 3, 23)


def test_the_day_of_the_freeze_leads_to_the_record_and_its_own_day_is_rebuilt(early, sign_in, lay_member):
    with clock.at(NOW + dt.timedelta(days=30)):
        client = sign_in(lay_member)
        assert client.get("/as-at/2026-03-02/")["Location"] == HERE
        assert "As at the end of 18 March 2026" in read(client, "/as-at/2026-03-18/")


def test_what_changed_since_the_last_review_begins_with_its_freeze(early, sign_in, lay_member, vca_cochair1):
    with clock.at(NOW + dt.timedelta(days=2)):
        say(the_part("25"), vca_cochair1, Status.OFF_TRACK)
        assert "25 Audit" in read(sign_in(lay_member), "/recommendations/?since=last-review")


def test_reviews_follow_one_another_as_they_were_frozen(early, manager):
    """The second is of an earlier day, and was frozen later: it is compared with the first."""
    with clock.at(NOW + dt.timedelta(days=7)):
        second = review_in("meeting", manager, dt.date(2026, 2, 20))
        assert earlier_than(second).first() == early
        freeze(second, manager)
    second.refresh_from_db()
    assert earlier_than(second).first() == early
    assert earlier_than(early).first() is None
    assert [stood.review for stood in last_reviews()] == [early, second]


def test_attendance_counts_in_the_period_of_the_freeze(manager):
    review = review_in("meeting", manager, dt.date(2026, 4, 8))
    chair = Post.objects.get(slug="slg-chair")
    said = {"marks": {chair: "present"}, "disproportionality": "", "version": review.version}
    record_attendance(review=review, by=manager, **said)
    freeze(review, manager)
    assert [seat.post for seat in seats_between(TODAY, dt.date(2026, 3, 31))] == [chair.title]
    assert seats_between(dt.date(2026, 4, 1), dt.date(2026, 4, 30)) == []
