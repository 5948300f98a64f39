"""Any earlier day: rebuilt from history, and the same as what was shown on that day."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from krscp import clock
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Difference, Status, WorkflowError
from recommendations.models import Priority, Update, UpdateKind
from recommendations.services.claims import EditClash
from recommendations.services.escalations import confirm, escalate
from recommendations.services.updates import withdraw
from recommendations.state.front import front_of
from recommendations.state.picture import Picture
from recommendations.state.reading import front_now, front_on, moments, picture_at, picture_now
from subgroups.models import Body
from subgroups.services.records import save
from tests.factories import decide, make_person, propose, review_in, say, the_part
from tests.pages import page, queries, read
from tests.recommendations.conftest import NOW, TODAY
from tests.standing import may_change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]
PARTS = [("25", "whole"), ("12", "b"), ("28", "a")]
NOT_ALLOWED = (WorkflowError, PermissionDenied, EditClash)


class Cast:
    """Who does what in a made-up history."""

    def __init__(self) -> None:
        self.manager = make_person("manager", email="m@people.example")
        self.member = make_person("slg-director-of-quality", email="d@people.example")
        self.chair = make_person("vca-co-chair-1", email="c@people.example")


def an_update(cast: Cast, part, pick: int) -> None:
    status = (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK)[pick % 3]
    asked = f"Lend us {pick}" if pick % 4 == 0 else "Nothing yet"
    day = dt.date(2026, 6, 1 + pick % 28) if pick % 2 else None
    say(part, cast.manager, status, requested_date=day, ask_of_slg=asked)


def an_ask(cast: Cast, part, pick: int) -> None:
    by_when = TODAY + dt.timedelta(days=60 + pick % 9) if pick % 2 else None
    escalate(part=part, ask=f"Decide {pick}", by_when=by_when, otherwise="", token=uuid.uuid4(), by=cast.manager)


def a_cochairs_answer(cast: Cast, part, pick: int) -> None:
    last = Update.objects.filter(part=part, kind=UpdateKind.PROPOSAL).first()
    if last is not None:
        confirm(proposal=last, agrees=pick % 3 == 0, reason="Not yet", by=cast.chair)


def a_proposal(cast: Cast, part, pick: int) -> None:
    propose(part, cast.manager, tuple(Difference)[pick % 3])


def a_decision(cast: Cast, part, pick: int) -> None:
    kinds = (
        (DecisionKind.SIGN_OFF, {"recheck_on": TODAY + dt.timedelta(days=pick)}),
        (DecisionKind.AGREE_DATE, {"agreed_date": TODAY + dt.timedelta(days=pick % 9)}),
        (DecisionKind.SEND_BACK, {"agreed_date": TODAY + dt.timedelta(days=pick % 9)}),
        (DecisionKind.AGREE_OWNER, {"owner": Body.objects.order_by("pk")[pick % 5]}),
        (DecisionKind.SET_PRIORITY, {"priority": Priority.objects.order_by("pk")[pick % 3]}),
        (DecisionKind.ANSWER, {}),
        (DecisionKind.NOT_ACCEPT, {}),
        (DecisionKind.REOPEN, {}),
    )
    kind, sets = kinds[pick % len(kinds)]
    decide(part, cast.member, kind, **sets)


def taking_back(cast: Cast, part, pick: int) -> None:
    last = Update.objects.filter(part=part).first()
    if last is not None:
        withdraw(update=last, by=cast.manager)


def a_new_name(cast: Cast, part, pick: int) -> None:
    body = Body.objects.order_by("pk")[pick % 5]
    body.abbreviation = f"B{pick}"
    save(body, cast.manager, "Renamed")


# Those that need another before them stand twice.
ACTS: tuple[Callable[[Cast, object, int], None], ...] = (
    an_update, an_ask, a_proposal, a_proposal, a_cochairs_answer, a_decision, a_decision, taking_back, taking_back,
    a_new_name,
)  # fmt: skip
EVENTS = st.tuples(st.integers(0, 4), st.integers(0, 1000), st.sampled_from(PARTS), st.sampled_from(ACTS))


def plain(shown: Picture) -> Picture:
    """The picture without what says how it was made."""
    return replace(shown, title="", as_at=NOW)


def live(day: dt.date, evening: dt.datetime) -> Picture:
    """What is served; the bounded page of it says the same, of now and of the day."""
    with clock.at(evening):
        shown = picture_now(day, evening)
        assert front_now(day, evening, moments())[0] == front_of(shown)
        return plain(shown)


def play(cast: Cast, events: list, day: int) -> None:
    """The events of a day, minutes apart; those that the rules refuse did not happen."""
    for minute, (_, pick, part, act) in enumerate(event for event in events if event[0] == day):
        with clock.at(NOW + dt.timedelta(days=day, minutes=minute + 1)):
            try:
                with transaction.atomic():
                    act(cast, the_part(*part), pick)
            except NOT_ALLOWED:
                continue


PHASES = [Phase.explicit, Phase.generate]
QUIETLY = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=12, derandomize=True, deadline=None, phases=PHASES, suppress_health_check=QUIETLY)
@given(events=st.lists(EVENTS, min_size=6, max_size=18))
def test_as_at_a_day_is_what_was_served_that_day(events):
    with transaction.atomic():
        cast = Cast()
        served = {}
        for day in range(5):
            play(cast, events, day)
            on = TODAY + dt.timedelta(days=day)
            served[on] = live(on, NOW + dt.timedelta(days=day, hours=12))
        for on, shown in served.items():
            assert plain(picture_at(on)) == shown
            assert front_on(on) == front_of(picture_at(on))
        transaction.set_rollback(True)


def test_one_recommendation_is_asked_for_on_its_page_and_says_that_it_is_rebuilt(sign_in, lay_member, vca_cochair1):
    with clock.at(NOW + dt.timedelta(days=3)):
        say(the_part("25"), vca_cochair1)
    with clock.at(NOW + dt.timedelta(days=5)):
        client = sign_in(lay_member)
        assert "/as-at/?of=isr-2021/25" in page(client, "/isr-2021/25/")
        answer = client.get("/as-at/?of=isr-2021/25&day_day=3&day_month=3&day_year=2026")
        assert answer["Location"] == "/as-at/2026-03-03/isr-2021/25/"
        text = read(client, answer["Location"])
        assert "Not started" in text
        assert "Rebuilt from the record of every change." in text
        assert "Rebuilt from the record of every change." in read(client, "/as-at/2026-03-03/list/")
        assert "Nothing is recorded before" in read(client, "/as-at/2001-01-01/isr-2021/25/")


def test_what_was_taken_back_stands_until_the_day_it_was(qi_cochair):
    proposal = propose(the_part("30"), qi_cochair, Difference.TOO_EARLY)
    with clock.at(NOW + dt.timedelta(hours=20)):
        withdraw(update=proposal, by=qi_cochair)
    with clock.at(NOW + dt.timedelta(days=3)):
        before, after = (picture_at(TODAY + dt.timedelta(days=days)) for days in (0, 1))
    found = [next(one for one in shown.recommendations if one.number == "30") for shown in (before, after)]
    assert [(one.status, one.difference) for one in found] == [
        (Status.AWAITING_SIGN_OFF, Difference.TOO_EARLY),
        (Status.NOT_STARTED, None),
    ]


def test_the_page_says_that_it_is_rebuilt_and_from_when(sign_in, lay_member, vca_cochair1):
    with clock.at(NOW + dt.timedelta(days=10)):
        say(the_part("25"), vca_cochair1, Status.OFF_TRACK)
        client = sign_in(lay_member)
        words, today = read(client, "/as-at/2026-03-05/"), read(client, "/as-at/2026-03-12/")
    assert "Rebuilt from the record of every change. Nothing recorded later changes it." in words
    assert "Rebuilt from the record of every change so far today." in today
    assert "Nothing recorded later" not in today
    assert "Records begin on 2 March 2026" in words
    assert "Nothing is off track or overdue" in words


def test_a_day_before_records_begin_says_so(sign_in, lay_member):
    assert "Nothing is recorded before 2 March 2026" in read(sign_in(lay_member), "/as-at/2021-10-01/")


def test_a_list_of_a_day_before_records_begin_says_so_and_has_no_file(sign_in, lay_member):
    client = sign_in(lay_member)
    assert "Nothing is recorded before 2 March 2026" in read(client, "/as-at/0001-01-01/list/")
    assert client.get("/as-at/0001-01-01/list/export/csv/").status_code == 404


@pytest.mark.parametrize("day", ["2026-03-03", "2026-02-30", "tomorrow"])
def test_a_day_to_come_or_that_does_not_exist_is_not_there(sign_in, lay_member, day):
    assert sign_in(lay_member).get(f"/as-at/{day}/").status_code == 404


def test_the_day_of_a_frozen_review_leads_to_its_record(sign_in, lay_member, manager):
    review_in("frozen", manager, TODAY)
    assert sign_in(lay_member).get(f"/as-at/{TODAY}/")["Location"] == f"/reviews/{TODAY:%Y-%m}/"


def test_a_recommendation_is_shown_as_it_stood(sign_in, lay_member, vca_cochair1):
    say(the_part("25"), vca_cochair1, Status.AT_RISK, what_happened="As it was said then")
    with clock.at(NOW + dt.timedelta(days=10)):
        say(the_part("25"), vca_cochair1, what_happened="Said later")
        shown = page(sign_in(lay_member), "/as-at/2026-03-04/isr-2021/25/")
    assert "As it was said then" in shown
    assert "Said later" not in shown


def test_what_was_decided_after_the_owner_last_spoke_is_shown_beside_it(sign_in, lay_member, vca_cochair1, slg_chair):
    say(the_part("25"), vca_cochair1, Status.AT_RISK, what_happened="Half of it is done")
    with clock.at(NOW + dt.timedelta(hours=1)):
        decide(the_part("25"), slg_chair, DecisionKind.NOTE, wording="Show the other half")
    told = f"Minute a note, 1 January 2020 ({slg_chair.post_titles}): Show the other half"
    with clock.at(NOW + dt.timedelta(days=3)):
        assert told in read(sign_in(lay_member), "/as-at/2026-03-04/isr-2021/25/")
        say(the_part("25"), vca_cochair1, what_happened="And the other half")
        assert told not in read(sign_in(lay_member), f"/as-at/{NOW.date() + dt.timedelta(days=3)}/isr-2021/25/")


def test_a_typed_day_is_checked_in_plain_words(sign_in, lay_member):
    client = sign_in(lay_member)
    assert "must be a real date" in read(client, "/as-at/?day_day=31&day_month=2&day_year=2026")
    assert "must be today or in the past" in read(client, "/as-at/?day_day=1&day_month=1&day_year=2030")
    assert client.get("/as-at/?day_day=2&day_month=3&day_year=2026")["Location"] == "/as-at/2026-03-02/"


def test_a_past_day_costs_the_same_queries_however_much_happened(sign_in, lay_member, vca_cochair1, manager):
    client = sign_in(lay_member)
    say(the_part("25"), vca_cochair1)
    few = queries(client, "/as-at/2026-03-02/")
    for number in ("27", "29", "36"):
        say(the_part(number), manager)
        say(the_part(number), manager, Status.AT_RISK)
    assert queries(client, "/as-at/2026-03-02/") == few <= 24


def test_a_priority_that_was_recorded_after_it_was_set_is_not_named_for_the_days_between(slg_member):
    priority = Priority.objects.first()
    decide(the_part("25"), slg_member, DecisionKind.SET_PRIORITY, priority=priority)
    assert [one.priority for one in picture_at(TODAY).recommendations if one.priority is not None] != []
    with may_change(connection, Priority.history.model):
        Priority.history.update(history_date=NOW + dt.timedelta(days=1))
    assert [one.priority for one in picture_at(TODAY).recommendations if one.priority is not None] == []
