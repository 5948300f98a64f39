"""A freeze keeps the record at once and the papers some seconds later; until then pages say so, and nothing is lost."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from krscp import background
from recommendations.management.papers import make_missing
from recommendations.models import AnnualFile, Paper, PaperKind, Review, Snapshot
from recommendations.reviews.frozen.freezing import make_papers, paper_now
from recommendations.state.record_form import read_picture
from subgroups.models import ExportRecord
from tests.conftest import cast_member
from tests.factories import A_DAY, annual_report_in, review_in
from tests.pages import page, words
from tests.recommendations.annual.reports import AFTER, FORMATS, build
from tests.recommendations.test_unreadable import BREAKAGES, frozen_as

HERE = "/reviews/2026-03/"
FILES = (f"{HERE}pack/word/", f"{HERE}minutes/")
LINKING = (HERE, f"{HERE}decisions/", f"{HERE}pack/")
BEING_MADE = "being made. Reload this page in a minute."


@pytest.fixture
def started(monkeypatch) -> list[str]:
    """What was started in a process of its own, and has not begun yet."""
    asked: list[str] = []
    monkeypatch.setattr(background, "start", asked.append)
    return asked


@pytest.fixture
def freezing(db, one_morning, started, sign_in, manager) -> Client:
    """The Manager has just frozen a review."""
    review_in("meeting", manager)
    client = sign_in(manager)
    answer = client.post(f"{HERE}finish/")
    assert answer["Location"] == HERE
    return client


def test_the_record_stands_at_once_and_its_papers_are_asked_for(freezing, started):
    assert started == ["make_papers"]
    assert Snapshot.objects.count() == 1
    assert not Paper.objects.exists()
    assert len(read_picture(Review.objects.get()).recommendations) == 36


def test_until_the_papers_stand_pages_say_so_and_link_none(freezing):
    first = page(freezing, HERE)
    assert "The review is frozen. Its pack and minutes are being made." in words(first)
    for place in LINKING:
        shown = re.sub("<noscript>.*?</noscript>", "", page(freezing, place))
        assert [file for file in FILES if file in shown] == [], place
    assert BEING_MADE in words(first)
    assert BEING_MADE in words(page(freezing, f"{HERE}pack/"))
    make_missing()
    for place in LINKING:
        assert BEING_MADE not in words(page(freezing, place))
    assert all(f'href="{file}"' in page(freezing, HERE) for file in FILES)


@pytest.mark.parametrize("file", FILES)
def test_a_download_before_that_says_when_to_come_back_and_is_not_in_the_log(freezing, file):
    answer = freezing.get(file)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "of the six-monthly review, 31 March 2026 is being made Reload this page in a minute." in words(
        answer.content.decode()
    )
    assert not ExportRecord.objects.exists()
    make_missing()
    assert freezing.get(file).status_code == 200
    assert ExportRecord.objects.count() == 1


def test_papers_are_made_of_the_record_in_the_name_of_who_froze_it(freezing, manager):
    call_command("make_papers")
    shown = read_picture(Review.objects.get())
    made = {paper.kind: paper for paper in Paper.objects.all()}
    assert {kind: bytes(paper.content) for kind, paper in made.items()} == {
        kind.value: paper_now(kind, shown) for kind in PaperKind
    }
    assert {(paper.author, paper.author_post) for paper in made.values()} == {(manager, manager.post_titles)}


def test_what_is_made_is_not_made_again_and_what_is_missing_is(freezing, monkeypatch):
    calls = []
    monkeypatch.setattr("recommendations.reviews.frozen.freezing.paper_now", lambda kind, _: calls.append(kind) or b"")
    make_papers(Review.objects.get())
    make_papers(Review.objects.get())
    assert make_missing() == []
    assert calls == list(PaperKind)


def test_the_daily_run_makes_what_is_missing_and_a_dry_run_does_not(freezing):
    call_command("send_reminders", "--dry-run", stdout=StringIO())
    assert Paper.objects.count() == 0
    call_command("send_reminders", stdout=StringIO())
    assert Paper.objects.count() == 2


def test_check_records_names_what_is_not_made_yet(freezing):
    out = StringIO()
    with pytest.raises(CommandError, match="2 of 3 cannot be read"):
        call_command("check_records", stdout=out)
    assert "The pack of the six-monthly review, 31 March 2026 cannot be read. It is not made yet" in out.getvalue()


@pytest.mark.django_db
def test_of_a_record_that_cannot_be_read_no_paper_is_made(one_morning, started, sign_in, manager, monkeypatch):
    monkeypatch.setattr("tests.recommendations.test_unreadable.MAKERS", {})
    frozen_as(BREAKAGES["another digest"][0], manager)
    second = review_in("meeting", manager, A_DAY.replace(month=9, day=30))
    client = sign_in(manager)
    client.post(f"{second.get_absolute_url()}finish/")
    with pytest.raises(CommandError, match="The frozen record of the six-monthly review, 31 March 2026 cannot be read"):
        call_command("make_papers")
    assert {paper.review for paper in Paper.objects.all()} == {second}
    assert client.get(FILES[0]).status_code == 409
    err = StringIO()
    call_command("send_reminders", stdout=StringIO(), stderr=err)
    assert "31 March 2026 cannot be read" in err.getvalue()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("loaded")
def test_papers_made_by_several_at_once_stand_once(together, started):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.factories.make_papers", lambda review: None)
        together(lambda: review_in("frozen", cast_member("manager")))
    assert together(*[make_missing] * 4) == [[]] * 4
    assert together(Paper.objects.count) == [2]
    assert together(lambda: Review.objects.freezing()) == [[]]


@pytest.mark.django_db
def test_so_with_the_files_of_a_kept_annual_report(on, a_year, one_morning, started):
    with on(AFTER) as client:
        place = build(client)
        assert started == ["make_papers"]
        assert not AnnualFile.objects.exists()
        shown = words(page(client, place))
        assert "The files are being made. Reload this page in a minute." in shown
        assert "Whole report in Word" not in shown
        answers = [client.get(f"{place}export/{name}/") for name in FORMATS]
        assert [(answer.status_code, answer["Retry-After"]) for answer in answers] == [(503, "60")] * 3
        call_command("make_papers")
        assert [client.get(f"{place}export/{name}/").status_code for name in FORMATS] == [200] * 3
        shown = words(page(client, place))
        assert "being made" not in shown
        client.post(f"{place}run/")
        assert started == ["make_papers"], "they stand"


@pytest.mark.django_db
def test_a_draft_asks_for_no_files(one_morning, started, sign_in, manager):
    client = sign_in(manager)
    place = annual_report_in("draft", manager).get_absolute_url()
    client.post(f"{place}run/")
    assert started == []
