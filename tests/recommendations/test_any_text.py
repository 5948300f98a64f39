"""Whatever is typed into any form comes back from every file as it was cleaned, or is refused in plain words."""

import csv
import datetime as dt
import io
import json
import re
import uuid
from dataclasses import dataclass, field

import docx
import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from krscp import clock
from krscp.files.columns import clean, guard
from krscp.text import clean_text
from recommendations.exit.carried import EXIT
from recommendations.models import (
    Action,
    Decision,
    Escalation,
    Evidence,
    Outcome,
    Part,
    Recommendation,
    Review,
    Update,
)
from subgroups.models import Learning
from tests.factories import make_person, review_in
from tests.pages import words

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)
REVIEW = "/reviews/2026-03"
MODELS = [Action, Decision, Escalation, Evidence, Learning, Outcome, Recommendation, Update]


def day(name: str, year: int = 2030) -> dict:
    return {f"{name}_day": 30, f"{name}_month": 6, f"{name}_year": year}


@dataclass(frozen=True)
class Asked:
    """One form: where it is, each text with how much it takes, where that is kept, and the rest of what is sent."""

    place: str
    texts: dict[str, int]
    kept: list[tuple[type, str]]
    rest: dict = field(default_factory=dict)

    @property
    def versioned(self) -> dict:
        """The version that its reader saw."""
        number = re.search(r"isr-2021/(\d+)/", self.place)
        if number is None:
            return {"version": Review.objects.get(slug=self.place.split("/")[2]).version}
        about = Recommendation.objects.filter(number=number[1])
        if not self.place.endswith("/reading/"):
            about = Part.objects.filter(recommendation__in=about)
        return {"version": about.values_list("version", flat=True)[0]}


PROOF = {"title": 200, "shows": 300}
FORMS = [
    Asked("/isr-2021/25/update/", {"what_happened": 1000, "what_next": 1000},
          [(Update, "what_happened"), (Update, "what_next")], {"status": "on_track"} | day("next_date")),
    Asked("/isr-2021/30/update/", {"what_happened": 1000, "why_slipped": 1000, "brings_back": 1000, "ask_of_slg": 1000},
          [(Update, "why_slipped"), (Update, "brings_back"), (Update, "ask_of_slg")],
          {"status": "off_track", "needs_slg": "yes"} | day("requested_date")),
    Asked("/isr-2021/25/evidence/", PROOF, [(Evidence, "title"), (Evidence, "shows")],
          {"link": "https://example.org/minutes"}),
    Asked("/isr-2021/25/actions/", {"what": 300, "who": 200}, [(Action, "what"), (Action, "who")]),
    Asked("/isr-2021/26/complete/", {"done": 1000, "difference_text": 1000} | PROOF,
          [(Update, "what_happened"), (Outcome, "text"), (Evidence, "title")],
          {"difference": "no_direct_effect", "link": "https://example.org/minutes"}),
    Asked("/isr-2021/27/escalate/", {"ask": 1000, "otherwise": 1000},
          [(Escalation, "ask"), (Escalation, "otherwise")]),
    Asked("/isr-2021/29/decide/not-accept/", {"wording": 1000}, [(Decision, "wording")], day("decided_on", 2021)),
    Asked("/isr-2021/31/reading/", {"short_title": 60, "asks_for_reason": 300},
          [(Recommendation, "short_title"), (Recommendation, "asks_for_reason")], {"asks_for": "do"}),
    Asked(f"{REVIEW}/learning/", {"title": 200, "changes": 1000}, [(Learning, "title"), (Learning, "changes")],
          {"kind": "audit"}),
    Asked(f"{REVIEW}/meeting/isr-2021/10/whole/", {"wording": 1000}, [(Decision, "wording")], {"kind": "note"}),
]  # fmt: skip


def someone() -> Client:
    """Signed in as a person who may fill in every form: no rule of who may is tested here."""
    person = make_person("manager", "slg-director-of-quality", "vca-co-chair-1")
    review_in("meeting", person)
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def send(client: Client, form: Asked, text: str):
    """As a browser does; where a page pauses at what looks personal, its writer vouches for it."""
    body = {"token": str(uuid.uuid4())} | form.versioned | form.rest | dict.fromkeys(form.texts, text)
    answer, vouched = client.post(form.place, body), []
    while vouch := re.search(r'name="identifies_nobody" value="([^"]+)"', answer.content.decode()):
        vouched.append(vouch[1])
        answer = client.post(form.place, body | {"identifies_nobody": vouched})
    return answer


def counts() -> list[int]:
    return [model._base_manager.count() for model in MODELS]


def values(model: type, column: str) -> list:
    return list(model._base_manager.values_list(column, flat=True))


def fill_in(client: Client, form: Asked, text: str) -> bool:
    """Sends the text in every field of the form: saved as cleaned, or refused with nothing saved. Says whether."""
    expected, before = clean_text(text).strip(), counts()
    answer = send(client, form, text)
    told = words(answer.content.decode())
    too_long = {limit for limit in form.texts.values() if len(expected) > limit}
    if not too_long and expected:
        assert answer.status_code == 302, (form.place, told[-600:])
        assert all(expected in values(model, column) for model, column in form.kept), form.place
        return True
    assert counts() == before
    assert "There is a problem" in told or not too_long, form.place
    assert all(f"must be {limit:,} characters or less" in told for limit in too_long), form.place
    return False


def file_of(client: Client, place: str) -> io.BytesIO:
    return io.BytesIO(b"".join(client.get(place)))


def in_files(client: Client, place: str, column: str, query: str = "") -> dict[str, list[str]]:
    """What a column of a list holds, by format."""
    text = file_of(client, f"{place}export/csv/{query}").getvalue().decode("utf-8-sig")
    sheet = load_workbook(file_of(client, f"{place}export/xlsx/{query}")).worksheets[0]
    head, *lines = sheet.iter_rows()
    at = [cell.value for cell in head].index(column)
    assert all(cell.data_type in "snd" for line in lines for cell in line)
    tables = docx.Document(file_of(client, f"{place}export/docx/{query}")).tables
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
    return {
        "csv": [row[column] for row in csv.DictReader(io.StringIO(text))],
        "xlsx": [unescape(line[at].value or "") for line in lines],  # as Excel does when it opens the file
        "docx": cells,
    }


def assert_in_every_file(client: Client, text: str, place: str, column: str, query: str = "") -> None:
    found = in_files(client, place, column, query)
    assert guard(text) in found["csv"]
    assert text in found["xlsx"]
    assert any(text in cell for cell in found["docx"])


def assert_in_json(text: str, form: Asked) -> None:
    for model, column in form.kept:
        rows = json.loads(b"".join(EXIT.rows_of(model, {})))
        assert text in [row[column] for row in rows]


def try_out(text: str) -> None:
    """Every form, then every file."""
    client, expected = someone(), clean_text(text).strip()
    assert clean(expected) == expected
    saved = [form for form in FORMS if fill_in(client, form, text)]
    for form in saved:
        assert_in_json(expected, form)
    if FORMS[0] in saved:
        assert_in_every_file(client, expected, "/recommendations/", "What happened last", "?owner=community-safety")
    if FORMS[-1] in saved:
        assert_in_every_file(client, expected, f"{REVIEW}/decisions/", "Wording")


QUIETLY = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(
    max_examples=4, derandomize=True, deadline=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=QUIETLY,
)  # fmt: skip
@given(text=st.text(min_size=1, max_size=70))
@example(text='=HYPERLINK("https://example.org")')
@example(text="Page\x0bbreak\x1f, \x00nul and bell\x07\r\nand a second line\u2028and a third")
@example(text="\u202eevil\u202c עברית \u200f 😀👩‍👩‍👧 ＝1+1 _x000D_ & <b>“x”</b> \ud7ff\uffff")
@example(text="y" * 1000)
@example(text="z" * 10_000)
@example(text="\x0b \x1f")
def test_any_text_comes_back_from_every_file_as_it_was_cleaned_or_is_refused(text):
    with clock.at(NOW), transaction.atomic():
        try_out(text)
        transaction.set_rollback(True)
