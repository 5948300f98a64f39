"""Two days of a recommendation side by side: what differs, field by field and word by word."""

import datetime as dt
import re

import pytest

from krscp import clock
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from recommendations.models import Priority
from recommendations.services.readings import edit_reading
from recommendations.services.updates import withdraw
from recommendations.tracking.history.rows import LABELS, NOT_SHOWN
from subgroups.models import Body
from tests.factories import decide, review_in, say, the_part, the_recommendation
from tests.pages import page, queries, read, section

pytestmark = pytest.mark.django_db
HISTORY = "/isr-2021/25/history/"
# Long after the report was loaded, on whatever day that is; London is on summer time.
FIRST, SECOND, THIRD = (dt.datetime(2040, 5, day, 9, tzinfo=dt.UTC) for day in (2, 5, 9))
FIRST_TO_THIRD = "?from=2040-05-02&to=2040-05-09"


@pytest.fixture
def three_days(vca_cochair1, slg_member):
    """On track; then at risk with a date asked for; then the date agreed and on track again."""
    with clock.at(FIRST):
        say(the_part("25"), vca_cochair1, what_happened="The group met and wrote the brief")
    with clock.at(SECOND):
        say(the_part("25"), vca_cochair1, Status.AT_RISK, what_happened="The analyst left")
    with clock.at(THIRD):
        decide(the_part("25"), slg_member, DecisionKind.AGREE_DATE, agreed_date=dt.date(2041, 1, 31))
        said = {"what_happened": "The group met twice and wrote the brief", "what_next": "Write it up soon"}
        say(the_part("25"), vca_cochair1, **said)


@pytest.fixture
def reader(sign_in, lay_member):
    return sign_in(lay_member)


def compared(client, query: str, path: str = HISTORY) -> str:
    return section(client, path + query, "compare")


def offered(client, path: str = HISTORY) -> list[str]:
    """The days to choose from, as the first select words them."""
    select = page(client, path).partition('name="from"')[2].partition("</select>")[0]
    return re.findall(r"<option[^>]*>([^<]*)</option>", select)


def test_a_priority_set_between_the_days_shows(vca_cochair1, slg_member, reader):
    with clock.at(FIRST):
        say(the_part("25"), vca_cochair1)
    with clock.at(SECOND):
        priority = Priority.objects.get(slug="mental-health")
        decide(the_part("25"), slg_member, DecisionKind.SET_PRIORITY, priority=priority)
    assert "Added: Priority: Mental health" in read(reader, HISTORY)
    text = compared(reader, "?from=2040-05-02&to=2040-05-05")
    assert "Priority: Mental health" in text
    assert "It is the main one Added: yes" in text


def test_the_days_with_changes_are_offered_the_latest_first(three_days, reader):
    days = offered(reader)
    assert days[:3] == ["9 May 2040 (now)", "5 May 2040", "2 May 2040"]
    assert days[-1].endswith(" (loaded)")
    assert "What differs" not in compared(reader, "")


def test_reviews_that_are_over_are_offered_by_their_name(three_days, reader, manager):
    for stage, day in (("frozen", (2040, 5, 7)), ("frozen", (2020, 5, 7)), ("scheduled", (2040, 11, 7))):
        with clock.at(dt.datetime(*day, 12, tzinfo=dt.UTC)):
            review_in(stage, manager, dt.date(*day))
    assert offered(reader)[:3] == ["9 May 2040 (now)", "7 May 2040 (six-monthly review)", "5 May 2040"]
    assert "Status Removed: At risk Added: On track" in compared(reader, "?from=2040-05-07&to=2040-05-09")


def test_two_days_differ_field_by_field_and_word_by_word(three_days, reader):
    text = compared(reader, FIRST_TO_THIRD)
    assert "between the end of 2 May 2040 and the end of 9 May 2040" in text
    assert "Agreed date Added: 31 January 2041" in text
    assert "What has happened The group met Added: twice and wrote the brief" in text
    assert "Said by Removed: Co-chair, VCA subgroup (Achieving for Children), 2 May 2040 Added: Co-chair" in text
    assert "What happens next Write it up Added: soon" in text
    assert "Status" not in text


def test_what_lay_between_the_days_does_not_show_and_either_end_does(three_days, reader):
    text = compared(reader, "?from=2040-05-02&to=2040-05-05")
    assert text.count("Status Removed: On track Added: At risk") == 1
    assert "Date asked for Added: 4 June 2040" in text
    assert "Added: The analyst left" in text
    assert "31 January 2041" not in text


def test_added_is_underlined_and_removed_struck_and_both_are_said(three_days, reader):
    markup = page(reader, HISTORY + FIRST_TO_THIRD)
    said = '<span class="govuk-visually-hidden">{}: </span>'
    assert f'<ins class="app-added">{said.format("Added")}twice</ins>' in markup
    removed = f'<del class="app-removed">{said.format("Removed")}Co-chair, VCA subgroup'
    assert removed in markup


def test_an_update_withdrawn_later_stood_on_its_day(vca_cochair1, reader):
    with clock.at(FIRST):
        say(the_part("25"), vca_cochair1, what_happened="This stands")
    with clock.at(SECOND):
        mistaken = say(the_part("25"), vca_cochair1, what_happened="Quite another text, by mistake")
    with clock.at(SECOND + dt.timedelta(hours=20)):
        withdraw(update=mistaken, by=vca_cochair1)
    assert "Added: Quite another text, by mistake" in compared(reader, "?from=2040-05-02&to=2040-05-05")
    assert "Nothing differs between these two days." in compared(reader, "?from=2040-05-02&to=2040-05-06")


def test_no_change_leaves_the_words_before_it_standing(vca_cochair1, reader):
    with clock.at(FIRST):
        say(the_part("25"), vca_cochair1, what_happened="This stands")
    with clock.at(SECOND):
        say(the_part("25"), vca_cochair1, kind="no_change", what_happened="", what_next="", next_date=None,
            why_slipped="", brings_back="", ask_of_slg="")  # fmt: skip
    assert "Nothing differs between these two days." in compared(reader, "?from=2040-05-02&to=2040-05-05")


def test_parts_and_owners_are_told_apart(vca_cochair1, slg_member, manager, reader):
    with clock.at(FIRST):
        say(the_part("12", "a"), manager)
    with clock.at(SECOND):
        say(the_part("12", "b"), manager, Status.OFF_TRACK)
        decide(the_part("12", "b"), slg_member, DecisionKind.AGREE_OWNER, owner=Body.objects.get(slug="krscp"))
    text = compared(reader, "?from=2040-05-02&to=2040-05-05", "/isr-2021/12/history/")
    assert "Part 12(b) Status Removed: Not started Added: Off track" in text
    assert "Part 12(b): KRSCP (Manager/Team) Owner Added: KRSCP (Manager/Team)" in text
    assert "Leads or supports Removed: Lead Added: Supporting" in text
    assert "Part 12(b): latest update" in text
    assert "Part 12(a)" not in text


def test_our_reading_differs_word_by_word(manager, vca_cochair1, reader):
    with clock.at(FIRST):
        say(the_part("25"), vca_cochair1)
    found = the_recommendation("25")
    with clock.at(SECOND):
        edit_reading(
            recommendation=found, short_title=f"{found.short_title} again", asks_for=found.asks_for,
            asks_for_reason=found.asks_for_reason, version=found.version, by=manager,
        )  # fmt: skip
    text = compared(reader, "?from=2040-05-02&to=2040-05-05")
    assert f"Short title, our reading {found.short_title} Added: again" in text


def test_a_day_begins_and_ends_in_london(vca_cochair1, reader):
    with clock.at(dt.datetime(2040, 5, 2, 23, 30, tzinfo=dt.UTC)):
        say(the_part("25"), vca_cochair1)
    assert offered(reader)[0] == "3 May 2040 (now)"


@pytest.mark.parametrize("bad", ["2040-05-03", "yesterday", "2040-02-31", "%3Cscript%3E", "x" * 500])
def test_a_day_we_do_not_know_is_ignored_and_said(three_days, reader, bad):
    markup = page(reader, f"{HISTORY}?from={bad}&to=2040-05-09")
    assert "We ignored a day that is not in the list: from=" in markup
    assert "What differs" not in markup
    assert "<script" not in markup
    assert "x" * 100 not in markup


def test_a_first_day_alone_is_compared_with_now(three_days, reader):
    text = compared(reader, "?from=2040-05-05&to=nonsense")
    assert "the end of 5 May 2040 and the end of 9 May 2040" in text


def test_days_the_wrong_way_round_are_changed_and_said(three_days, reader):
    address = f"{HISTORY}?from=2040-05-09&to=2040-05-02"
    assert "The first day was the later one" in page(reader, address)
    assert "the end of 2 May 2040 and the end of 9 May 2040" in section(reader, address, "compare")


def test_the_same_day_twice_says_what_to_do(three_days, reader):
    assert "Choose two days." in compared(reader, "?from=2040-05-05&to=2040-05-05")


def test_with_one_day_there_is_nothing_to_compare(reader):
    assert "nothing to compare yet" in compared(reader, "", "/isr-2021/30/history/")


def test_the_chosen_days_stay_chosen(three_days, reader):
    markup = page(reader, HISTORY + FIRST_TO_THIRD)
    for day in ("2040-05-02", "2040-05-09"):
        assert markup.count(f'<option value="{day}" selected>') == 1


def test_every_field_that_is_shown_has_a_plain_name(three_days, reader):
    for model, labels in LABELS.items():
        wanted = {field.name for field in model.history.model.tracked_fields} - NOT_SHOWN
        assert set(labels) == wanted, model
    assert "_" not in "".join(label for labels in LABELS.values() for label in labels.values())


def test_comparing_more_costs_the_same_queries(three_days, vca_cochair1, reader):
    before = queries(reader, HISTORY + FIRST_TO_THIRD)
    with clock.at(THIRD):
        for status in (Status.AT_RISK, Status.ON_TRACK) * 3:
            say(the_part("25"), vca_cochair1, status)
    assert queries(reader, HISTORY + FIRST_TO_THIRD) == before <= 14
