"""Answering a return by workbook as a person does: download, upload, look, confirm."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

from recommendations.models import Answer
from tests.factories import the_part
from tests.form_data import filled_in
from tests.pages import words

PLACE = "/reviews/2026-03/returns/vca/"
SAYS = {
    "How is it going?": "On track", "What has happened?": "We met", "What happens next?": "Write",
    "When will that happen?": dt.date(2026, 6, 30),
}  # fmt: skip
TYPED = {"status": "on_track", "what_happened": "We met", "what_next": "Write", "next_date_day": "30",
         "next_date_month": "6", "next_date_year": "2026"}  # fmt: skip


def download(client, place: str = PLACE) -> bytes:
    answer = client.get(f"{place}workbook/")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def upload(client, data: bytes, name: str = "return.xlsx", place: str = PLACE):
    return client.post(f"{place}upload/", {"file": SimpleUploadedFile(name, data)})


def said(answer) -> str:
    """The words of the page, from its heading on."""
    return words(answer.content.decode().partition('id="main-content">')[2].partition("</main>")[0])


def confirm(client, answer, **more):
    return client.post(f"{PLACE}upload/", filled_in(answer) | {"do": "save"} | more)


def given(number: str) -> dict:
    return Answer.objects.get(part=the_part(number)).given
