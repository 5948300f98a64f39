"""Reviews from set-up to freeze: what each step refuses, and that a frozen record never changes."""

import datetime as dt
import json

import pytest

from krscp import clock
from krscp.sealed_records import UnreadableRecord, digest
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status, WorkflowError
from recommendations.models import PaperKind, Priority, Return, Review, ReviewKind, ReviewState
from recommendations.services import reviews
from recommendations.services.reviews import ReviewPlan
from recommendations.state.picture import SCHEMA
from recommendations.state.record_form import read_picture
from subgroups.models import Body, LearningKind
from tests.factories import A_DAY, answer_all, decide, freeze, learn, propose, review_in, say, second_report, the_part
from tests.pages import page, queries, read, section
from tests.recommendations.conftest import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]
TOKEN = "00000000-0000-4000-8000-000000000001"
LATER = A_DAY + dt.timedelta(days=182)
HERE, NEXT = "/reviews/2026-03/", "/reviews/2026-09/"


def plan(held_on: dt.date = A_DAY, **given) -> ReviewPlan:
    days = {"period_from": held_on - dt.timedelta(days=182), "returns_due": held_on - dt.timedelta(days=14)}
    return ReviewPlan(**({"kind": ReviewKind.SIX_MONTHLY, "held_on": held_on} | days | given))


def frozen_then_moved(manager, chair) -> Review:
    """A frozen review, and a recommendation that went off track after it."""
    review = review_in("frozen", manager)
    with clock.at(NOW + dt.timedelta(days=40)):
        say(the_part("25"), chair, Status.OFF_TRACK)
    return review


def test_a_second_review_on_the_same_day_is_refused(manager):
    reviews.set_up(plan=plan(), by=manager)
    with pytest.raises(WorkflowError, match="already covers this date"):
        reviews.set_up(plan=plan(kind=ReviewKind.QUARTERLY), by=manager)
    assert Review.objects.count() == 1


def test_a_quarterly_review_has_an_address_of_its_own(manager):
    assert reviews.set_up(plan=plan(), by=manager).slug == "2026-03"
    quarterly = plan(A_DAY - dt.timedelta(days=2), kind=ReviewKind.QUARTERLY)
    assert reviews.set_up(plan=quarterly, by=manager).slug == "2026-03-q"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"period_from": A_DAY}, "must begin before"),
        ({"returns_due": A_DAY + dt.timedelta(days=1)}, "on or before the day"),
    ],
)
def test_days_in_the_wrong_order_are_refused(manager, given, words):
    with pytest.raises(WorkflowError, match=words):
        reviews.set_up(plan=plan(**given), by=manager)


def test_setting_up_says_what_is_wrong_and_keeps_what_was_typed(sign_in, manager):
    review_in("scheduled", manager)
    typed = {"token": TOKEN, "kind": "six_monthly", "compare": "day"}
    typed |= {"held_on_day": "31", "held_on_month": "3", "held_on_year": "2026"}
    answer = sign_in(manager).post("/reviews/new/", typed)
    assert "Enter the date to compare with" in answer.content.decode()
    answer = sign_in(manager).post("/reviews/new/", typed | {"compare": "before"})
    assert answer.status_code == 409
    assert "A review already covers this date" in answer.content.decode()
    assert 'name="held_on_day" type="text" inputmode="numeric" value="31"' in answer.content.decode()


def test_returns_are_asked_of_bodies_that_lead_something_and_have_a_lead(manager, vca_cochair1, commissioner):
    asked = reviews.ask_for_returns(review=review_in("scheduled", manager), by=manager)
    assert {wanted.body.slug for wanted in asked} == {"vca", "commissioners", "krscp"}


def test_returns_are_asked_for_once(manager):
    review = review_in("collecting", manager)
    with pytest.raises(WorkflowError, match="Returns are asked for once"):
        reviews.ask_for_returns(review=review, by=manager)


def test_one_review_sits_at_a_time(manager):
    review_in("meeting", manager)
    with pytest.raises(WorkflowError, match="Freeze it first"):
        reviews.start_meeting(review=review_in("scheduled", manager, LATER), by=manager)


def test_freezing_twice_is_refused_and_changes_nothing(manager):
    review = review_in("frozen", manager)
    before = review.snapshot.sha256
    with pytest.raises(WorkflowError, match="is frozen"):
        freeze(review, manager)
    review.refresh_from_db()
    assert (review.state, review.snapshot.sha256) == (ReviewState.FROZEN, before)


def test_freezing_before_the_meeting_is_refused(sign_in, manager):
    review_in("collecting", manager)
    page = sign_in(manager).post(f"{HERE}finish/", follow=True).content.decode()
    assert "The meeting has not started, so there is nothing to freeze yet" in page
    assert Review.objects.get().state == ReviewState.COLLECTING


def test_a_frozen_review_is_not_changed_any_more(manager):
    review = review_in("frozen", manager)
    for act in (
        lambda: reviews.change(review=review, plan=plan(), version=review.version, by=manager),
        lambda: learn(review, manager),
        lambda: reviews.record_attendance(
            review=review, marks={}, disproportionality="Taken", version=review.version, by=manager
        ),
    ):
        with pytest.raises(WorkflowError, match="frozen"):
            act()


def test_a_frozen_page_shows_what_was_whatever_happens_after(
    sign_in, manager, vca_cochair1, qi_cochair, lay_member, slg_member
):
    review = review_in("meeting", manager)
    propose(the_part("30"), qi_cochair)
    decide(the_part("30"), slg_member, DecisionKind.SIGN_OFF)
    freeze(review, manager)
    client = sign_in(lay_member)
    places = [HERE, f"{HERE}list/", f"{HERE}pack/", f"{HERE}decisions/", f"{HERE}isr-2021/25/"]
    before = {place: page(client, place) for place in places}
    with clock.at(NOW + dt.timedelta(days=90)):
        say(the_part("25"), vca_cochair1, Status.OFF_TRACK)
        body = Body.objects.get(slug="vca")
        body.name, body.abbreviation = "Another name", "AN"
        body.save()
        Priority.objects.update(name="Renamed")
        client = sign_in(lay_member)
        assert {place: page(client, place) for place in places} == before


def test_the_papers_of_a_frozen_review_are_the_same_bytes_for_ever(sign_in, manager, vca_cochair1):
    frozen_then_moved(manager, vca_cochair1)
    client = sign_in(manager)
    for kind in PaperKind:
        address = f"{HERE}{'pack/word' if kind == PaperKind.PACK else 'minutes'}/"
        kept = bytes(Review.objects.get().papers.get(kind=kind).content)
        assert client.get(address).content == kept
        assert digest(kept) == Review.objects.get().papers.get(kind=kind).sha256


def test_the_record_carries_its_schema_and_digest_and_is_read_back_whole(manager):
    review = review_in("frozen", manager)
    snapshot = review.snapshot
    assert digest(snapshot.content) == snapshot.sha256
    assert json.loads(snapshot.content)["schema"] == snapshot.schema == SCHEMA
    shown = read_picture(review)
    assert len(shown.recommendations) == 36
    assert shown.recommendations[0].status is Status.NOT_STARTED


def test_a_record_that_was_tampered_with_is_not_shown(manager):
    review = review_in("frozen", manager)
    review.snapshot.content = review.snapshot.content.replace("not_started", "complete", 1)
    with pytest.raises(UnreadableRecord):
        read_picture(review)


def test_the_first_review_has_nothing_to_compare_with(sign_in, lay_member, manager):
    review_in("collecting", manager)
    assert "Nothing to compare yet" in section(sign_in(lay_member), HERE, "changed")


def test_since_last_review_names_just_what_changed(sign_in, lay_member, manager, vca_cochair1):
    frozen_then_moved(manager, vca_cochair1)
    review_in("collecting", manager, LATER)
    words = section(sign_in(lay_member), NEXT, "changed")
    assert "Changed since Six-monthly review, 31 March 2026" in words
    assert "Better 0, worse 1, complete 0; same 35" in words
    assert "25 Audit of marginalised communities ○ Not started → to ■ Off track" in words


def test_any_date_and_any_earlier_review_can_be_compared_with(sign_in, lay_member, manager, vca_cochair1):
    frozen_then_moved(manager, vca_cochair1)
    review_in("collecting", manager, LATER)
    with clock.at(NOW + dt.timedelta(days=60)):
        client = sign_in(lay_member)
        day = "&".join(f"day_{box}={value}" for box, value in (("day", 15), ("month", 4), ("year", 2026)))
        assert "worse 1" in section(client, NEXT, "changed")
        assert "Better 0, worse 0, complete 0; same 36" in section(client, f"{NEXT}?compare=&{day}", "changed")
        assert "worse 1" in section(client, f"{NEXT}?compare=2026-03", "changed")
        assert "must be a real date" in read(client, f"{NEXT}?compare=&day_day=31&day_month=2&day_year=2026")
        assert "Nothing is recorded before" in read(client, f"{NEXT}?compare=&day_day=1&day_month=2&day_year=2020")


def test_what_moved_since_a_day_is_drawn_and_named(sign_in, lay_member, manager, vca_cochair1):
    review_in("collecting", manager, LATER)
    with clock.at(NOW + dt.timedelta(days=60)):
        say(the_part("25"), vca_cochair1, Status.OFF_TRACK)
        text = section(sign_in(lay_member), f"{NEXT}?compare=&day_day=15&day_month=4&day_year=2026", "changed")
    assert "worse 1" in text
    assert "25 Audit of marginalised communities ○ Not started" in text


def test_learning_is_named_with_its_priorities_and_can_be_taken_off(sign_in, manager):
    review = review_in("collecting", manager)
    client = sign_in(manager)
    form = {"kind": LearningKind.AUDIT, "title": "Audit of plans", "priorities": ["Mental health"], "changes": "A lead",
            "token": TOKEN}  # fmt: skip
    client.post(f"{HERE}learning/", form)
    client.post(f"{HERE}learning/", form)
    assert "Audit of plans Audit Mental health A lead" in section(client, HERE, "learning")
    client.post(f"{HERE}learning/{review.meeting.learning.get().pk}/remove/")
    assert "None is recorded" in section(client, HERE, "learning")


def test_attendance_and_the_standing_item_are_recorded_by_post(sign_in, manager, slg_chair):
    review_in("meeting", manager)
    client = sign_in(manager)
    name = f"post_{slg_chair.current_posts[0].pk}"
    version = Review.objects.get().version
    form = {name: "apologies", "disproportionality": "Each subgroup reports", "version": version}
    client.post(f"{HERE}attendance/", form | {"token": TOKEN})
    words = section(client, HERE, "attendance")
    assert "Apologies" in words
    assert "Each subgroup reports" in words


def test_everyone_who_is_not_marked_can_be_present_at_once(sign_in, manager, slg_chair):
    review = review_in("meeting", manager)
    away = slg_chair.current_posts[0].pk
    form = {f"post_{away}": "apologies", "others_present": "on", "version": review.version, "token": TOKEN}
    sign_in(manager).post(f"{HERE}attendance/", form)
    marks = dict(review.meeting.attendance.values_list("post", "how"))
    assert marks.pop(away) == "apologies"
    held = [post.pk for post in (*slg_chair.current_posts[1:], *manager.current_posts)]
    assert marks == dict.fromkeys(held, "present")


@pytest.mark.parametrize(
    ("kind", "begins"), [("six_monthly", dt.date(2025, 12, 2)), ("quarterly", dt.date(2026, 3, 8))]
)
def test_the_period_goes_on_from_the_last_frozen_review_of_its_kind(sign_in, manager, kind, begins):
    with clock.at(NOW - dt.timedelta(days=91)):
        review_in("frozen", manager, dt.date(2025, 12, 1))
    form = {"kind": kind, "held_on_day": 7, "held_on_month": 6, "held_on_year": 2026, "compare": "before"}
    sign_in(manager).post("/reviews/new/", form | {"token": TOKEN, "version": 0})
    assert Review.objects.get(held_on=dt.date(2026, 6, 7)).period_from == begins


def test_only_the_manager_sees_the_steps(sign_in, manager, slg_chair):
    review_in("collecting", manager)
    assert "Start meeting" in read(sign_in(manager), HERE)
    assert "Start meeting" not in read(sign_in(slg_chair), HERE)


def test_home_names_the_next_review_and_ones_own_return(sign_in, manager, vca_cochair1, lay_member):
    review_in("collecting", manager)
    assert "Six-monthly review in 29 days" in section(sign_in(lay_member), "/", "coming")
    assert "Start return: 13 recommendations" in section(sign_in(vca_cochair1), "/", "coming")
    answer_all(Return.objects.get(body__slug="vca"), vca_cochair1)
    assert "Go on with return: 13 recommendations" in section(sign_in(vca_cochair1), "/", "coming")
    assert "The return of VCA is due on 17 March 2026" in section(sign_in(vca_cochair1), "/", "coming")
    with clock.at(NOW + dt.timedelta(days=20)):
        assert "The return of VCA was due on 17 March 2026" in section(sign_in(vca_cochair1), "/", "coming")
    assert "Returns not sent yet (2): VCA , KRSCP" in section(sign_in(manager), "/", "coming")


def test_the_last_four_reviews_stand_as_shapes_with_words(sign_in, lay_member, manager, vca_cochair1):
    frozen_then_moved(manager, vca_cochair1)
    with clock.at(NOW + dt.timedelta(days=50)):
        review_in("frozen", manager, LATER)
    assert "Not started, then Off track" in read(sign_in(lay_member), "/reviews/now/list/?status=off_track")


@pytest.mark.parametrize("place", ["", "list/", "pack/", "meeting/", "meeting/isr-2021/25/whole/", "decisions/"])
def test_a_review_costs_the_same_queries_however_much_happened(sign_in, manager, vca_cochair1, slg_member, place):
    review_in("frozen", manager)
    review_in("meeting", manager, LATER)
    client = sign_in(slg_member)
    say(the_part("25"), vca_cochair1, Status.OFF_TRACK)
    decide(the_part("13"), slg_member, DecisionKind.NOTE)
    few = queries(client, f"{NEXT}{place}")
    for number in ("27", "29", "36", "10"):
        say(the_part(number), manager, Status.OFF_TRACK)
        say(the_part(number), manager, Status.AT_RISK)
        decide(the_part(number), slg_member, DecisionKind.NOTE)
        decide(the_part(number), slg_member, DecisionKind.AGREE_DATE, agreed_date=TODAY + dt.timedelta(days=9))
    second_report()
    assert queries(client, f"{NEXT}{place}") == few <= 24
