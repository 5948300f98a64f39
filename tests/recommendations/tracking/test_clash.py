"""Two people write at once: both texts are shown, and each may keep theirs, keep mine, or combine; nothing is lost."""

import datetime as dt

import pytest

from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from recommendations.models import Decision, Update
from tests.factories import A_DAY, decide, propose, say, the_part
from tests.form_data import filled_in
from tests.pages import words
from tests.recommendations.tracking.test_writing_pages import COMPLETE, DONE, GOOD, UPDATE, WHY, WORSE, day, sent

pytestmark = pytest.mark.django_db
AGREE = "/isr-2021/25/decide/agree-date/"
AGREED = {"wording": "We took my date"} | day("agreed_date") | day("decided_on", "1", "3", "2026")
BOTH, THEIRS = {"keep": "both"}, {"keep": "theirs"}


@pytest.fixture
def one(sign_in, vca_cochair1):
    return sign_in(vca_cochair1)


@pytest.fixture
def clashed(one, vca_cochair2):
    """The page that one co-chair meets when the other has saved first."""
    mine = sent(one, UPDATE, **GOOD)
    said = {"what_happened": "Theirs came first", "what_next": "Ask the board", "why_slipped": ""}
    say(the_part("25"), vca_cochair2, **said)
    return one.post(UPDATE, mine)


def slipped(one, vca_cochair2, status: str = Status.AT_RISK):
    """The same, on an update that says why it slipped."""
    mine = sent(one, UPDATE, **WORSE, **WHY)
    said = {"what_happened": "Theirs came first", "why_slipped": "The board was away", "next_date": dt.date(2030, 5, 4)}
    say(the_part("25"), vca_cochair2, status, **said)
    return one.post(UPDATE, mine)


def test_a_clash_shows_both_texts_with_three_choices_and_saves_nothing(clashed):
    text = words(clashed.content.decode())
    assert clashed.status_code == 409
    assert "Somebody else changed this while you were writing" in text
    for shown in ("Theirs came first", "The brief is agreed", "Keep mine", "Keep theirs", "Combine"):
        assert shown in text
    assert Update.objects.count() == 1


def test_keep_mine_saves_mine_on_top_of_theirs(one, clashed):
    answer = one.post(UPDATE, filled_in(clashed))
    assert answer.status_code == 302
    assert [update.what_happened for update in Update.objects.all()] == ["The brief is agreed", "Theirs came first"]


def test_keep_theirs_saves_nothing_of_mine_and_says_so(one, clashed):
    answer = one.post(UPDATE, filled_in(clashed) | THEIRS, follow=True)
    assert answer.redirect_chain == [("/isr-2021/25/", 302)]
    text = words(answer.content.decode())
    assert "Nothing of what you wrote was saved" in text
    assert "Theirs came first" in text
    assert Update.objects.get().what_happened == "Theirs came first"


def test_combine_puts_both_texts_in_the_boxes_theirs_first(one, clashed):
    answer = one.post(UPDATE, filled_in(clashed) | BOTH)
    boxes = filled_in(answer)
    assert answer.status_code == 200
    assert boxes["what_happened"] == "Theirs came first\n\nThe brief is agreed"
    assert boxes["what_next"] == "Ask the board\n\nStart"
    assert (boxes["status"], boxes["next_date_year"]) == ("on_track", "2030")
    assert Update.objects.count() == 1
    one.post(UPDATE, boxes | {"what_happened": "Theirs came first, and the brief is agreed"})
    assert Update.objects.first().what_happened == "Theirs came first, and the brief is agreed"
    assert Update.objects.count() == 2


def test_what_was_changed_on_the_page_of_the_clash_is_combined_too(one, clashed):
    boxes = filled_in(clashed) | {"what_happened": "Changed on this page"}
    assert filled_in(one.post(UPDATE, boxes | BOTH))["what_happened"] == "Theirs came first\n\nChanged on this page"


def test_an_empty_box_takes_their_text_and_their_day(one, vca_cochair2):
    mine = sent(one, UPDATE, status="no_change", what_happened="", what_next="", **day("next_date", "", "", ""))
    say(the_part("25"), vca_cochair2, what_next="Ask the board", next_date=dt.date(2030, 5, 4))
    boxes = filled_in(one.post(UPDATE, filled_in(one.post(UPDATE, mine)) | BOTH))
    assert boxes["what_next"] == "Ask the board"
    assert [boxes[f"next_date_{part}"] for part in ("day", "month", "year")] == ["4", "5", "2030"]


def test_a_text_that_holds_theirs_already_is_not_doubled(one, clashed):
    boxes = filled_in(clashed) | {"what_happened": "Theirs came first. So did mine"}
    assert filled_in(one.post(UPDATE, boxes | BOTH))["what_happened"] == "Theirs came first. So did mine"


def test_both_texts_may_be_too_long_together_and_are_kept(one, vca_cochair2):
    mine = sent(one, UPDATE, **(GOOD | {"what_happened": "m" * 900}))
    say(the_part("25"), vca_cochair2, what_happened="t" * 900)
    answer = one.post(UPDATE, filled_in(one.post(UPDATE, mine)) | BOTH)
    assert "must be 1,000 characters or less" in answer.content.decode()
    assert filled_in(answer)["what_happened"] == "t" * 900 + "\n\n" + "m" * 900


def test_a_third_save_meanwhile_is_another_clash(one, clashed, vca_cochair2):
    boxes = filled_in(one.post(UPDATE, filled_in(clashed) | BOTH))
    say(the_part("25"), vca_cochair2, what_happened="And one more")
    answer = one.post(UPDATE, boxes)
    assert answer.status_code == 409
    assert "And one more" in answer.content.decode()
    assert filled_in(answer)["what_happened"] == "Theirs came first\n\nThe brief is agreed"


def test_the_answers_of_the_second_page_are_shown_and_combined(one, vca_cochair2):
    answer = slipped(one, vca_cochair2, Status.ON_TRACK)
    assert filled_in(answer)["why_slipped"] == "Waiting for an analyst"
    boxes = filled_in(one.post(UPDATE, filled_in(answer) | BOTH))
    assert boxes["why_slipped"] == "The board was away\n\nWaiting for an analyst"
    assert one.post(UPDATE, boxes).status_code == 302
    assert Update.objects.first().why_slipped == "The board was away\n\nWaiting for an analyst"


def test_why_it_slipped_is_saved_even_if_theirs_says_the_same_status(one, vca_cochair2):
    answer = slipped(one, vca_cochair2, Status.AT_RISK)
    assert one.post(UPDATE, filled_in(answer)).status_code == 302
    mine = Update.objects.first()
    assert (mine.why_slipped, mine.brings_back) == ("Waiting for an analyst", "Borrow one")
    assert str(mine.requested_date) == "2030-06-30"


def test_why_it_slipped_stays_on_the_page_when_theirs_was_worse(one, vca_cochair2):
    answer = slipped(one, vca_cochair2, Status.OFF_TRACK)
    assert "Enter what happens next" in answer.content.decode()
    kept = filled_in(answer)
    assert (kept["what_happened"], kept["why_slipped"]) == ("No analyst came", "Waiting for an analyst")
    answer = one.post(UPDATE, kept | {"what_next": "Start"} | day("next_date"))
    assert answer.status_code == 409
    assert one.post(UPDATE, filled_in(answer)).status_code == 302
    mine = Update.objects.first()
    assert (mine.status, mine.why_slipped, mine.what_next) == (Status.AT_RISK, "Waiting for an analyst", "Start")


def test_a_clash_with_a_decision_shows_it_and_combines_with_its_wording(one, slg_member):
    mine = sent(one, UPDATE, **GOOD)
    decide(the_part("25"), slg_member, DecisionKind.AGREE_DATE, agreed_date=A_DAY)
    answer = one.post(UPDATE, mine)
    text = words(answer.content.decode())
    assert "Decision: agree a date" in text
    assert "Agreed date 31 March 2026" in text
    boxes = filled_in(one.post(UPDATE, filled_in(answer) | BOTH))
    assert boxes["what_happened"] == "The SLG agreed\n\nThe brief is agreed"


def test_one_s_own_earlier_save_is_not_called_somebody_elses(one):
    data = sent(one, UPDATE, **GOOD)
    one.post(UPDATE, data)
    text = words(one.post(UPDATE, data | {"what_happened": "Corrected"}).content.decode())
    assert "You saved something else here" in text
    assert "Somebody else changed this while" not in text


def test_where_the_other_took_it_back_there_is_nothing_to_combine(one):
    data = sent(one, UPDATE, **GOOD)
    one.post(UPDATE, data)
    one.post(f"/updates/{Update.objects.get().pk}/undo/")
    text = words(one.post(UPDATE, data).content.decode())
    assert "Keep mine" in text
    assert "Combine" not in text


def test_a_proposal_clashes_with_an_update(one, vca_cochair2):
    mine = sent(one, COMPLETE, **DONE)
    say(the_part("25"), vca_cochair2, what_happened="Theirs came first")
    answer = one.post(COMPLETE, mine)
    boxes = filled_in(one.post(COMPLETE, filled_in(answer) | BOTH))
    assert boxes["done"] == "Theirs came first\n\nThe audit is published"
    assert boxes["title"] == "Audit summary"
    assert one.post(COMPLETE, filled_in(answer) | THEIRS)["Location"] == "/isr-2021/25/"
    assert the_part("25").status == Status.ON_TRACK
    assert one.post(COMPLETE, boxes)["Location"] == f"{COMPLETE}?sent"
    assert the_part("25").status == Status.AWAITING_SIGN_OFF


def test_two_decisions_clash_and_combine(slg_member, slg_teacher, sign_in):
    member = sign_in(slg_member)
    mine = sent(member, AGREE, **AGREED)
    decide(the_part("25"), slg_teacher, DecisionKind.AGREE_DATE, agreed_date=A_DAY)
    answer = member.post(AGREE, mine)
    assert answer.status_code == 409
    assert member.post(AGREE, filled_in(answer) | THEIRS)["Location"] == "/isr-2021/25/"
    assert Decision.objects.count() == 1
    boxes = filled_in(member.post(AGREE, filled_in(answer) | BOTH))
    assert boxes["wording"] == "The SLG agreed\n\nWe took my date"
    assert member.post(AGREE, boxes).status_code == 302
    assert str(the_part("25").agreed_date) == "2030-06-30"


def test_what_cannot_be_saved_any_more_is_given_back(one, vca_cochair2):
    update, proposal = sent(one, UPDATE, **WORSE, **WHY), sent(one, COMPLETE, **DONE)
    propose(the_part("25"), vca_cochair2)
    for url, data, typed in (
        (UPDATE, update, ("At risk", "No analyst came", "this slipped? Waiting for an analyst", "30 June 2030")),
        (COMPLETE, proposal, ("What was done? The audit is published Evidence Audit summary", "Too early")),
    ):
        answer = one.post(url, data)
        text = words(answer.content.decode()).partition("What you wrote is not saved")[2]
        assert answer.status_code == 409
        assert [part for part in typed if part not in text] == []
    assert "is not saved" not in one.get(UPDATE).content.decode()


def test_a_decision_that_was_taken_meanwhile_gives_the_wording_back(slg_member, slg_teacher, vca_cochair1, sign_in):
    propose(the_part("25"), vca_cochair1)
    url, member = "/isr-2021/25/decide/sign-off/", sign_in(slg_member)
    mine = sent(member, url, wording="Signed off in my words", **day("decided_on", "1", "3", "2026"))
    decide(the_part("25"), slg_teacher, DecisionKind.SIGN_OFF)
    text = words(member.post(url, mine).content.decode())
    assert "does not apply now" in text
    assert "Signed off in my words" in text
