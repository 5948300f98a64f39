"""Filters of the list: what each finds, what they do with nonsense, and how they say what is on."""

import datetime as dt

import pytest
from django.http import QueryDict

from krscp import clock
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from recommendations.models import Priority, Recommendation
from recommendations.register.filters import RecommendationFilter
from subgroups.models import Body
from tests.factories import A_DAY, decide, propose, say, the_part

pytestmark = pytest.mark.django_db
NEXT_DAY = A_DAY + dt.timedelta(days=1)
ALL = [str(number) for number in range(1, 37)]


def asked(query, today=A_DAY):
    return RecommendationFilter(QueryDict(query), Recommendation.objects.all(), today=today)


def numbers(query, today=A_DAY):
    return [recommendation.number for recommendation in asked(query, today).qs]


def test_without_filters_all_are_listed_in_the_reports_order():
    assert numbers("") == ALL


def test_status_finds_any_of_those_chosen(vca_cochair1):
    say(the_part("25"), vca_cochair1, Status.OFF_TRACK)
    say(the_part("26"), vca_cochair1, Status.ON_TRACK)
    assert numbers("status=off_track") == ["25"]
    assert numbers("status=off_track&status=on_track") == ["25", "26"]


def test_owner_finds_what_a_body_leads_or_supports():
    assert "25" in numbers("owner=vca")
    assert numbers("owner=yol") == ["27"]
    assert numbers("owner=community-safety") == ["25"]


def test_owner_finds_recommendations_it_owns_a_part_of():
    assert {"3", "5", "7", "18", "20", "24", "28"} <= set(numbers("owner=llr"))


def test_a_body_that_owns_nothing_gives_an_empty_list_not_a_notice():
    found = asked("owner=police")
    assert list(found.qs) == []
    assert found.ignored == []


def test_priority_finds_the_main_one_only(slg_member):
    first, second = Priority.objects.all()[:2]
    decide(the_part("10"), slg_member, DecisionKind.SET_PRIORITY, priority=first)
    decide(the_part("10"), slg_member, DecisionKind.SET_PRIORITY, priority=second)
    assert numbers(f"priority={first.slug}") == []
    assert numbers(f"priority={second.slug}") == ["10"]
    assert numbers("priority=none") == [number for number in ALL if number != "10"]
    assert numbers(f"priority=none&priority={second.slug}") == ALL


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ("step=1", ALL[:21]),
        ("step=2", ALL[21:27]),
        ("step=3", ["28"]),
        ("step=4", ALL[28:32]),
        ("step=5", ALL[32:]),
        ("step=6", ALL[32:]),
        ("step=3&step=4", ALL[27:32]),
    ],
)
def test_step_finds_what_is_printed_under_it(steps, expected):
    assert numbers(steps) == expected


def test_overdue_counts_from_the_day_after_the_agreed_date(slg_member):
    decide(the_part("12", "b"), slg_member, DecisionKind.AGREE_DATE, agreed_date=A_DAY)
    assert numbers("flag=overdue") == []
    assert numbers("flag=overdue", NEXT_DAY) == ["12"]


def test_flags_on_any_part_are_found(slg_member, vca_cochair1):
    decide(the_part("25"), slg_member, DecisionKind.AGREE_DATE, agreed_date=A_DAY)
    decide(the_part("25"), slg_member, DecisionKind.AGREE_DATE, agreed_date=NEXT_DAY)
    propose(the_part("3", "vca"), vca_cochair1)
    decide(the_part("3", "vca"), slg_member, DecisionKind.SIGN_OFF, recheck_on=A_DAY)
    assert numbers("flag=date-moved") == ["25"]
    assert numbers("flag=re-check-due") == ["3"]
    assert numbers("flag=re-check-due&flag=date-moved") == ["3", "25"]
    assert "25" not in numbers("flag=no-date")
    assert {"2", "6", "8", "17", "22", "31"} == set(numbers("flag=owner-not-confirmed"))


def test_quiet_finds_what_nobody_has_spoken_of_for_long(vca_cochair1):
    now = dt.datetime(2026, 3, 31, 12, tzinfo=dt.UTC)
    with clock.at(now):
        say(the_part("25"), vca_cochair1)
    assert "25" not in numbers("flag=quiet", A_DAY + dt.timedelta(days=89))
    assert "25" in numbers("flag=quiet", A_DAY + dt.timedelta(days=90))


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("housing providers", "11"),
        ("HARMFUL SEXUAL", "32"),
        ("Map of partner boards", "10"),
        ("12", "12"),
        ("youth outloud", "27"),
        ("Youth Out Loud", "27"),
        ("Integrated Care System", "29"),
        ("YOL", "27"),
    ],
)
def test_search_finds_wording_short_title_number_and_every_name_of_an_owner(words, number):
    assert number in numbers(f"q={words}")


def test_search_wants_every_word():
    both, one = numbers("q=housing merlin"), numbers("q=merlin")
    assert one
    assert both == []


def test_search_takes_curly_and_straight_quotes_as_equal():
    straight = numbers("q=children's")
    assert straight
    assert numbers("q=children’s") == straight


@pytest.mark.parametrize("text", ["%25", "_", "\\"])
def test_search_takes_signs_literally(text):
    assert numbers(f"q={text}") == []


def test_search_takes_a_number_whole():
    assert "19" not in numbers("q=1")
    assert "1" in numbers("q=1")


def test_filters_of_different_kinds_narrow_each_other():
    assert numbers("owner=yol&step=2") == ["27"]
    assert numbers("owner=yol&step=1") == []
    assert numbers("owner=yol&status=complete") == []


@pytest.mark.parametrize(
    ("query", "ignored"),
    [
        ("status=blue", ["status=blue"]),
        ("colour=red&step=9", ["colour=red", "step=9"]),
        ("owner=nobody-here", ["owner=nobody-here"]),
        ("sort=colour", ["sort=colour"]),
        ("flag=%00overdue%0b&flag=late", ["flag=late"]),
        ("status=&q=+&page=2", []),
    ],
)
def test_what_is_not_known_is_set_aside(query, ignored):
    assert asked(query).ignored == ignored


def test_a_known_value_beside_an_unknown_one_still_filters():
    found = asked("owner=yol&owner=xyz")
    assert [recommendation.number for recommendation in found.qs] == ["27"]
    assert found.notice == "We ignored a filter we do not know: owner=xyz"


def test_an_address_full_of_nonsense_gives_a_short_notice():
    found = asked("&".join(f"x{place}={'y' * 500}" for place in range(50)))
    assert len(found.notice) < 400
    assert numbers("q=" + "a" * 5000) == []


def test_chips_say_what_is_on_and_lead_to_the_list_without_it():
    chips = asked("status=off_track&status=at_risk&owner=vca&q=audit&sort=due&page=2").chips
    assert [chip.label for chip in chips] == ["Off track", "At risk", "VCA", "“audit”"]
    assert chips[0].url == "?status=at_risk&owner=vca&q=audit&sort=due"
    assert chips[3].url == "?status=off_track&status=at_risk&owner=vca&sort=due"


def test_what_is_on_is_said_in_words():
    assert asked("status=off_track&status=at_risk&owner=vca&step=5&sort=due").in_words == (
        "Status: Off track or At risk; Owner: VCA; Step: Step 5"
    )
    assert asked("status=purple").in_words == ""


def test_sorting_by_status_puts_the_worst_first(vca_cochair1, slg_member):
    say(the_part("26"), vca_cochair1, Status.OFF_TRACK)
    say(the_part("25"), vca_cochair1, Status.AT_RISK)
    decide(the_part("1"), slg_member, DecisionKind.NOT_ACCEPT)
    assert numbers("sort=status")[:3] == ["26", "25", "2"]
    assert numbers("sort=status")[-1] == "1"


def test_sorting_by_due_date_puts_the_soonest_first_and_the_undated_last(slg_member):
    decide(the_part("30"), slg_member, DecisionKind.AGREE_DATE, agreed_date=A_DAY)
    decide(the_part("12", "c"), slg_member, DecisionKind.AGREE_DATE, agreed_date=NEXT_DAY)
    assert numbers("sort=due")[:3] == ["30", "12", "1"]


def test_a_body_that_takes_another_name_is_found_by_both():
    body = Body.objects.get(slug="yol")
    body.other_names.create(name="Young voices forum", kind="past")
    assert numbers("q=Young voices forum") == ["27"]
