"""What is said of a file that is too large, takes too long or has to wait; nothing that was typed is lost."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from krscp import child
from tests.form_data import filled_in
from tests.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(sign_in, manager):
    return sign_in(manager)


def upload(client, data: bytes = b"Recommendation 1: Meet.", name: str = "review.md"):
    typed = {"title": "On housing", "published": "October 2026", "code": "housing-2026", "token": str(uuid.uuid4())}
    return client.post("/import/", typed | {"file": SimpleUploadedFile(name, data)})


def keeps_what_was_typed(page) -> bool:
    typed = filled_in(page)
    return (typed["title"], typed["published"], typed["code"]) == ("On housing", "October 2026", "housing-2026")


@pytest.mark.parametrize(
    ("name", "problem", "said"),
    [
        ("review.md", child.Busy, "Other files are being read. Wait a minute, then choose the file again."),
        ("review.md", child.Stopped, "This file takes too long to read. Split it, or open it in Word"),
        ("review.md", child.Failed, "This file cannot be read because of a fault of the tracker"),
        ("list.csv", child.Busy, "Other files are being read. Wait a minute"),
        ("list.csv", child.Stopped, "This file takes too long to read. Copy the rows into a new workbook"),
    ],
)
def test_a_file_that_is_not_read_is_answered_with_what_to_do_and_keeps_what_was_typed(
    client, monkeypatch, name, problem, said
):
    def not_read(*_):
        raise problem

    monkeypatch.setattr(child, "run", not_read)
    page = upload(client, name=name)
    assert said in words(page.content.decode())
    assert keeps_what_was_typed(page)


def test_a_file_that_is_too_large_is_not_kept_and_what_was_typed_is(client, settings, monkeypatch):
    settings.LARGEST_UPLOAD = 1_000
    monkeypatch.setattr(child, "run", lambda *_: pytest.fail("read"))
    page = upload(client, b"a" * 21 * 1024 * 1024)
    assert "The file is larger than 20 MB. Save the report without its pictures and try again." in words(
        page.content.decode()
    )
    assert keeps_what_was_typed(page)


def test_no_more_of_a_file_is_kept_than_one_may_hold(rf, settings):
    settings.LARGEST_UPLOAD, settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100_000, 0
    sent = rf.post("/import/", {"file": SimpleUploadedFile("a.md", b"a" * 300_000), "title": "On housing"})
    assert (sent.FILES["file"].size, sent.FILES["file"].read(), sent.POST["title"]) == (300_000, b"", "On housing")
    kept = rf.post("/import/", {"file": SimpleUploadedFile("a.md", b"a" * 100_000)})
    assert kept.FILES["file"].read() == b"a" * 100_000
    for request in (sent, kept):
        request.close()


def test_a_request_that_is_larger_than_any_form_is_refused_before_it_is_read(client, settings):
    settings.LARGEST_REQUEST = 1_000
    assert upload(client, b"a" * 2_000).status_code == 413


def test_no_later_page_reads_the_file_again(client, monkeypatch):
    first = upload(client, b"Recommendation 1: The VCA subgroup should meet.")
    monkeypatch.setattr(child, "run", lambda *_: pytest.fail("read again"))
    monkeypatch.setattr("recommendations.importing.spellings.Spellings.found", lambda *_: pytest.fail("searched again"))
    check = client.post("/import/", filled_in(first) | {"do": "check"})
    again = client.post("/import/", filled_in(check) | {"do": "change"})
    assert "named in the text: “VCA subgroup”" in words(again.content.decode())
    assert client.post("/import/", filled_in(check) | {"do": "import"})["Location"] == "/housing-2026/"


def test_a_page_from_before_that_carries_no_names_is_turned_away(client):
    page = filled_in(upload(client)) | {"packed": "of-another-version", "do": "check"}
    assert client.post("/import/", page)["Location"] == "/import/"


def test_only_the_last_of_many_paragraphs_stand_beside_a_recommendation_and_the_rest_are_counted(client):
    paragraphs = "\n\n".join(f"{number}. The board met on day {number}." for number in range(1, 51))
    page = words(upload(client, f"{paragraphs}\n\nRecommendation 1: Meet.".encode()).content.decode())
    assert "paragraphs 31, 32" in page
    assert "50 (30 before them not shown)" in page
    assert "The board met on day 30." not in page
