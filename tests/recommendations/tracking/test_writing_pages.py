"""The pages that write: what they ask, what they keep when something is wrong, what they refuse."""

import html
import re

import pytest

from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from recommendations.models import Action, Decision, Evidence, Update, UpdateKind
from tests.factories import A_DAY, decide, propose, say, the_part
from tests.pages import read

pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
UPDATE, COMPLETE = "/isr-2021/25/update/", "/isr-2021/25/complete/"


def sent(client, url: str, **answers) -> dict[str, str]:
    """What a browser would send: the page's own hidden fields, and the answers."""
    page = client.get(url).content.decode()
    hidden = {name: re.search(f'name="{name}" value="([^"]*)"', page)[1] for name in ("token", "version")}
    return hidden | answers


def hidden_in(page: str) -> dict[str, str]:
    """The hidden fields of a page's forms, which a browser sends on."""
    return {name: html.unescape(value) for name, value in HIDDEN.findall(page)}


def vouched(page: str) -> dict[str, str]:
    """What the button "It identifies nobody, save" sends."""
    return {"identifies_nobody": re.search(r'name="identifies_nobody" value="([^"]+)"', page)[1]}


def day(name: str, day="30", month="6", year="2030") -> dict[str, str]:
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}


GOOD = {"status": "on_track", "what_happened": "The brief is agreed", "what_next": "Start"} | day("next_date")
WORSE = {"status": "at_risk", "what_happened": "No analyst came"}
WHY = {"why_slipped": "Waiting for an analyst", "brings_back": "Borrow one"} | day("requested_date")
DONE = {
    "done": "The audit is published",
    "title": "Audit summary",
    "shows": "What was found",
    "difference": "too_early",
    "difference_text": "Groups have only begun",
} | day("look_again_on")


def test_a_co_chair_saves_an_update_and_may_undo_it(vca_cochair1, sign_in):
    client = sign_in(vca_cochair1)
    answer = client.post(UPDATE, sent(client, UPDATE, **GOOD), follow=True)
    assert answer.redirect_chain == [("/isr-2021/25/", 302)]
    assert "Update on 25 saved." in answer.content.decode()
    update = Update.objects.get()
    assert (update.status, update.what_happened) == (Status.ON_TRACK, "The brief is agreed")
    undo = client.post(f"/updates/{update.pk}/undo/", follow=True)
    assert "stays in the record as withdrawn" in undo.content.decode()
    assert the_part("25").status == Status.NOT_STARTED


def test_nothing_is_selected_beforehand(vca_cochair1, sign_in):
    assert "checked" not in sign_in(vca_cochair1).get(UPDATE).content.decode()


@pytest.mark.parametrize(
    ("left_out", "error"),
    [
        ("status", "Select how it is going"),
        ("what_happened", "Enter what has happened"),
        ("what_next", "Enter what happens next"),
        ("next_date_year", "must include a year"),
    ],
)
def test_an_error_says_what_to_do_and_keeps_what_was_typed(vca_cochair1, sign_in, left_out, error):
    client = sign_in(vca_cochair1)
    data = sent(client, UPDATE, **GOOD)
    data.pop(left_out)
    page = client.post(UPDATE, data).content.decode()
    assert error in page
    assert "There is a problem" in page
    assert re.search(r"<title>Error: ", page)
    kept = "Start" if left_out == "what_happened" else "The brief is agreed"
    assert kept in page
    assert not Update.objects.exists()


def test_a_date_that_does_not_exist_is_refused(vca_cochair1, sign_in):
    client = sign_in(vca_cochair1)
    page = client.post(UPDATE, sent(client, UPDATE, **(GOOD | day("next_date", "31", "2")))).content.decode()
    assert "must be a real date" in page


def test_text_over_length_is_refused_and_kept(vca_cochair1, sign_in):
    client = sign_in(vca_cochair1)
    page = client.post(UPDATE, sent(client, UPDATE, **(GOOD | {"what_happened": "x" * 1001}))).content.decode()
    assert "must be 1,000 characters or less" in page
    assert "x" * 1001 in page


def test_control_characters_are_cleaned_on_the_way_in(vca_cochair1, sign_in):
    client = sign_in(vca_cochair1)
    client.post(UPDATE, sent(client, UPDATE, **(GOOD | {"what_happened": "One\x0btwo\x1f\x00 three"})))
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", Update.objects.get().what_happened)


def test_a_worse_status_leads_to_one_more_page_and_is_not_saved_before_it(vca_cochair1, sign_in):
    client = sign_in(vca_cochair1)
    page = client.post(UPDATE, sent(client, UPDATE, **WORSE)).content.decode()
    assert "Why has this slipped?" in page
    assert not Update.objects.exists()
    client.post(UPDATE, hidden_in(page) | WHY)
    part = the_part("25")
    assert part.status == Status.AT_RISK
    assert str(part.requested_date) == "2030-06-30"
    assert part.agreed_date is None


def test_a_slip_needs_no_more_than_its_word_and_the_next_page(vca_cochair1, sign_in):
    client = sign_in(vca_cochair1)
    page = client.post(UPDATE, sent(client, UPDATE, status="at_risk")).content.decode()
    assert "Why has this slipped?" in page
    assert client.post(UPDATE, hidden_in(page) | WHY).status_code == 302


def test_what_was_typed_as_the_next_step_is_offered_on_the_page_that_asks_why(vca_cochair1, sign_in):
    client = sign_in(vca_cochair1)
    answers = WORSE | {"what_next": "Borrow an analyst"} | day("next_date", "1", "2", "2031")
    page = client.post(UPDATE, sent(client, UPDATE, **answers)).content.decode()
    assert page.count("Borrow an analyst") == 2
    assert page.count('value="2031"') == 2


def test_a_next_step_in_the_past_is_refused(vca_cochair1, sign_in):
    client = sign_in(vca_cochair1)
    page = client.post(UPDATE, sent(client, UPDATE, **(GOOD | day("next_date", year="2020")))).content.decode()
    assert "must be today or in the future" in page


def test_no_change_with_a_later_date_asks_why_and_is_an_update(vca_cochair1, slg_member, sign_in):
    say(the_part("25"), vca_cochair1)
    decide(the_part("25"), slg_member, DecisionKind.AGREE_DATE, agreed_date=A_DAY)
    client = sign_in(vca_cochair1)
    page = client.post(UPDATE, sent(client, UPDATE, status="no_change", later_date="on")).content.decode()
    client.post(UPDATE, hidden_in(page) | WHY)
    assert Update.objects.first().kind == "update"
    assert str(the_part("25").requested_date) == "2030-06-30"


def test_going_off_track_asks_what_is_needed_from_the_slg(vca_cochair1, sign_in):
    client = sign_in(vca_cochair1)
    worse = WORSE | {"status": "off_track"}
    page = client.post(UPDATE, sent(client, UPDATE, **worse, **WHY)).content.decode()
    assert "Enter what you need, or select “Nothing yet”" in page
    client.post(UPDATE, sent(client, UPDATE, **worse, **WHY, needs_slg="yes", ask_of_slg="Release an analyst"))
    assert Update.objects.get().ask_of_slg == "Release an analyst"


def test_a_new_date_must_be_after_the_day_it_is_asked(vca_cochair1, sign_in):
    client = sign_in(vca_cochair1)
    answers = WORSE | WHY | day("requested_date", year="2020")
    assert "New target date must be after" in client.post(UPDATE, sent(client, UPDATE, **answers)).content.decode()


def test_a_second_no_change_running_must_say_what_holds_it_up(vca_cochair1, sign_in):
    client = sign_in(vca_cochair1)
    say(the_part("25"), vca_cochair1, Status.AT_RISK, kind=UpdateKind.NO_CHANGE)
    page = client.post(UPDATE, sent(client, UPDATE, status="no_change")).content.decode()
    assert "Enter what is holding it up" in page
    client.post(UPDATE, sent(client, UPDATE, status="no_change", what_happened="Waiting for data"))
    assert Update.objects.count() == 2


def test_finished_goes_on_to_propose_completion_with_the_text_kept(vca_cochair1, sign_in):
    client = sign_in(vca_cochair1)
    page = client.post(UPDATE, sent(client, UPDATE, status="finished", what_happened="All done")).content.decode()
    assert "Propose completion" in page
    assert "All done" in page


def test_the_same_form_sent_twice_says_saved_twice_and_saves_once(vca_cochair1, sign_in):
    client = sign_in(vca_cochair1)
    data = sent(client, UPDATE, **WORSE, **WHY)
    for _ in range(2):
        assert client.post(UPDATE, data).status_code == 302
    assert Update.objects.count() == 1


def test_a_text_changed_after_back_is_not_lost(vca_cochair1, sign_in):
    client = sign_in(vca_cochair1)
    data = sent(client, UPDATE, **GOOD)
    client.post(UPDATE, data)
    answer = client.post(UPDATE, data | {"what_happened": "Corrected after going back"})
    assert answer.status_code == 409
    assert "Corrected after going back" in answer.content.decode()
    assert client.post(UPDATE, hidden_in(answer.content.decode()) | GOOD).status_code == 302


def test_a_form_sent_again_after_undo_is_not_called_saved(vca_cochair1, sign_in):
    client = sign_in(vca_cochair1)
    data = sent(client, UPDATE, **GOOD)
    client.post(UPDATE, data)
    client.post(f"/updates/{Update.objects.get().pk}/undo/")
    answer = client.post(UPDATE, data)
    assert answer.status_code == 409
    assert "The brief is agreed" in answer.content.decode()


def test_evidence_corrected_after_back_is_kept_too(vca_cochair1, sign_in):
    client = sign_in(vca_cochair1)
    data = sent(client, "/isr-2021/25/evidence/", title="Minutes", shows="One thing")
    for shows in ("One thing", "Another thing"):
        client.post("/isr-2021/25/evidence/", data | {"shows": shows})
    assert Evidence.objects.count() == 2


def test_text_that_looks_personal_waits_for_a_second_look(vca_cochair1, sign_in):
    client = sign_in(vca_cochair1)
    data = sent(client, UPDATE, **(GOOD | {"what_happened": "We met Mrs Example about it"}))
    page = client.post(UPDATE, data).content.decode()
    assert "This may include a name" in page
    assert "We met Mrs Example about it" in page
    assert not Update.objects.exists()
    client.post(UPDATE, data | vouched(page))
    assert Update.objects.count() == 1


def test_a_text_said_to_identify_nobody_is_not_asked_about_again(vca_cochair1, sign_in):
    client = sign_in(vca_cochair1)
    data = sent(client, UPDATE, **(WORSE | {"what_happened": "We met Mrs Example"}))
    data |= vouched(client.post(UPDATE, data).content.decode())
    page = client.post(UPDATE, data).content.decode()
    assert client.post(UPDATE, hidden_in(page) | WHY).status_code == 302
    assert Update.objects.get().what_happened == "We met Mrs Example"


def test_parts_are_offered_to_someone_who_owns_several(manager, sign_in):
    page = sign_in(manager).get("/isr-2021/12/update/").content.decode()
    assert "Which part of 12" in page
    assert "/isr-2021/12/b/update/" in page


def test_the_only_part_one_owns_opens_at_once(vca_cochair1, sign_in):
    answer = sign_in(vca_cochair1).get("/isr-2021/18/update/")
    assert (answer.status_code, answer["Location"]) == (302, "/isr-2021/18/vca/update/")


def test_somebody_elses_recommendation_is_refused_with_whom_to_ask(llr_cochair, sign_in):
    answer = sign_in(llr_cochair).get(UPDATE)
    assert answer.status_code == 403
    assert "Vulnerable Child and Adolescent" in answer.content.decode() or "VCA" in answer.content.decode()


def test_completion_is_proposed_and_the_page_says_what_happens_next(vca_cochair1, sign_in):
    client = sign_in(vca_cochair1)
    answer = client.post(COMPLETE, sent(client, COMPLETE, **DONE), follow=True)
    assert "What happens next" in answer.content.decode()
    part = the_part("25")
    assert part.status == Status.AWAITING_SIGN_OFF
    assert (part.evidence.count(), part.outcomes.get().difference) == (1, "too_early")


@pytest.mark.parametrize(
    ("left_out", "error"),
    [
        ("done", "Enter what was done or decided"),
        ("title", "Add at least one piece of evidence"),
        ("shows", "Enter what this evidence shows"),
        ("difference", "Select what is different for children"),
        ("difference_text", "Enter what is different, or select another answer"),
    ],
)
def test_a_proposal_lacks_nothing(vca_cochair1, sign_in, left_out, error):
    client = sign_in(vca_cochair1)
    data = sent(client, COMPLETE, **DONE)
    data.pop(left_out)
    assert error in client.post(COMPLETE, data).content.decode()
    assert not Update.objects.exists()


def test_too_early_says_when_to_look_again(vca_cochair1, sign_in):
    client = sign_in(vca_cochair1)
    data = sent(client, COMPLETE, **DONE) | day("look_again_on", "", "", "")
    assert "Enter when you will look again" in client.post(COMPLETE, data).content.decode()


def test_an_update_on_something_awaiting_sign_off_says_why_not(vca_cochair1, sign_in):
    propose(the_part("25"), vca_cochair1)
    assert "takes no updates" in sign_in(vca_cochair1).get(UPDATE).content.decode()


def test_the_slg_member_sees_the_proposal_and_signs_off(vca_cochair1, slg_member, sign_in):
    propose(the_part("25"), vca_cochair1)
    url = "/isr-2021/25/decide/sign-off/"
    client = sign_in(slg_member)
    page = client.get(url).content.decode()
    assert "It was done" in page
    assert "Minutes" in page
    client.post(url, sent(client, url, wording="Signed off") | day("decided_on", "1", "3", "2026"))
    assert the_part("25").status == Status.COMPLETE


def test_a_decision_without_wording_is_refused(vca_cochair1, slg_member, sign_in):
    propose(the_part("25"), vca_cochair1)
    url = "/isr-2021/25/decide/sign-off/"
    client = sign_in(slg_member)
    page = client.post(url, sent(client, url) | day("decided_on", "1", "3", "2026")).content.decode()
    assert "Enter the wording" in page
    assert not Decision.objects.exists()


def test_the_requested_date_is_filled_in_for_the_slg(vca_cochair1, slg_member, sign_in):
    say(the_part("25"), vca_cochair1, Status.AT_RISK)
    page = sign_in(slg_member).get("/isr-2021/25/decide/agree-date/").content.decode()
    assert "Waiting for an analyst" in page
    assert 'name="agreed_date_year" type="text" value="2026"' in page or 'value="2026"' in page


def test_a_decision_that_does_not_apply_says_so(slg_member, sign_in):
    answer = sign_in(slg_member).get("/isr-2021/25/decide/sign-off/")
    assert answer.status_code == 409
    assert "does not apply now" in answer.content.decode()


def test_an_unknown_kind_of_decision_is_not_found(slg_member, sign_in):
    assert sign_in(slg_member).get("/isr-2021/25/decide/abolish/").status_code == 404


def test_evidence_and_actions_are_kept_once(vca_cochair1, sign_in):
    client = sign_in(vca_cochair1)
    url = "/isr-2021/25/evidence/"
    data = sent(client, url, title="Minutes", shows="That it was agreed")
    for _ in range(2):
        client.post(url, data)
    url = "/isr-2021/25/actions/"
    data = sent(client, url, what="Write the brief", who="Co-chair (police)")
    for _ in range(2):
        client.post(url, data)
    assert (Evidence.objects.count(), Action.objects.count()) == (1, 1)
    action = Action.objects.get()
    client.post(f"/actions/{action.pk}/done/")
    action.refresh_from_db()
    assert action.done_on


def test_a_link_that_runs_script_is_refused(vca_cochair1, sign_in):
    client = sign_in(vca_cochair1)
    url = "/isr-2021/25/evidence/"
    client.post(url, sent(client, url, title="Minutes", shows="It", link="javascript:alert(1)"))
    assert not Evidence.objects.exists()


def test_the_manager_edits_our_reading_and_the_reports_words_stay(manager, sign_in):
    client = sign_in(manager)
    url = "/isr-2021/25/reading/"
    before = the_part("25").recommendation.text
    reading = {"short_title": "Community audit", "asks_for": "do", "asks_for_reason": "It asks for an audit"}
    client.post(url, sent(client, url, **reading))
    recommendation = the_part("25").recommendation
    assert (recommendation.short_title, recommendation.text) == ("Community audit", before)
    assert recommendation.history.first().actor_name == manager.name


def test_what_is_saved_on_a_part_leads_to_the_top_of_its_page_where_that_is_said(sign_in, vca_cochair1):
    client, place = sign_in(vca_cochair1), "/isr-2021/20/b/"
    said = sent(client, f"{place}update/", status="no_change")
    kept = sent(client, f"{place}evidence/", title="Minutes", shows="The item is taken")
    theirs = sent(client, f"{place}update/", status="no_change", keep="theirs")
    for page, answers in (("update", said), ("evidence", kept), ("update", theirs)):
        assert client.post(f"{place}{page}/", answers)["Location"] == "/isr-2021/20/"


def test_what_is_closed_is_not_called_due_where_it_is_decided_on(sign_in, slg_member):
    decide(the_part("25"), slg_member, DecisionKind.AGREE_DATE, agreed_date=A_DAY)
    place = "/isr-2021/25/decide/note/"
    assert "due 31 March 2026" in read(sign_in(slg_member), place)
    decide(the_part("25"), slg_member, DecisionKind.NOT_ACCEPT)
    assert "due" not in read(sign_in(slg_member), place).partition("What the report asks")[0]
