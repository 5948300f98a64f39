"""The page of one recommendation: the report's words, who owns it, what each reader may do, what was said."""

import datetime as dt

import pytest

from krscp import clock
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from recommendations.models import Part, Recommendation
from recommendations.services.completion import Proof, add_evidence
from tests.factories import decide, propose, say, the_part, the_recommendation
from tests.pages import page, queries, read, section, words

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 5, 12, 9, 0, tzinfo=dt.UTC)


def flags_on(client, path: str, moment: dt.datetime) -> str:
    with clock.at(moment):
        return read(client, path)


# The report's words


def test_each_recommendation_stands_word_for_word(lay_member, sign_in):
    client = sign_in(lay_member)
    for recommendation in Recommendation.objects.filter(number__in=["1", "11", "25", "28"]).select_related("report"):
        quote = words(page(client, recommendation.get_absolute_url()).split("<blockquote")[1].split("</blockquote>")[0])
        for line in recommendation.text.split("\n"):
            assert " ".join(line.split()) in quote, recommendation.number


def test_sub_points_that_run_on_carry_their_status_in_the_sentence(lay_member, sign_in):
    quote = page(sign_in(lay_member), "/isr-2021/12/").split("<blockquote")[1].split("</blockquote>")[0]
    assert "children coming into care Part a: ○ Not started (b) GP reporting" in words(quote)
    assert 'href="/isr-2021/12/#part-a"' in quote


def test_listed_sub_points_stand_as_a_list_with_their_letters(lay_member, sign_in):
    quote = page(sign_in(lay_member), "/isr-2021/28/").split("<blockquote")[1].split("</blockquote>")[0]
    assert quote.count("<li>") == 5
    assert [f"{letter})" in words(quote) for letter in "abcde"] == [True] * 5


def test_the_paragraphs_that_lead_to_it_are_linked_and_can_be_read_here(lay_member, sign_in):
    markup = page(sign_in(lay_member), "/isr-2021/12/")
    assert "Why: paragraphs 28 – 29" in words(markup)
    assert 'href="/isr-2021/#p28"' in markup
    assert 'href="/isr-2021/#p29"' in markup


def test_references_are_shown_as_printed_with_our_note_where_doubtful(lay_member, sign_in):
    text = read(sign_in(lay_member), "/isr-2021/22/")
    assert "Cited by paragraph 19 . As printed: “see recommendation 22”. Our note" in text
    assert "Recommendations 23 and 24" in text
    assert "Cited by recommendation 11 Early Help and reach into the community" in text


def test_references_go_both_ways(lay_member, sign_in):
    client = sign_in(lay_member)
    assert "Refers to paragraph 18 , recommendation 5 Co-chairs' quarterly" in read(client, "/isr-2021/7/")
    assert "Cited by recommendation 7 Learning in the six-monthly review" in read(client, "/isr-2021/5/")


def test_references_of_the_heading_above_count(lay_member, sign_in):
    assert "Refers to paragraph 39 , paragraph 55 (in the heading)" in read(sign_in(lay_member), "/isr-2021/13/")


def test_a_range_of_paragraphs_is_one_line(lay_member, sign_in):
    text = read(sign_in(lay_member), "/isr-2021/17/")
    assert "Refers to paragraph 43 , paragraph 44 , paragraph 45 , paragraph 46" in text
    cited = read(sign_in(lay_member), "/isr-2021/28/")
    assert "recommendation 17 Commissioners in the children's strategy (about paragraphs 43, 44, 45, 46)" in cited


def test_what_the_import_restored_is_said(lay_member, sign_in):
    assert "Notes from the import" in read(sign_in(lay_member), "/isr-2021/28/")
    assert "Notes from the import" not in read(sign_in(lay_member), "/isr-2021/27/")


def test_steps_five_and_six_stand_together(lay_member, sign_in):
    assert "Step 5 and 6" in read(sign_in(lay_member), "/isr-2021/33/")


def test_the_next_and_previous_recommendations_are_linked(lay_member, sign_in):
    client = sign_in(lay_member)
    middle, first, last = (page(client, f"/isr-2021/{number}/") for number in (12, 1, 36))
    assert 'href="/isr-2021/11/" rel="prev"' in middle
    assert 'href="/isr-2021/13/" rel="next"' in middle
    assert 'rel="prev"' not in first
    assert 'rel="next"' not in last


def test_a_recommendation_that_is_not_there_is_not_found(lay_member, sign_in):
    assert sign_in(lay_member).get("/isr-2021/99/").status_code == 404


# Owners, dates and flags


def test_owners_show_the_words_that_name_them(lay_member, sign_in):
    owner = section(sign_in(lay_member), "/isr-2021/25/", "owner")
    assert "Lead Vulnerable Child and Adolescent subgroup named in the text" in owner
    assert "“" in owner


def test_owners_by_our_reading_show_the_reason(lay_member, sign_in):
    owner = section(sign_in(lay_member), "/isr-2021/14/", "owner")
    reason = the_part("14").leads[0].reason
    assert "our reading" in owner
    assert reason
    assert " ".join(reason.split()) in owner


def test_without_a_lead_the_owner_is_not_confirmed_and_we_say_why(lay_member, sign_in):
    client = sign_in(lay_member)
    assert "not who updates it" in section(client, "/isr-2021/2/", "owner")
    assert section(client, "/isr-2021/2/", "latest") == "Latest No updates yet. Owner not confirmed."


def test_with_a_lead_and_no_updates_it_only_says_that(lay_member, sign_in):
    assert section(sign_in(lay_member), "/isr-2021/25/", "latest") == "Latest No updates yet."


def test_flags_say_how_much(vca_cochair1, slg_member, lay_member, sign_in):
    part = the_part("25")
    with clock.at(dt.datetime(2026, 1, 5, 9, 0, tzinfo=dt.UTC)):
        say(part, vca_cochair1)
        for day in (dt.date(2026, 2, 1), dt.date(2026, 3, 1), dt.date(2026, 4, 1)):
            decide(part, slg_member, DecisionKind.AGREE_DATE, agreed_date=day)
    text = flags_on(sign_in(lay_member), "/isr-2021/25/", NOW)
    assert "Overdue 41 days" in text
    assert "Quiet 127 days" in text
    assert "Date moved ×2" in text
    assert "1 April 2026 First agreed: 1 February 2026" in text


def test_a_requested_date_is_not_an_agreed_one(vca_cochair1, lay_member, sign_in):
    say(the_part("25"), vca_cochair1, Status.AT_RISK, requested_date=dt.date(2046, 6, 30))
    owner = section(sign_in(lay_member), "/isr-2021/25/", "owner")
    assert "No date agreed 30 June 2046 asked for; waits for the SLG" in owner


def test_several_parts_say_how_many_are_complete(manager, slg_member, lay_member, sign_in):
    client = sign_in(lay_member)
    assert "Parts: 0 of 4 complete" in read(client, "/isr-2021/12/")
    propose(the_part("12", "a"), manager)
    decide(the_part("12", "a"), slg_member, DecisionKind.SIGN_OFF)
    assert "Parts: 1 of 4 complete" in read(client, "/isr-2021/12/")


def test_a_superseded_recommendation_links_what_replaces_it(slg_member, lay_member, sign_in):
    replacement = Recommendation.objects.get(number="1")
    decide(the_part("25"), slg_member, DecisionKind.SUPERSEDE, replacement=replacement)
    assert "Replaced by Recommendation 1" in section(sign_in(lay_member), "/isr-2021/25/", "owner")


# What each reader may do


@pytest.mark.parametrize(
    ("person", "may"), [("vca_cochair1", True), ("manager", True), ("llr_cochair", False), ("lay_member", False)]
)
def test_only_those_who_may_update_see_the_button(person, may, request, sign_in):
    markup = page(sign_in(request.getfixturevalue(person)), "/isr-2021/25/")
    for address in ("update", "complete", "evidence", "actions"):
        assert (f'href="/isr-2021/25/{address}/"' in markup) == may, address


def test_an_owner_of_one_part_sees_the_link_of_that_part_only(llr_cochair, sign_in):
    markup = page(sign_in(llr_cochair), "/isr-2021/3/")
    assert 'href="/isr-2021/3/llr/update/"' in markup
    assert 'href="/isr-2021/3/vca/update/"' not in markup


def test_a_closed_recommendation_offers_no_update(vca_cochair1, slg_member, sign_in):
    decide(the_part("25"), slg_member, DecisionKind.NOT_ACCEPT)
    assert 'href="/isr-2021/25/update/"' not in page(sign_in(vca_cochair1), "/isr-2021/25/")


def test_the_slg_sees_the_decisions_that_wait(vca_cochair1, slg_member, sign_in):
    propose(the_part("25"), vca_cochair1)
    markup = page(sign_in(slg_member), "/isr-2021/25/")
    assert 'href="/isr-2021/25/decide/sign-off/"' in markup
    assert 'href="/isr-2021/25/decide/send-back/"' in markup
    assert 'href="/isr-2021/25/decide/reopen/"' not in markup


def test_a_requested_date_waits_for_the_slg(vca_cochair1, slg_member, sign_in):
    say(the_part("25"), vca_cochair1, Status.AT_RISK)
    decisions = section(sign_in(slg_member), "/isr-2021/25/", "decisions")
    assert decisions.index("Agree a date") < decisions.index("Other decisions")


def test_owners_and_the_manager_see_no_decisions(vca_cochair1, manager, sign_in):
    propose(the_part("25"), vca_cochair1)
    for person in (vca_cochair1, manager):
        assert "/decide/" not in page(sign_in(person), "/isr-2021/25/")


def test_who_proposed_reads_why_somebody_else_must_sign_off(slg_chair, sign_in):
    propose(the_part("9"), slg_chair)
    markup = page(sign_in(slg_chair), "/isr-2021/9/")
    assert "You proposed this as complete, so somebody else must sign it off." in words(markup)
    assert "/decide/sign-off/" not in markup


def test_only_those_who_may_edit_our_reading_see_its_link(manager, vca_cochair1, sign_in):
    assert 'href="/isr-2021/25/reading/"' in page(sign_in(manager), "/isr-2021/25/")
    assert 'href="/isr-2021/25/reading/"' not in page(sign_in(vca_cochair1), "/isr-2021/25/")


# What it costs


@pytest.mark.parametrize("person", ["vca_cochair1", "slg_member", "manager", "lay_member"])
def test_twice_as_much_costs_the_same_queries(person, request, vca_cochair2, slg_teacher, sign_in):
    client = sign_in(request.getfixturevalue(person))

    def happen() -> None:
        say(the_part("25"), vca_cochair2, Status.AT_RISK)
        decide(the_part("25"), slg_teacher, DecisionKind.AGREE_DATE, agreed_date=dt.date(2027, 1, 31))
        say(the_part("25"), vca_cochair2, Status.ON_TRACK)
        add_evidence(part=the_part("25"), proof=Proof("Minutes", "That it was agreed"), by=vca_cochair2)

    happen()
    before = queries(client, "/isr-2021/25/")
    happen()
    assert queries(client, "/isr-2021/25/") == before <= 12


def test_six_parts_cost_the_queries_of_one(lay_member, sign_in):
    client = sign_in(lay_member)
    assert Part.objects.filter(recommendation__number="28").count() == 6
    assert queries(client, "/isr-2021/28/") <= queries(client, "/isr-2021/13/") <= 12


def test_a_paragraph_that_goes_on_after_its_bullets_is_read_to_its_end(lay_member, sign_in):
    page = sign_in(lay_member).get("/isr-2021/14/").content.decode()
    assert "can be lost if police are unable to participate fully" in page
    assert [one.number for one in the_recommendation("14").paragraphs.all()] == ["30", ""]


def test_a_number_and_what_it_numbers_are_two_words_also_to_who_hears_them(sign_in, lay_member):
    client = sign_in(lay_member)
    for place in ("/isr-2021/25/", "/isr-2021/25/history/", "/recommendations/"):
        assert "25</span>Audit" not in page(client, place)
