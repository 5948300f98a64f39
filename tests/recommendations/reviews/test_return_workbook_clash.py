"""A workbook filled in while the other co-chair wrote too: both texts are shown, nothing is half applied."""

import datetime as dt

import pytest

from krscp import clock
from recommendations.domain.workflow import Status
from recommendations.models import Answer, Return
from recommendations.services.returns import Draft, save_answers
from tests.factories import review_in, say, the_part
from tests.recommendations.conftest import NOW
from tests.return_by_workbook import SAYS, TYPED, confirm, download, given, said, upload
from tests.workbook_files import edited

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]


@pytest.fixture
def wanted(manager, vca_cochair1, vca_cochair2, llr_cochair) -> Return:
    return review_in("collecting", manager).returns.select_related("body", "review").get(body__slug="vca")


@pytest.fixture
def chair(sign_in, vca_cochair1, wanted):
    return sign_in(vca_cochair1)


def theirs_first(wanted, person, seen: int = 0, text: str = "They met") -> None:
    draft = Draft(TYPED | {"what_happened": text}, seen, 1)
    save_answers(wanted=wanted, drafts={the_part("25").pk: draft}, by=person)


@pytest.mark.parametrize(
    ("choice", "kept"), [("mine", "We met"), ("theirs", "They met"), ("both", "They met\n\nWe met")]
)
def test_a_row_saved_since_the_download_is_shown_with_both_texts(chair, wanted, vca_cochair2, choice, kept):
    data = edited(download(chair), {"25": SAYS, "24": {"How is it going?": "No change"}})
    theirs_first(wanted, vca_cochair2)
    answer = upload(chair, data)
    assert "In 1, somebody else wrote since you downloaded the workbook" in said(answer)
    assert "They met" in said(answer)
    assert "We met" in said(answer)
    stopped = confirm(chair, answer)
    assert stopped.status_code == 409
    assert "25: choose whose answer to keep" in said(stopped)
    assert not Answer.objects.filter(part=the_part("24")).exists(), "nothing is half applied"
    confirm(chair, stopped, **{f"keep-{the_part('25').pk}": choice})
    assert given("25")["what_happened"] == kept
    assert given("24") == {"status": "no_change"}


def test_a_row_saved_after_the_preview_stops_everything(chair, wanted, vca_cochair2):
    answer = upload(chair, edited(download(chair), {"25": SAYS, "24": {"How is it going?": "No change"}}))
    theirs_first(wanted, vca_cochair2)
    stopped = confirm(chair, answer, **{f"keep-{the_part('25').pk}": "mine"})
    assert "25 was saved by somebody meanwhile. Choose what to keep" in said(stopped)
    assert list(Answer.objects.values_list("part", flat=True)) == [the_part("25").pk]
    theirs_first(wanted, vca_cochair2, 1, "They met twice")
    stopped = confirm(chair, stopped, **{f"keep-{the_part('25').pk}": "mine"})
    assert "They met twice" in said(stopped)
    confirm(chair, stopped, **{f"keep-{the_part('25').pk}": "mine"})
    assert given("25") == TYPED


def test_an_update_given_since_the_download_is_told(chair, manager):
    data = edited(download(chair), {"25": SAYS})
    with clock.at(NOW + dt.timedelta(minutes=1)):
        say(the_part("25"), manager, Status.ON_TRACK, what_happened="The Manager heard")
        page = said(upload(chair, data))
    assert "since you downloaded the workbook" in page
    assert "The Manager heard" in page


def test_the_preview_of_one_person_cannot_be_confirmed_by_another(chair, sign_in, vca_cochair2):
    answer = upload(chair, edited(download(chair), {"25": SAYS}))
    refused = confirm(sign_in(vca_cochair2), answer)
    assert "The preview is too old, or not yours" in said(refused)
    assert not Answer.objects.exists()


def test_the_same_button_twice_saves_once(chair):
    answer = upload(chair, edited(download(chair), {"25": SAYS}))
    for _ in range(2):
        confirm(chair, answer)
    assert Answer.objects.get(part=the_part("25")).version == 1


def test_text_that_looks_personal_is_saved_only_when_vouched_for(chair):
    answer = upload(chair, edited(download(chair), {"25": SAYS | {"What has happened?": "We saw Mrs Example"}}))
    assert "This may include a name" in said(answer)
    again = confirm(chair, answer)
    assert not Answer.objects.exists()
    vouched = again.content.decode().partition('name="identifies_nobody" value="')[2].partition('"')[0]
    confirm(chair, again, identifies_nobody=vouched)
    assert given("25")["what_happened"] == "We saw Mrs Example"
