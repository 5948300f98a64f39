"""A long return stands on pages: drafted page by page, judged and sent as a whole."""

import re

import pytest

from recommendations.models import Answer, Return, Update
from recommendations.reviews.reminders.notices import notices
from recommendations.reviews.returns import tally, views
from recommendations.reviews.returns.read import read_rows
from recommendations.services.returns import Draft, save_answers
from tests.factories import answer_all, review_in
from tests.form_data import filled_in
from tests.pages import page, queries, read
from tests.recommendations.conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning", "five_on_a_page")]
PLACE = "/reviews/2026-03/returns/vca/"


@pytest.fixture
def five_on_a_page(monkeypatch):
    for module in (tally, views):
        monkeypatch.setattr(module, "ON_A_PAGE", 5)


@pytest.fixture
def wanted(manager, vca_cochair1, vca_cochair2) -> Return:
    return review_in("collecting", manager).returns.select_related("body", "review").get(body__slug="vca")


@pytest.fixture
def client(sign_in, vca_cochair1, wanted):
    return sign_in(vca_cochair1)


def rows_of(markup: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'<section class="app-panel app-answer[^>]* id="row-(\d+)"', markup)]


def keys(wanted: Return) -> list[int]:
    return [part.pk for part in read_rows(wanted, TODAY).parts]


def test_the_pages_hold_all_rows_in_their_order(client, wanted):
    pages = [rows_of(page(client, f"{PLACE}?page={number}")) for number in (1, 2, 3)]
    assert [len(rows) for rows in pages] == [5, 5, 3]
    assert [pk for rows in pages for pk in rows] == keys(wanted)
    words = read(client, f"{PLACE}?page=2")
    assert "13 recommendations or parts · 0 of 13 answered" in words
    assert "This is page 2 of 3." in words


def test_a_page_is_saved_and_shown_again_or_left_for_the_next(client, wanted):
    pk = keys(wanted)[6]
    opened = filled_in(client.get(f"{PLACE}?page=2"))
    for button, leads_to in (("save", "2"), ("next", "3")):
        opened |= {f"row-{pk}-what_happened": f"We met, {button}", "do": button}
        answer = client.post(f"{PLACE}?page=2", opened)
        assert answer["Location"] == f"{PLACE}?page={leads_to}"
        opened = filled_in(client.get(f"{PLACE}?page=2"))
        assert opened[f"row-{pk}-what_happened"] == f"We met, {button}"
    assert [answer.part_id for answer in Answer.objects.all()] == [pk]


def test_no_change_to_the_rest_answers_one_page(client, wanted):
    client.post(f"{PLACE}?page=3", filled_in(client.get(f"{PLACE}?page=3")) | {"do": "rest"})
    assert set(Answer.objects.values_list("part_id", flat=True)) == set(keys(wanted)[10:])
    assert "3 of 13 answered" in read(client, PLACE)


def test_rows_that_moved_to_another_page_meanwhile_are_saved(client, wanted):
    opened = filled_in(client.get(f"{PLACE}?page=3"))
    client.post(f"{PLACE}?page=1", opened | {"do": "rest"})
    assert set(Answer.objects.values_list("part_id", flat=True)) == set(keys(wanted)[10:])


def test_a_link_to_a_row_leads_to_its_page(client, wanted):
    pk = keys(wanted)[7]
    assert pk in rows_of(page(client, f"{PLACE}?row={pk}"))
    assert rows_of(page(client, f"{PLACE}?row=nonsense")) == keys(wanted)[:5]
    assert rows_of(page(client, f"{PLACE}?page=99")) == keys(wanted)[10:]


def test_a_reminder_links_each_row_with_its_page(client, wanted, settings):
    settings.SITE_URL = "https://tracker.example.org"
    told = notices(wanted.review, TODAY)
    pk = keys(wanted)[7]
    named = [one.url for notice in told for one in notice.missing]
    assert f"https://tracker.example.org{PLACE}?row={pk}#row-{pk}" in named


def test_checking_looks_at_all_rows_and_shows_the_first_page_with_a_fault(client, wanted, vca_cochair1):
    answer_all(wanted, vca_cochair1)
    late = Answer.objects.get(part_id=keys(wanted)[12])
    drafts = {late.part_id: Draft({"status": "at_risk"}, late.version, late.part_version)}
    save_answers(wanted=wanted, drafts=drafts, by=vca_cochair1)
    markup = page(client, f"{PLACE}check/")
    assert rows_of(markup) == keys(wanted)[10:]
    assert "There is a problem" in markup
    assert f'action="{PLACE}?page=3"' in markup
    assert rows_of(page(client, f"{PLACE}check/?page=1")) == keys(wanted)[:5]


def test_all_answers_are_sent_from_any_page_of_the_check(client, wanted, vca_cochair1):
    answer_all(wanted, vca_cochair1)
    opened = client.get(f"{PLACE}check/?page=2")
    words = read(client, f"{PLACE}check/?page=2")
    assert "13 answers" in words
    assert words.count("No change") == 5
    assert f'href="{PLACE}?row={keys(wanted)[6]}#row-{keys(wanted)[6]}"' in opened.content.decode()
    client.post(f"{PLACE}check/?page=2", filled_in(opened))
    assert Update.objects.filter(review=wanted.review).count() == 13
    assert [read(client, f"{PLACE}sent/?page={number}").count("No change") for number in (1, 3)] == [5, 3]


def test_a_clash_is_told_on_the_page_where_it_is(client, wanted, vca_cochair2):
    pk = keys(wanted)[6]
    opened = filled_in(client.get(f"{PLACE}?page=2"))
    save_answers(wanted=wanted, drafts={pk: Draft({"status": "no_change"}, 0, 1)}, by=vca_cochair2)
    answer = client.post(f"{PLACE}?page=2", opened | {f"row-{pk}-what_happened": "They met", "do": "save"})
    markup = answer.content.decode()
    assert answer.status_code == 409
    assert rows_of(markup) == keys(wanted)[5:10]
    assert ">\nThey met</textarea>" in markup


def test_a_page_costs_the_same_whatever_else_is_answered(client, wanted, vca_cochair1):
    client.get(PLACE)
    few = queries(client, PLACE)
    later = keys(wanted)[6:]
    save_answers(
        wanted=wanted, drafts={pk: Draft({"status": "on_track"}, 0, 1) for pk in later}, by=vca_cochair1
    )
    assert queries(client, PLACE) == few <= 14


def test_a_short_return_says_nothing_of_pages(client, wanted, monkeypatch):
    monkeypatch.setattr(tally, "ON_A_PAGE", 25)
    markup = page(client, PLACE)
    assert len(rows_of(markup)) == 13
    assert "page" not in re.sub(r"<[^>]*>", "", markup)
    assert f'action="{PLACE}"' in markup
