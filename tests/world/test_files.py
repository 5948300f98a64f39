"""Every file and every mail of the world: made, opened and read."""

import csv
import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from recommendations.models import Review
from recommendations.reviews.reminders.notices import mail_of
from recommendations.reviews.reminders.send import at_once
from tests.world.days import TODAY
from tests.world.places import places
from tests.world.reading import is_file, links, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def content(client: Client, place: str) -> tuple[str, bytes]:
    """The kind of a file and its bytes; none where a report that is over is to be run first."""
    answer = client.get(place)
    if answer.status_code == 302:
        return "", b""
    assert answer.status_code == 200, place
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer["Content-Type"].partition(";")[0], whole


def words_in(kind: str, data: bytes) -> list[str]:
    """What a file holds, as the program that it is for reads it."""
    if kind == "text/csv":
        return [cell for line in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in line]
    if kind == "application/zip":
        with zipfile.ZipFile(io.BytesIO(data)) as tables:
            return [word for name in tables.namelist() for word in words_in("text/csv", tables.read(name))]
    if kind == "text/calendar":
        return data.decode().split("\r\n")
    if "spreadsheetml" in kind:
        sheets = load_workbook(io.BytesIO(data)).worksheets
        cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert all(cell.data_type in "snd" for cell in cells), "a cell holds a formula or an error"
        return [str(cell.value) for cell in cells]
    assert "wordprocessingml" in kind, kind
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row._tr.tc_lst]
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


def test_every_file_opens_and_holds_words():
    client = signed_in("manager")
    opened = set()
    for route, kwargs, may in places():
        if not is_file(route) or "manager" not in may:
            continue
        place = reverse(route, kwargs=kwargs)
        kind, data = content(client, place)
        assert not kind or any(words_in(kind, data)), place
        opened.add((route, kind))
    assert len({kind for _, kind in opened if kind}) == 5
    assert len(opened) > 25


def test_every_mail_that_could_go_out_leads_its_reader_to_a_page():
    for review in Review.objects.exclude(state="frozen"):
        for notice, _ in at_once(review, TODAY):
            mail = mail_of(notice)
            assert notice.missing
            assert "\n" not in mail.subject
            html = str(mail.alternatives[0].content)
            client = signed_in(notice.person.email.partition("@")[0])
            assert notice.missing[0].url in mail.body
            for place in links("/", html.replace("http://testserver", "").replace("http://127.0.0.1:8000", ""))[:2]:
                assert client.get(place).status_code in (200, 302), place
