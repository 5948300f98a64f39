"""A draft that is older than the news of its part is marked and asked again; a second "No change" is the body's own."""

import datetime as dt

import pytest

from krscp import clock
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status, WorkflowError
from recommendations.models import Answer, Return, Update, UpdateKind
from recommendations.reviews.returns.read import read_rows
from recommendations.services import returns
from tests.factories import answer_all, decide, review_in, say, the_part
from tests.form_data import filled_in
from tests.pages import read
from tests.recommendations.conftest import NOW
from tests.return_by_workbook import PLACE, confirm, download, said, upload
from tests.workbook_files import edited

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]
LATER = NOW + dt.timedelta(minutes=5)
AFTER = NOW + dt.timedelta(minutes=10)
NO_CHANGE = {"How is it going?": "No change"}


@pytest.fixture
def review(manager, vca_cochair1, vca_cochair2, llr_cochair, qi_cochair):
    return review_in("collecting", manager)


@pytest.fixture
def wanted(review) -> Return:
    return review.returns.select_related("body", "review").get(body__slug="vca")


def row(client, number: str):
    sheet = client.get(PLACE).context["sheet"]
    return next(line for line in sheet.lines if line.part.reference == number)


def news(number: str, how: str, vca_cochair2, slg_member) -> str:
    """Something newer than the drafts; its words."""
    with clock.at(LATER):
        if how == "update":
            say(the_part(number), vca_cochair2, Status.OFF_TRACK, what_happened="The audit fell through")
            return "The audit fell through"
        decide(the_part(number), slg_member, DecisionKind.NOTE, wording="Put it off until May")
        return "Put it off until May"


@pytest.mark.parametrize("how", ["update", "decision"])
def test_a_draft_older_than_news_is_marked_shows_it_and_is_not_sent(
    sign_in, vca_cochair1, vca_cochair2, slg_member, wanted, how
):
    answer_all(wanted, vca_cochair1)
    words = news("25", how, vca_cochair2, slg_member)
    with clock.at(AFTER):
        client = sign_in(vca_cochair1)
        page = read(client, PLACE)
        assert words in page
        assert "Newer than this answer" in page
        assert "12 of 13 answered. 1 must be looked at again" in page
        checked = read(client, f"{PLACE}check/")
        assert "25: Something newer was said or decided. Change your answer, or say that it stands" in checked
        assert words in checked
        with pytest.raises(WorkflowError, match="25: something newer"):
            send_anyway(wanted, vca_cochair1)
    assert not Update.objects.filter(review=wanted.review).exists()


def send_anyway(wanted: Return, by) -> None:
    """As from a check page made a moment ago, whose forms knew of no news."""
    rows = read_rows(wanted, clock.today())
    lines = [rows.line(part, rows.form(part, rows.base(part), checked=True)) for part in rows.parts]
    assert all(line.form.is_valid() for line in lines)
    versions = {line.part.pk: line.part.version for line in lines}
    said = {line.part.pk: line.said for line in lines}
    returns.send(wanted=wanted, said=said, versions=versions, version=wanted.version, by=by)


def sheet_as_sent(client, **more) -> dict:
    return filled_in(client.get(PLACE)) | more


@pytest.mark.parametrize("how", ["confirmed", "changed"])
def test_an_old_draft_is_sent_once_it_is_confirmed_or_changed(
    sign_in, vca_cochair1, vca_cochair2, slg_member, wanted, how
):
    answer_all(wanted, vca_cochair1)
    news("25", "update", vca_cochair2, slg_member)
    with clock.at(AFTER):
        client, part = sign_in(vca_cochair1), the_part("25").pk
        more = {f"row-{part}-stands": "on"} if how == "confirmed" else {f"row-{part}-what_happened": "Not so"}
        client.post(PLACE, sheet_as_sent(client, **more) | {"do": "save"})
        assert not row(client, "25").form.outdated
        assert client.get(f"{PLACE}check/").templates[0].name.endswith("check.html")
    assert Answer.objects.get(part=part).given["what_happened"] == ("As before" if how == "confirmed" else "Not so")


def test_a_page_opened_before_the_news_does_not_answer_it(sign_in, vca_cochair1, vca_cochair2, slg_member, wanted):
    client, part = sign_in(vca_cochair1), the_part("25")
    opened = sheet_as_sent(client)
    news("25", "update", vca_cochair2, slg_member)
    with clock.at(AFTER):
        client.post(PLACE, opened | {f"row-{part.pk}-status": "no_change", "do": "save"})
        assert row(client, "25").form.outdated


def test_what_is_no_news_asks_nothing_again(sign_in, manager, vca_cochair1, wanted):
    answer_all(wanted, vca_cochair1)
    part = the_part("25")
    part.version += 1
    part.save()
    assert not row(sign_in(vca_cochair1), "25").form.outdated


@pytest.mark.parametrize("how", ["update", "decision"])
def test_a_workbook_older_than_news_shows_it_and_its_draft_is_asked_again(
    sign_in, vca_cochair1, vca_cochair2, slg_member, wanted, how
):
    client = sign_in(vca_cochair1)
    data = edited(download(client), {"25": NO_CHANGE})
    words = news("25", how, vca_cochair2, slg_member)
    with clock.at(AFTER):
        looked = upload(client, data)
        assert words in said(looked)
        confirm(client, looked)
        assert row(client, "25").form.outdated
        assert words in read(client, PLACE)


# The second "No change" running.


def told_no_change(number: str, by) -> None:
    say(the_part(number), by, Status.NOT_STARTED, kind=UpdateKind.NO_CHANGE, what_happened="")


def test_a_second_no_change_is_asked_about_before_all_is_called_answered(sign_in, vca_cochair1, wanted):
    say(the_part("25"), vca_cochair1, Status.AT_RISK)
    say(the_part("25"), vca_cochair1, Status.AT_RISK, kind=UpdateKind.NO_CHANGE)
    client = sign_in(vca_cochair1)
    assert "Your last answer was “No change”. If it is again, say what is holding it up." in read(client, PLACE)
    client.post(PLACE, sheet_as_sent(client) | {"do": "rest"})
    words = read(client, PLACE)
    assert "Draft saved. 12 of 13 answered. 1 must say what is holding it up." in words


def test_where_nothing_is_late_or_at_risk_a_second_no_change_is_enough(sign_in, vca_cochair1, wanted):
    told_no_change("25", vca_cochair1)
    assert not row(sign_in(vca_cochair1), "25").form.needs_reason
    page = sign_in(vca_cochair1).post(the_part("25").update_url, filled_in_update(sign_in(vca_cochair1)))
    assert page.status_code == 302


def filled_in_update(client) -> dict:
    return filled_in(client.get(the_part("25").update_url)) | {"status": "no_change"}


def test_silence_is_asked_about_in_the_return_and_in_the_quick_update(sign_in, manager, vca_cochair1, wanted):
    told_no_change("25", vca_cochair1)
    with clock.at(NOW + dt.timedelta(days=200)):
        client = sign_in(vca_cochair1)
        assert row(client, "25").form.needs_reason
        page = client.post(the_part("25").update_url, filled_in_update(client))
        assert "Enter what is holding it up" in page.content.decode()


def test_what_another_body_said_is_no_first_no_change(sign_in, vca_cochair1, llr_cochair, review, wanted):
    say(the_part("24"), vca_cochair1, Status.AT_RISK)
    say(the_part("24"), llr_cochair, Status.AT_RISK, kind=UpdateKind.NO_CHANGE)
    assert not row(sign_in(vca_cochair1), "24").form.needs_reason
    theirs = sign_in(llr_cochair).get("/reviews/2026-03/returns/llr/").context["sheet"].lines
    assert [line.part.reference for line in theirs if line.form.needs_reason] == ["24"]


def test_another_bodys_answer_of_the_same_round_does_not_count(sign_in, vca_cochair1, llr_cochair, review, wanted):
    say(the_part("24"), vca_cochair1, Status.AT_RISK)
    other = review.returns.select_related("body", "review").get(body__slug="llr")
    answer_all(other, llr_cochair, send=True)
    assert the_part("24").updates.first().kind == UpdateKind.NO_CHANGE
    assert not row(sign_in(vca_cochair1), "24").form.needs_reason


def test_what_the_manager_said_for_a_body_is_the_bodys(sign_in, manager, vca_cochair1, wanted):
    say(the_part("25"), manager, Status.AT_RISK, kind=UpdateKind.NO_CHANGE)
    assert row(sign_in(vca_cochair1), "25").form.needs_reason
