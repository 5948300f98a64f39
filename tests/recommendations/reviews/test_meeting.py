"""The meeting: exceptions first, a decision in one form, two recorders, and what a frozen review refuses."""

import datetime as dt
import uuid

import pytest

from krscp import clock
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from recommendations.models import Decision, Review, ReviewKind, UpdateKind
from recommendations.services import decisions as services
from tests.conftest import cast_member
from tests.factories import A_DAY, decide, freeze, propose, review_in, say, the_part
from tests.pages import read, section
from tests.recommendations.conftest import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]
HERE = "/reviews/2026-03/"
ITEM = f"{HERE}meeting/isr-2021/25/whole/"


@pytest.fixture
def sitting(manager) -> Review:
    return review_in("meeting", manager)


def form(part, kind: str, **given) -> dict:
    typed = {"kind": kind, "wording": "The SLG agreed", "version": part.version, "token": str(uuid.uuid4())}
    return typed | given


def by(day=30, month=6, year=2027) -> dict:
    return {"by_day": day, "by_month": month, "by_year": year}


def test_exceptions_come_first_then_what_waits_then_the_rest(sign_in, manager, qi_cochair, vca_cochair1, sitting):
    propose(the_part("30"), qi_cochair)
    say(the_part("25"), vca_cochair1, Status.OFF_TRACK)
    groups = sign_in(manager).get(f"{HERE}meeting/").context["groups"]
    assert [row.reference for row in groups[0].rows] == ["25"]
    assert "30" in [row.reference for row in groups[1].rows]
    assert {row.reference for row in groups[2].rows}.isdisjoint({"25", "30"})


def test_a_decision_is_saved_and_the_next_part_shown(sign_in, manager, vca_cochair1, sitting):
    say(the_part("25"), vca_cochair1, Status.OFF_TRACK)
    client = sign_in(manager)
    following = client.get(ITEM).context["next_url"]
    answer = client.post(ITEM, form(the_part("25"), "agree_date", **by()))
    assert answer["Location"] == following
    decision = Decision.objects.get()
    assert (decision.review, decision.agreed_date.year, decision.author) == (sitting, 2027, manager)
    assert "1 25 Audit of marginalised communities Agree a date The SLG agreed" in read(client, f"{HERE}decisions/")


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("", "Select a decision"),
        ("agree_date", "Enter the agreed date"),
        ("agree_owner", "Select the owner"),
        ("act", "Enter by when"),
    ],
)
def test_what_is_missing_is_said_and_the_wording_kept(sign_in, manager, sitting, kind, message):
    page = sign_in(manager).post(ITEM, form(the_part("25"), kind, wording="Kept wording")).content.decode()
    assert message in page
    assert "Kept wording" in page
    assert not Decision.objects.exists()


def test_an_action_names_owner_and_day(sign_in, manager, sitting):
    owner = the_part("25").leads[0].body
    sign_in(manager).post(ITEM, form(the_part("25"), "act", owner=owner.pk, **by()))
    decision = Decision.objects.get()
    assert (decision.action.who, decision.due.year) == (owner.name, 2027)


def test_two_people_recording_at_once_lose_nothing(sign_in, manager, slg_chair, sitting):
    stale = form(the_part("25"), "note", wording="Mine as well")
    decide(the_part("25"), slg_chair, DecisionKind.NOTE)
    answer = sign_in(manager).post(ITEM, stale)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The SLG agreed" in page
    assert "Mine as well" in page
    sign_in(manager).post(ITEM, stale | {"version": the_part("25").version})
    assert sorted(Decision.objects.values_list("wording", flat=True)) == ["Mine as well", "The SLG agreed"]


def test_who_recorded_in_another_tab_is_not_told_of_somebody_else(sign_in, manager, sitting):
    stale = form(the_part("25"), "note", wording="Mine as well")
    decide(the_part("25"), manager, DecisionKind.NOTE)
    shown = sign_in(manager).post(ITEM, stale).content.decode()
    assert "You recorded something else here" in shown
    assert "Somebody else" not in shown


def test_the_same_form_sent_twice_makes_one_decision(sign_in, manager, sitting):
    typed = form(the_part("25"), "note")
    for _ in range(2):
        assert sign_in(manager).post(ITEM, typed).status_code == 302
    assert Decision.objects.count() == 1


def test_deciding_on_a_frozen_review_is_refused_and_changes_nothing(sign_in, manager, slg_member):
    review_in("frozen", manager)
    answer = sign_in(slg_member).post(ITEM, form(the_part("25"), "note"))
    assert answer.status_code == 409
    assert "is frozen: it takes no more decisions" in answer.content.decode()
    assert "The SLG agreed" in answer.content.decode(), "what was written is given back"
    assert not Decision.objects.exists()


@pytest.mark.parametrize("who", ["slg_member", "manager"])
def test_a_review_frozen_while_a_decision_is_saved_refuses_it_in_words(sign_in, manager, sitting, monkeypatch, who):
    person, client = cast_member(who), sign_in(cast_member(who))
    typed = form(the_part("25"), "note")

    def frozen_first(**given):
        freeze(Review.objects.get(pk=sitting.pk), manager)
        return services.decide(**given)

    monkeypatch.setattr("recommendations.reviews.meeting.views.decide", frozen_first)
    page = client.post(ITEM, typed).content.decode()
    assert "in its meeting" in page
    assert "The SLG agreed" in page, "what was written is given back"
    assert not Decision.objects.filter(author=person).exists()


def test_the_proposer_is_refused_by_item_whatever_posts_they_hold(sign_in, manager, sitting):
    propose(the_part("25"), manager)
    client = sign_in(manager)
    assert "You proposed this as complete" in read(client, ITEM)
    page = client.post(ITEM, form(the_part("25"), "sign_off")).content.decode()
    assert "Select one of the answers listed" in page
    assert not Decision.objects.exists()


def test_the_recorder_may_not_sign_off_what_the_slg_owns(sign_in, manager, slg_member, sitting):
    propose(the_part("10"), slg_member)
    words = read(sign_in(manager), f"{HERE}meeting/isr-2021/10/whole/")
    assert "Sign off: The SLG owns this" in words


def test_a_quarterly_takes_actions_and_notes_only(sign_in, manager, vca_cochair1):
    review_in("meeting", manager, A_DAY, kind=ReviewKind.QUARTERLY)
    propose(the_part("25"), vca_cochair1)
    form = sign_in(manager).get(ITEM).context["form"]
    assert [value for value, _ in form.fields["kind"].choices] == ["act", "note"]


def test_a_decision_taken_on_another_page_meanwhile_is_the_reviews_too(slg_chair, sitting):
    taken = decide(the_part("25"), slg_chair, DecisionKind.AGREE_DATE, agreed_date=TODAY.replace(year=2027))
    assert taken.review == sitting


def test_those_who_only_read_watch(sign_in, lay_member, sitting):
    words = read(sign_in(lay_member), ITEM)
    assert "Save decision" not in words
    assert "25 Audit of marginalised communities" in words


def test_no_change_leaves_the_words_in_the_meeting_that_it_leaves_unchanged(sign_in, manager, vca_cochair1, sitting):
    told = {"why_slipped": "The analyst left", "brings_back": "A new one starts"}
    with clock.at(NOW - dt.timedelta(days=60)):
        say(the_part("25"), vca_cochair1, Status.OFF_TRACK, what_happened="Half is read", **told)
    nothing = dict.fromkeys(["what_happened", "what_next", "why_slipped", "brings_back", "ask_of_slg"], "")
    nothing |= {"next_date": None, "requested_date": None, "kind": UpdateKind.NO_CHANGE}
    say(the_part("25"), vca_cochair1, Status.OFF_TRACK, **nothing)
    client = sign_in(manager)
    assert "Says: The analyst left" in read(client, ITEM)
    pack = read(client, f"{HERE}pack/")
    assert "No change since 1 January 2026: Half is read" in pack
    assert "A new one starts" in pack
    assert "The analyst left" in section(client, HERE, "exceptions")
    with clock.at(NOW + dt.timedelta(days=1)):
        assert "The analyst left" in section(sign_in(manager), f"/as-at/{TODAY}/", "exceptions")


def test_what_was_decided_reads_as_a_sentence_with_its_date(sign_in, manager, vca_cochair1, sitting):
    decide(the_part("25"), manager, DecisionKind.AGREE_DATE, wording="Agreed as asked.", agreed_date=A_DAY)
    assert "Decided (1): Agreed as asked. (Agree a date; by" in read(sign_in(manager), ITEM)
