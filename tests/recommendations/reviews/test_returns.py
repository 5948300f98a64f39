"""Returns: drafted together without loss, checked, sent once; late ones are marked."""

import datetime as dt

import pytest

from krscp import clock
from recommendations.domain.workflow import Status, WorkflowError
from recommendations.models import Answer, Return, Update, UpdateKind
from recommendations.services import returns, reviews
from recommendations.services.returns import Draft, save_answers
from tests.factories import A_DAY, answer_all, freeze, review_in, say, second_report, the_part
from tests.pages import queries, read
from tests.recommendations.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]
PLACE = "/reviews/2026-03/returns/vca/"
SAYS = {"status": "on_track", "what_happened": "We met", "what_next": "Write", "next_date_day": "30",
        "next_date_month": "6", "next_date_year": "2026"}  # fmt: skip


@pytest.fixture
def wanted(manager, vca_cochair1, vca_cochair2, llr_cochair) -> Return:
    return review_in("collecting", manager).returns.select_related("body", "review").get(body__slug="vca")


def fields(part, seen=0, **typed) -> dict:
    return {f"row-{part.pk}-{name}": value for name, value in typed.items()} | {f"row-{part.pk}-seen": seen}


def given(part) -> dict:
    return Answer.objects.get(part=part).given


def test_every_recommendation_that_the_body_leads_alone_or_shares_has_a_row(sign_in, llr_cochair, wanted):
    words = read(sign_in(llr_cochair), "/reviews/2026-03/returns/llr/")
    for shared in ("3 LLR", "5 ", "7 ", "18 LLR", "20(c)", "24 ", "28(e)"):
        assert shared in words
    assert "Shared by" in words


def test_a_draft_is_kept_for_both_co_chairs_with_who_and_when(sign_in, vca_cochair1, vca_cochair2, wanted):
    sign_in(vca_cochair1).post(PLACE, fields(the_part("25"), status="no_change") | {"do": "save"})
    words = read(sign_in(vca_cochair2), PLACE)
    assert "1 of 13 answered" in words
    assert f"Last saved by {vca_cochair1.post_titles}, 2 March 2026, 10:00" in words


def test_an_unfinished_draft_is_kept_and_judged_only_when_it_is_checked(sign_in, vca_cochair1, wanted):
    client = sign_in(vca_cochair1)
    typed = fields(the_part("25"), status="on_track", next_date_day="31")
    answer = client.post(PLACE, typed | {"do": "check"}, follow=True)
    page = answer.content.decode()
    assert given(the_part("25")) == {"status": "on_track", "next_date_day": "31"}
    assert "25: Enter what has happened" in page
    assert "24: Select how it is going" in page
    assert "There is a problem" not in client.get(PLACE).content.decode()


def test_two_co_chairs_on_one_row_lose_nothing(sign_in, vca_cochair1, vca_cochair2, wanted):
    part = the_part("25")
    sign_in(vca_cochair1).post(PLACE, fields(part, **SAYS, why_slipped="") | {"do": "save"})
    answer = sign_in(vca_cochair2).post(
        PLACE, fields(part, **(SAYS | {"what_happened": "They met"})) | fields(the_part("26"), status="no_change")
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "We met" in page
    assert ">\nThey met</textarea>" in page
    assert given(part)["what_happened"] == "We met"
    assert given(the_part("26")) == {"status": "no_change"}, "the rows without a clash are saved"


def test_one_co_chair_in_two_tabs_is_not_told_of_somebody_else(sign_in, vca_cochair1, wanted):
    client, part = sign_in(vca_cochair1), the_part("25")
    client.post(PLACE, fields(part, **SAYS) | {"do": "save"})
    shown = client.post(PLACE, fields(part, **(SAYS | {"what_happened": "They met"}))).content.decode()
    assert "Another answer was saved to" in shown
    assert "Somebody else" not in shown


@pytest.mark.parametrize(
    ("button", "kept"), [("mine", "They met"), ("theirs", "We met"), ("both", "We met\n\nThey met")]
)
def test_a_clash_is_settled_by_keeping_one_or_both(sign_in, vca_cochair1, vca_cochair2, wanted, button, kept):
    part = the_part("25")
    save_answers(wanted=wanted, drafts={part.pk: Draft(dict(SAYS), 0, 1)}, by=vca_cochair1)
    mine = fields(part, seen=1, **(SAYS | {"what_happened": "They met"}))
    sign_in(vca_cochair2).post(PLACE, mine | {"do": f"{button}-{part.pk}"})
    assert given(part)["what_happened"] == kept


def test_a_row_that_only_the_other_changed_is_no_clash(sign_in, vca_cochair1, vca_cochair2, wanted):
    part = the_part("25")
    save_answers(wanted=wanted, drafts={part.pk: Draft({"status": "no_change"}, 0, 1)}, by=vca_cochair1)
    save_answers(wanted=wanted, drafts={part.pk: Draft(dict(SAYS), 1, 1)}, by=vca_cochair1)
    answer = sign_in(vca_cochair2).post(PLACE, fields(part, seen=1, status="no_change") | {"do": "save"})
    assert answer.status_code == 302
    assert given(part) == SAYS


def test_the_rest_is_unchanged_by_one_button(sign_in, vca_cochair1, wanted):
    client = sign_in(vca_cochair1)
    shown = client.get(PLACE).context["sheet"].lines
    page = {f"row-{line.part.pk}-seen": 0 for line in shown} | fields(the_part("25"), **SAYS)
    client.post(PLACE, page | {"do": "rest"})
    answers = {answer.part_id: answer.given["status"] for answer in Answer.objects.all()}
    assert len(answers) == len(shown)
    assert [pk for pk, status in answers.items() if status != "no_change"] == [the_part("25").pk]


def test_a_second_no_change_running_must_say_what_holds_it_up(sign_in, vca_cochair1, wanted):
    say(the_part("25"), vca_cochair1, Status.AT_RISK)
    say(the_part("25"), vca_cochair1, Status.AT_RISK, kind=UpdateKind.NO_CHANGE)
    typed = fields(the_part("25"), status="no_change") | {"do": "check"}
    answer = sign_in(vca_cochair1).post(PLACE, typed, follow=True)
    assert "25: This is the second “No change” running. Enter what is holding it up" in answer.content.decode()


def test_a_worse_word_needs_why_and_a_date(sign_in, vca_cochair1, wanted):
    answer = sign_in(vca_cochair1).post(PLACE, fields(the_part("25"), status="at_risk") | {"do": "check"}, follow=True)
    for words in ("why this has slipped", "what will bring it back", "the new target date"):
        assert f"25: Enter {words}" in answer.content.decode()


def test_sending_makes_one_update_of_each_answer(sign_in, vca_cochair1, vca_cochair2, wanted):
    answer_all(wanted, vca_cochair1)
    client = sign_in(vca_cochair2)
    sheet = client.get(f"{PLACE}check/").context["sheet"]
    sends = {f"part-{line.part.pk}": line.part.version for line in sheet.lines} | {"version": sheet.wanted.version}
    for _ in range(2):
        assert client.post(f"{PLACE}check/", sends)["Location"].endswith(f"{PLACE}sent/")
    sent = Update.objects.filter(review=wanted.review)
    assert sent.count() == len(sheet.lines)
    assert {update.author for update in sent} == {vca_cochair2}
    words = read(client, f"{PLACE}sent/")
    assert f"Sent by {vca_cochair2.post_titles}" in words
    assert "The Manager has the return" in words


def test_a_part_that_moved_on_after_the_check_stops_the_sending(sign_in, vca_cochair1, manager, wanted):
    answer_all(wanted, vca_cochair1)
    client = sign_in(vca_cochair1)
    sheet = client.get(f"{PLACE}check/").context["sheet"]
    sends = {f"part-{line.part.pk}": line.part.version for line in sheet.lines} | {"version": sheet.wanted.version}
    say(the_part("25"), manager)
    answer = client.post(f"{PLACE}check/", sends)
    assert answer.status_code == 409
    assert "was changed while you were checking" in answer.content.decode()
    assert not Update.objects.filter(review=wanted.review).exists()
    assert not Return.objects.get(pk=wanted.pk).is_sent


def test_a_late_return_is_taken_and_marked(sign_in, vca_cochair1, wanted):
    with clock.at(NOW + dt.timedelta(days=20)):
        assert "You can still send this. It will be marked late." in read(sign_in(vca_cochair1), PLACE)
        sent = answer_all(wanted, vca_cochair1, send=True)
        assert sent.is_late
        assert "VCA has sent its return, late" in read(sign_in(vca_cochair1), "/reviews/2026-03/")


def test_a_sent_return_takes_no_more_answers(vca_cochair1, wanted):
    answer_all(wanted, vca_cochair1, send=True)
    with pytest.raises(WorkflowError, match="was sent by"):
        save_answers(wanted=wanted, drafts={the_part("25").pk: Draft(dict(SAYS), 0, 1)}, by=vca_cochair1)


def test_a_frozen_review_takes_no_returns(sign_in, manager, vca_cochair1):
    review = review_in("frozen", manager, A_DAY)
    wanted = Return.objects.filter(review=review, body__slug="vca").first()
    assert returns.why_closed(wanted) == "This review takes no returns any more."
    assert sign_in(vca_cochair1).get(PLACE).status_code == 403


def test_a_review_frozen_while_answers_are_saved_refuses_them_in_words(
    sign_in, manager, vca_cochair1, wanted, monkeypatch
):
    def frozen_first(**given):
        reviews.start_meeting(review=wanted.review, by=manager)
        freeze(wanted.review, manager)
        return save_answers(**given)

    monkeypatch.setattr("recommendations.reviews.returns.views.save_answers", frozen_first)
    answer = sign_in(vca_cochair1).post(PLACE, fields(the_part("25"), **SAYS) | {"do": "save"})
    assert answer.status_code == 409
    assert "takes no returns any more" in answer.content.decode()
    assert SAYS["what_happened"] in answer.content.decode(), "what was written is given back"
    assert not Answer.objects.exists()


def test_a_return_of_a_body_one_does_not_lead_is_refused(sign_in, llr_cochair, wanted):
    assert sign_in(llr_cochair).get(PLACE).status_code == 403
    answer = sign_in(llr_cochair).post(PLACE, fields(the_part("25"), **SAYS) | {"do": "save"})
    assert answer.status_code == 403
    assert not Answer.objects.exists()


def test_text_that_looks_personal_is_saved_only_when_vouched_for(sign_in, vca_cochair1, wanted):
    client = sign_in(vca_cochair1)
    typed = fields(the_part("25"), **(SAYS | {"what_happened": "We saw Mrs Example"})) | {"do": "save"}
    page = client.post(PLACE, typed).content.decode()
    assert "This may include a name" in page
    assert "We saw Mrs Example" in page
    assert not Answer.objects.exists()
    vouched = page.partition('name="identifies_nobody" value="')[2].partition('"')[0]
    client.post(PLACE, typed | {"identifies_nobody": vouched})
    assert given(the_part("25"))["what_happened"] == "We saw Mrs Example"


def test_finished_saves_the_draft_and_goes_to_proposing_completion(sign_in, vca_cochair1, wanted):
    part = the_part("25")
    answer = sign_in(vca_cochair1).post(PLACE, fields(part, what_happened="Done") | {"do": f"finish-{part.pk}"})
    assert answer["Location"] == part.complete_url
    assert given(part) == {"what_happened": "Done"}


def test_a_return_costs_the_same_queries_however_much_was_said(sign_in, manager, vca_cochair1, wanted):
    client = sign_in(vca_cochair1)
    say(the_part("25"), vca_cochair1)
    few = {place: queries(client, f"{PLACE}{place}") for place in ("", "check/")}
    for number in ("25", "26", "24"):
        say(the_part(number), vca_cochair1, Status.AT_RISK)
        say(the_part(number), vca_cochair1)
    second_report()
    answer_all(wanted, vca_cochair1)
    assert {place: queries(client, f"{PLACE}{place}") for place in few} == few
    assert max(few.values()) <= 14
