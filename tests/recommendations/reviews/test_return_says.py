"""What the check page of a return shows is what is saved, and nothing else, whatever was typed."""

import datetime as dt
import itertools
import random

import pytest
from django.http import QueryDict

from krscp import clock
from recommendations.domain.sayings import DAYS, WORDS
from recommendations.domain.workflow import Status
from recommendations.models import Return, Update, UpdateKind
from recommendations.reviews.returns.forms import texts_of, typed_in
from recommendations.reviews.returns.read import read_rows
from recommendations.services.returns import Draft, save_answers
from tests.factories import answer_all, review_in, say, the_part
from tests.pages import read
from tests.recommendations.conftest import NOW
from tests.return_by_workbook import PLACE, confirm, download, upload
from tests.workbook_files import edited

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]
NEXT = {"next_date_day": "30", "next_date_month": "6", "next_date_year": "2026"}
LATER = {"requested_date_day": "30", "requested_date_month": "9", "requested_date_year": "2026"}
SAYS = {"what_happened": "We met", "what_next": "Write"} | NEXT
WHY = {"why_slipped": "No analyst", "brings_back": "Borrow one"}


@pytest.fixture
def wanted(manager, vca_cochair1, vca_cochair2, llr_cochair) -> Return:
    return review_in("collecting", manager).returns.select_related("body", "review").get(body__slug="vca")


def draft(wanted: Return, by, number: str, typed: dict) -> None:
    part = the_part(number)
    answer = wanted.answers.filter(part=part).first()
    seen = answer.version if answer else 0
    save_answers(wanted=wanted, drafts={part.pk: Draft(typed, seen, part.version)}, by=by)


def send(client) -> dict:
    """The check page looked at, then sent: what it showed, by recommendation."""
    sheet = client.get(f"{PLACE}check/").context["sheet"]
    sends = {f"part-{line.part.pk}": line.part.version for line in sheet.lines} | {"version": sheet.wanted.version}
    shown = {line.part.reference: line.said_texts for line in sheet.lines}
    assert client.post(f"{PLACE}check/", sends)["Location"].endswith(f"{PLACE}sent/")
    return shown


def test_why_it_slipped_is_saved_where_the_status_stays_the_same(sign_in, vca_cochair1, wanted):
    say(the_part("25"), vca_cochair1, Status.AT_RISK)
    answer_all(wanted, vca_cochair1)
    draft(wanted, vca_cochair1, "25", {"status": "at_risk"} | SAYS | WHY)
    client = sign_in(vca_cochair1)
    assert "Why it slipped: No analyst" in read(client, f"{PLACE}check/")
    send(client)
    saved = Update.objects.get(review=wanted.review, part=the_part("25"))
    assert (saved.why_slipped, saved.brings_back) == ("No analyst", "Borrow one")
    assert "What brings it back: Borrow one" in read(client, f"{PLACE}sent/")


def test_why_it_slipped_is_saved_from_a_workbook_where_the_status_stays_the_same(sign_in, vca_cochair1, wanted):
    say(the_part("25"), vca_cochair1, Status.AT_RISK)
    answer_all(wanted, vca_cochair1)
    client = sign_in(vca_cochair1)
    cells = {"How is it going?": "At risk", "What has happened?": "We met", "What happens next?": "Write",
             "When will that happen?": dt.date(2026, 6, 30), "Why has this slipped?": "No analyst"}  # fmt: skip
    confirm(client, upload(client, edited(download(client), {"25": cells})))
    send(client)
    assert Update.objects.get(review=wanted.review, part=the_part("25")).why_slipped == "No analyst"


def test_no_change_that_says_why_it_slipped_is_an_update(sign_in, vca_cochair1, wanted):
    answer_all(wanted, vca_cochair1)
    draft(wanted, vca_cochair1, "25", {"status": "no_change"} | WHY)
    send(sign_in(vca_cochair1))
    saved = Update.objects.get(review=wanted.review, part=the_part("25"))
    assert (saved.kind, saved.why_slipped) == (UpdateKind.UPDATE, "No analyst")


def some_answers() -> list[dict]:
    """Every answer with every handful of texts, on a status that it keeps, betters or worsens."""
    chance = random.Random(25)
    texts = [SAYS, WHY, LATER, {"later_date": "on"}, {"ask_of_slg": "Decide"}, {"what_happened": "We met"}]
    some = [
        dict(itertools.chain.from_iterable(one.items() for one in chance.sample(texts, size)))
        for size in (1, 2, 3, 4)
        for _ in range(6)
    ]
    return [{"status": status} | more for status in ("no_change", "on_track", "at_risk", "off_track") for more in some]


@pytest.mark.parametrize("before", [Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK])
def test_what_the_check_page_shows_stands_in_the_update_and_nothing_else(sign_in, vca_cochair1, wanted, before):
    say(the_part("25"), vca_cochair1, before)
    rows = read_rows(wanted, clock.today())
    part = next(one for one in rows.parts if one.reference == "25")
    part.agreed_date = NOW.date()
    sendable = 0
    for typed in some_answers():
        form = rows.form(part, typed, checked=True)
        if not form.is_valid():
            continue
        sendable += 1
        line = rows.line(part, form)
        told = {name: getattr(line.said, name) for name in WORDS | DAYS}
        row = Update(status=line.said.status, kind=line.said.kind, **told)
        assert line.said_texts == texts_of(row)
        typed_words = {typed[name] for name in WORDS | DAYS if name in typed}
        shown = {text for _, text in line.said_texts}
        assert typed_words <= shown, f"dropped from {typed}"
        assert shown <= typed_words | {"30 June 2026", "30 September 2026", "Nothing yet"}, f"added to {typed}"
    assert sendable > 8


def test_a_row_is_read_from_its_own_boxes_only(wanted):
    rows = read_rows(wanted, clock.today())
    part = next(one for one in rows.parts if one.reference == "25")
    sent = QueryDict("why_slipped=Elsewhere&row-1-why_slipped=Another")
    assert typed_in(sent, part.pk) == {}
    form = rows.form(part, {"status": "no_change"}, checked=True)
    assert form.is_valid()
    assert not form.is_explained
