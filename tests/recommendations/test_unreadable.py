"""A frozen record that cannot be read breaks its own page, in words, and no other."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import QuerySet
from django.test import Client

from krscp import clock
from krscp.sealed_records import CONVERTER, Record, as_json, digest
from recommendations.annual import keeping
from recommendations.domain.workflow import Status
from recommendations.models import AnnualReport, Paper, Review
from recommendations.reviews.frozen.freezing import MAKERS, frozen
from recommendations.services import reviews
from recommendations.services.keeping import keep_file
from recommendations.state.picture import SCHEMA
from recommendations.state.record_form import PICTURES
from subgroups.files import stamp
from subgroups.models import User
from tests.factories import A_DAY, annual_report_in, freeze, make_review, review_in, say, the_part
from tests.pages import read, words
from tests.recommendations.conftest import NOW
from tests.standing import may_change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]
LATER = A_DAY + dt.timedelta(days=182)
HERE, NEXT, FROZEN_ON = "/reviews/2026-03/", "/reviews/2026-09/", "/as-at/2026-03-02/"


def written(text: str, **given: object) -> Callable[[Record], Record]:
    """A record that is what was written, whatever that is."""
    return lambda good: replace(good, content=text, texts="", sha256=digest(text), **given)


def changed(change: Callable[[dict], object]) -> Callable[[Record], Record]:
    """A record that was written with something else in it."""

    def broken(good: Record) -> Record:
        values = json.loads(as_json(CONVERTER.unstructure(PICTURES.read(good, "It", None))))
        change(values)
        return written(json.dumps(values))(good)

    return broken


def first(values: dict) -> dict:
    return values["recommendations"][0]


BREAKAGES = {
    "another digest": (lambda good: replace(good, sha256="0" * 64), "its checksum differs"),
    "no JSON": (written("{"), "does not know"),
    "no object": (written("[]"), "does not know"),
    "an unknown field": (changed(lambda values: values.update(novelty=1)), "does not know"),
    "an unknown field of a part": (changed(lambda values: first(values)["rows"][0].update(novelty=1)), "not know"),
    "an unknown status": (changed(lambda values: first(values).update(status="paused")), "does not know"),
    "an unknown difference": (changed(lambda values: first(values).update(difference="some")), "does not know"),
    "a missing field": (changed(lambda values: first(values).pop("text")), "does not know"),
    "a missing list": (changed(lambda values: values.pop("attendance")), "does not know"),
    "another kind of value": (changed(lambda values: first(values).update(title=None)), "does not know"),
    "a newer schema": (lambda good: replace(good, schema=99), f"schema is 99, and this version reads up to {SCHEMA}"),
    "a schema that never was": (lambda good: replace(good, schema=0), "does not know"),
}  # fmt: skip
OWN = (
    "", "list/", "list/export/csv/", "decisions/", "decisions/export/csv/", "pack/", "meeting/", "isr-2021/25/",
    "meeting/isr-2021/25/whole/",
)  # fmt: skip
OTHERS = (
    "/", "/reviews/", "/reviews/export/csv/", "/reviews/now/list/?status=off_track", "/reviews/now/list/export/csv/",
    "/reviews/new/", NEXT, f"{NEXT}list/?moved=worse", f"{NEXT}list/export/xlsx/", f"{NEXT}decisions/", f"{NEXT}pack/",
    f"{NEXT}pack/word/", f"{NEXT}meeting/", f"{NEXT}meeting/isr-2021/25/whole/", f"{NEXT}start/", f"{NEXT}change/",
    f"{NEXT}isr-2021/25/", f"{NEXT}?compare=2026-03&day_day=&day_month=&day_year=",
    f"{NEXT}?day_day=2&day_month=3&day_year=2026",
    FROZEN_ON, f"{FROZEN_ON}list/?status=off_track", f"{FROZEN_ON}list/export/docx/", f"{FROZEN_ON}isr-2021/25/",
    "/as-at/2026-03-20/", "/as-at/", "/recommendations/?since=last-review",
    "/recommendations/export/docx/?since=last-review",
    "/isr-2021/25/", "/isr-2021/25/history/",
    "/isr-2021/25/history/?from=2026-03-02&to=2026-03-12", "/isr-2021/25/history/export/csv/", "/isr-2021/",
    "/reports/",
    "/bodies/vca/", "/annual-report/", "/export-log/", "/people/",
)  # fmt: skip


def frozen_as(change: Callable[[Record], Record], manager: User) -> Review:
    """A review whose record was written like that, among what the database accepts; its papers are of a good one."""
    review, good = review_in("meeting", manager), []

    def draw(current: Review) -> Record:
        good.append(frozen(current, manager, clock.now()))
        return change(good[0])

    kept = reviews.freeze(review=review, draw=draw, by=manager)
    shown = PICTURES.read(good[0], "It", None)
    for kind, make in MAKERS.items():
        keep_file(Paper, partial(make, shown, stamp(shown.as_at)), kept, review=review, kind=kind)
    return Review.objects.at(review.slug)


@pytest.fixture
def broken(request, manager, vca_cochair1):
    """A review that cannot be read, what happened since, and the next review."""
    change, why = BREAKAGES[request.param]
    frozen_as(change, manager)
    with clock.at(NOW + dt.timedelta(days=10)):
        say(the_part("25"), vca_cochair1, Status.OFF_TRACK)
    review_in("collecting", manager, LATER)
    with clock.at(NOW + dt.timedelta(days=30)):
        yield why


each_breakage = pytest.mark.parametrize("broken", BREAKAGES, indirect=True)
# One of what is written, of what is in it, and of when: they are told apart where the record is read, nowhere else.
KINDS = ["another digest", "an unknown status", "a newer schema"]
breakages_of_each_kind = pytest.mark.parametrize("broken", KINDS, indirect=True)


def statuses(client: Client, places) -> dict[str, int]:
    """How each place answers; a file is read to its end."""
    found = {}
    for place in places:
        answer = client.get(place)
        if answer.streaming:
            b"".join(answer.streaming_content)
        found[place] = answer.status_code
    return found


@breakages_of_each_kind
def test_no_page_but_its_own_breaks_over_a_record_that_cannot_be_read(broken, sign_in, manager):
    draft = annual_report_in("draft", manager).get_absolute_url()
    others = (*OTHERS, draft, f"{draft}export/word/")
    assert statuses(sign_in(manager), others) == dict.fromkeys(others, 200)


@each_breakage
def test_its_own_pages_say_why_and_its_papers_still_open(broken, sign_in, manager):
    client = sign_in(manager)
    for place in OWN:
        answer = client.get(f"{HERE}{place}")
        said = words(answer.content.decode())
        assert answer.status_code == 409, place
        assert "The frozen record of the six-monthly review, 31 March 2026 cannot be read" in said
        assert broken in said
        assert "manage.py check_records" in said
    assert 'href="/reviews/2026-03/pack/word/"' in answer.content.decode()
    assert f'href="{FROZEN_ON}"' in answer.content.decode()
    papers = ("pack/word/", "minutes/")
    assert statuses(client, [f"{HERE}{paper}" for paper in papers]) == {f"{HERE}{paper}": 200 for paper in papers}


@breakages_of_each_kind
def test_what_stood_in_it_is_rebuilt_where_other_pages_need_it(broken, sign_in, lay_member):
    client = sign_in(lay_member)
    said = "The frozen record of this review cannot be read: Six-monthly review, 31 March 2026 (frozen on 2 March 2026)"
    assert said in read(client, "/reviews/")
    assert "○ Not started Not recorded" in read(client, "/reviews/now/list/?status=off_track")
    told = read(client, NEXT)
    assert "Changed since Six-monthly review, 31 March 2026 (frozen on 2 March 2026)" in told
    assert "25 Audit of marginalised communities ○ Not started → to ■ Off track" in told
    assert "How things stood then is rebuilt from the record of every change." in told
    assert "As at the end of 2 March 2026" in read(client, FROZEN_ON)


@pytest.mark.parametrize("broken", ["another digest"], indirect=True)
def test_the_next_review_is_frozen_and_everything_leaves_beside_a_broken_record(broken, tmp_path, manager):
    review = Review.objects.get(slug="2026-09")
    reviews.start_meeting(review=review, by=manager)
    assert json.loads(freeze(review, manager).content)["compared"]["rebuilt"] is True
    call_command("exit_export", tmp_path / "all.zip", stdout=StringIO())


def test_a_frozen_review_whose_record_is_missing_says_so_and_breaks_no_other_page(sign_in, manager):
    make_review(state="frozen")
    review_in("collecting", manager, LATER)
    with clock.at(NOW + dt.timedelta(days=30)):
        client = sign_in(manager)
        assert statuses(client, OTHERS) == dict.fromkeys(OTHERS, 200)
        answer = client.get(HERE)
    assert answer.status_code == 409
    said = "It is not in the database. Nothing that was kept beside it can be opened either."
    assert said in words(answer.content.decode())
    assert statuses(client, [f"{HERE}pack/word/"]) == {f"{HERE}pack/word/": 409}


def test_a_paper_that_is_not_what_was_kept_is_not_given_and_the_other_is(sign_in, manager):
    frozen_as(lambda good: good, manager)
    with may_change(connection, Paper):
        QuerySet(Paper).filter(kind="pack").update(content=b"Another")
    client = sign_in(manager)
    answer = client.get(f"{HERE}pack/word/")
    assert answer.status_code == 409
    said = words(answer.content.decode())
    assert "The pack of the six-monthly review, 31 March 2026 cannot be read It is not what was written then" in said
    assert "Minutes in Word" in said
    assert "Pack in Word" not in said
    assert statuses(client, [HERE, f"{HERE}minutes/"]) == {HERE: 200, f"{HERE}minutes/": 200}


def test_a_kept_annual_report_that_cannot_be_read_says_so_and_its_files_still_open(sign_in, manager, monkeypatch):
    report = annual_report_in("over", manager)
    monkeypatch.setattr(keeping, "REPORTS", replace(keeping.REPORTS, schema=99))
    annual_report_in("kept", manager)
    monkeypatch.undo()
    client = sign_in(manager)
    place = AnnualReport.objects.at(report.pk).get_absolute_url()
    answer = client.get(place)
    assert answer.status_code == 409
    said = "The kept report “Annual report” cannot be read It was written by a newer version"
    assert said in words(answer.content.decode())
    others = [f"{place}export/{name}/" for name in ("word", "excel", "csv")] + ["/annual-report/", f"{place}change/"]
    assert statuses(client, others) == dict.fromkeys(others, 200)


def test_the_command_names_what_cannot_be_read_and_fails(manager):
    out = StringIO()
    review_in("frozen", manager, A_DAY - dt.timedelta(days=60))
    annual_report_in("kept", manager)
    call_command("check_records", stdout=out)
    assert out.getvalue() == "All 7 can be read.\n"
    frozen_as(BREAKAGES["an unknown status"][0], manager)
    with pytest.raises(CommandError, match="1 of 10 cannot be read"):
        call_command("check_records", stdout=out)
    said = "The frozen record of the six-monthly review, 31 March 2026 cannot be read. It holds something"
    assert said in out.getvalue()
