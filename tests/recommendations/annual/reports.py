"""Annual reports for tests: choices as a browser sends them, files taken, and tables read out of Word."""

import datetime as dt
import io
import uuid

import docx
from django.test import Client
from docx.document import Document
from docx.oxml.ns import qn

from tests.pages import words
from tests.recommendations.conftest import NOW, TODAY

HERE = "/annual-report/"
SECTIONS = ["priorities", "children", "stalled", "refused", "decisions", "attendance", "impact"]
# Records begin on 2 March 2026; the year that is reported on ends on 31 March 2027.
LAST = dt.date(2027, 3, 31)
FORMATS = ("word", "excel", "csv")


def days(count: float) -> dt.datetime:
    return NOW + dt.timedelta(days=count)


AFTER = days(400)


def boxes(name: str, day: dt.date) -> dict:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def choices(first: dt.date = TODAY, last: dt.date = LAST, **given: object) -> dict:
    chosen = {"title": "Annual report", "sections": SECTIONS, "token": str(uuid.uuid4())}
    return chosen | boxes("period_from", first) | boxes("period_to", last) | given


def build(client: Client, **given: object) -> str:
    """The address of the report that these choices give."""
    answer = client.post(HERE, choices(**given))
    assert answer.status_code == 302, words(answer.content.decode())
    return answer["Location"]


def take(client: Client, place: str, file_format: str) -> bytes:
    answer = client.get(f"{place}export/{file_format}/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    return answer.content


def paper(client: Client, place: str) -> Document:
    return docx.Document(io.BytesIO(take(client, place, "word")))


def table(document: Document, caption: str) -> list[list[str]]:
    """The rows of the table with this caption, the header first."""
    for found in document.tables:
        if found._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == caption:
            return [[cell.text for cell in row.cells] for row in found.rows]
    raise AssertionError(f"no table “{caption}”")


def headings(document: Document, level: int) -> list[str]:
    return [one.text for one in document.paragraphs if one.style.name == f"Heading {level}"]


def all_files(client: Client, place: str) -> list[bytes]:
    return [take(client, place, file_format) for file_format in FORMATS]
