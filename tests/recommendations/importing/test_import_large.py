"""What an import costs its pages: wordings are searched elsewhere, twice the rows are twice the work, and bounded."""

import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from krscp import child
from krscp.forms.fields import by_prefix
from recommendations.importing.apply import MOST_BEFORE, apply_report
from recommendations.importing.forms.importing import sheet_of
from recommendations.importing.plan import About
from recommendations.importing.reading import read_upload
from recommendations.models import Part, Report
from tests.form_data import filled_in
from tests.pages import words
from tests.recommendations.importing.test_import_hostile import TWICE, steps

pytestmark = pytest.mark.django_db
LIST = b"Number,Wording\n1,The VCA subgroup should meet.\n2,Youth Out Loud and Police should meet.\n"
HISTORY = ("actor_name", "actor_post", "history_change_reason", "history_type")
SEARCH = "recommendations.importing.spellings.Spellings.found"


@pytest.fixture
def columns(sign_in, manager):
    """The page on which the columns of a list are matched, and who sees it."""
    client = sign_in(manager)
    typed = {"title": "On housing", "published": "2026", "code": "housing-2026", "token": str(uuid.uuid4())}
    return client, client.post("/import/", typed | {"file": SimpleUploadedFile("list.csv", LIST)})


@pytest.mark.own_process
def test_the_wordings_of_a_list_are_searched_for_bodies_in_a_process_of_their_own(columns, monkeypatch):
    client, page = columns
    monkeypatch.setattr(SEARCH, lambda *_: pytest.fail("searched in the process that answers"))
    found = words(client.post("/import/rows/", filled_in(page)).content.decode())
    assert "named in the text: “VCA subgroup”" in found
    assert "named in the text: “Youth Out Loud”" in found


def test_the_wordings_go_there_once_and_nothing_else_of_the_list_does(columns, monkeypatch):
    client, page = columns
    sent = []
    monkeypatch.setattr(child, "run", lambda task, options, data: sent.append(json.loads(data)) or {"named": [[], []]})
    assert client.post("/import/rows/", filled_in(page)).status_code == 200
    assert sent == [["The VCA subgroup should meet.", "Youth Out Loud and Police should meet."]]


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (child.Busy, "Other files are being read. Wait a minute, then look at the rows again. Nothing is lost"),
        (child.Stopped, "This file takes too long to read. Copy the rows into a new workbook and upload that"),
    ],
)
def test_rows_that_cannot_be_searched_are_answered_where_the_columns_are_and_can_be_looked_at_again(
    columns, monkeypatch, problem, said
):
    client, page = columns

    def not_searched(*_):
        raise problem

    with monkeypatch.context() as patch:
        patch.setattr(child, "run", not_searched)
        answer = client.post("/import/rows/", filled_in(page))
    assert said in words(answer.content.decode())
    assert "2 recommendations found" in words(client.post("/import/rows/", filled_in(answer)).content.decode())


def test_each_form_of_a_page_gets_its_own_fields_of_what_was_sent():
    sent = QueryDict("r1-label=1&r12-label=12&r1-owner_5=lead&r1-label=2&do=check")
    found = by_prefix(sent)
    assert {name: dict(found[name].lists()) for name in ("r1", "r12", "r2")} == {
        "r1": {"r1-label": ["1", "2"], "r1-owner_5": ["lead"]}, "r12": {"r12-label": ["12"]}, "r2": {},
    }  # fmt: skip


def steps_of_settling(rows: int) -> int:
    """How many steps it takes to read back what was typed in so many rows."""
    parsed = read_upload("r.md", "\n\n".join(f"Recommendation {at}: Meet." for at in range(1, rows + 1)).encode())
    named = [[] for _ in parsed.recommendations]
    typed = QueryDict(mutable=True)
    typed.update({f"r{at}-{name}": "Meet." for at in range(rows) for name in ("label", "opening", "reason", "earlier")})
    return steps(lambda: sheet_of(parsed, About("c", "T", "2026"), named, typed).is_valid())


def test_twice_the_recommendations_take_twice_the_steps_to_settle():
    assert steps_of_settling(80) < TWICE * steps_of_settling(40)


def test_a_report_of_more_sub_points_than_anybody_can_look_at_is_refused(sign_in, manager):
    points = "\n".join(f"- meet on day {at}" for at in range(3_001))
    typed = {"title": "On housing", "published": "2026", "code": "housing-2026", "token": str(uuid.uuid4())}
    file = SimpleUploadedFile("review.md", f"Recommendation 1: The board should:\n\n{points}".encode())
    page = sign_in(manager).post("/import/", typed | {"file": file})
    assert "The file holds 3,001 sub-points. At most 3,000 can be looked at in one go. Split the report" in words(
        page.content.decode()
    )


def stored(text: str, by, code: str = "housing-2026") -> Report:
    return apply_report(read_upload("review.md", text.encode()), code=code, published="2026", by=by)


def test_a_recommendation_is_kept_with_the_last_of_the_paragraphs_that_it_answers(manager):
    long = "\n\n".join(f"{at}. The board met on a day." for at in range(1, MOST_BEFORE + 21))
    report = stored(f"{long}\n\nRecommendation 1: Meet.\n\nRecommendation 2: Meet again.", manager)
    for recommendation in report.recommendations.all():
        kept = [int(one.number) for one in recommendation.paragraphs.all()]
        assert kept == list(range(21, MOST_BEFORE + 21))


def test_what_is_stored_together_has_the_history_of_what_is_stored_alone(manager):
    report = stored("1. The board met.\n\nRecommendation 1: The board should:\n\na) meet\n\nb) act.", manager)
    (first,) = Report.history.filter(id=report.pk)
    part, paragraph = Part.history.filter(recommendation__report=report).first(), report.paragraphs.get().history.get()
    for row in (part, paragraph):
        assert [getattr(row, name) for name in HISTORY] == [getattr(first, name) for name in HISTORY]
        assert row.history_user == manager
    assert Part.history.filter(recommendation__report=report).count() == 2


def test_more_headings_paragraphs_points_and_references_take_no_more_statements_to_store(
    manager, django_assert_max_num_queries
):
    def text(pieces: int) -> str:
        headings = "\n\n".join(f"{'#' * (1 + at % 3)} On day {at}" for at in range(pieces))
        numbered = "\n\n".join(f"{at}. The board met. See paragraph {at - 1}." for at in range(1, pieces))
        points = "\n\n".join(f"- meet {at} times" for at in range(pieces))
        return f"{headings}\n\n{numbered}\n\nRecommendation 1: The board should:\n\n{points}"

    with CaptureQueriesContext(connection) as few:
        stored(text(10), manager, "few")
    with django_assert_max_num_queries(len(few) + 4):
        stored(text(80), manager, "many")


@pytest.mark.own_process
@pytest.mark.parametrize(
    ("task", "name", "said"),
    [
        ("REPORT", "review.md", "This file takes too long to read. Split it, or open it in Word"),
        ("TABLES", "list.csv", "This file takes too long to read. Copy the rows into a new workbook"),
    ],
)
def test_a_file_that_wants_more_memory_than_it_may_have_is_answered_with_what_to_do(
    sign_in, manager, monkeypatch, task, name, said
):
    monkeypatch.setattr(f"recommendations.importing.ask_child.{task}", "tests.krscp.test_child:grows")
    typed = {"title": "On housing", "published": "2026", "code": "housing-2026", "token": str(uuid.uuid4())}
    page = sign_in(manager).post("/import/", typed | {"file": SimpleUploadedFile(name, LIST)})
    assert said in words(page.content.decode())
