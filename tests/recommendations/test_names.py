"""A recommendation without a title is never a bare number, and none has another's name, wherever it is named."""

import csv
import datetime as dt
import io
import json
import re
from types import SimpleNamespace

import docx
import pytest
from django.conf import settings
from django.core import mail
from openpyxl import load_workbook

from krscp import clock
from krscp.files.columns import Stamp
from krscp.text import beginning
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from recommendations.importing.apply import apply_report
from recommendations.importing.reading import read_report
from recommendations.models import Part, Recommendation, Report, Review
from recommendations.register.as_json import as_json
from recommendations.reviews.reminders.send import at_once, send
from recommendations.state.record_form import read_picture
from subgroups.models import Body
from tests.factories import decide, freeze, make_review, review_in, say, second_report, the_part
from tests.form_data import filled_in
from tests.pages import page, queries, read, words
from tests.recommendations.annual.reports import build
from tests.recommendations.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]
REVIEW = "/reviews/2026-03/"
BARE = re.compile(r"\d+(\([a-z]\))?")
NAMING = "<((?:a|option|th scope=.row.)\\b[^>]*)>(.*?)</(?:a|option|th)>"


def untitled(code: str = "isr-2022", title: str = "A second report") -> Report:
    """The same 36 as another report, as an import leaves them: with no short title."""
    parsed = read_report(settings.FIXTURES / "isr-2021.md")
    return apply_report(parsed, code=code, title=title, published="2022", by=None)


@pytest.fixture
def both(manager, vca_cochair1, slg_chair):
    """25 of two reports, both of VCA and off track, one untitled; a review that sits, with decisions on each."""
    report = untitled()
    second = Part.objects.at("isr-2022", "25")
    decide(second, slg_chair, DecisionKind.AGREE_OWNER, owner=Body.objects.get(slug="vca"))
    for part in (the_part("25"), second):
        say(part, vca_cochair1, Status.OFF_TRACK, ask_of_slg="Decide")
    review = review_in("meeting", manager)
    for part in (the_part("25"), second):
        decide(part, slg_chair, DecisionKind.AGREE_DATE, agreed_date=dt.date(2026, 6, 30))
    decide(the_part("26"), slg_chair, DecisionKind.SUPERSEDE, replacement=second.recommendation)
    names = [Recommendation.objects.select_related("report").get(report__code=code, slug="25").title
             for code in ("isr-2021", "isr-2022")]  # fmt: skip
    first = Report.objects.get(code="isr-2021").short_title
    return SimpleNamespace(report=report, second=second, review=review, names=names, first=first)


def test_an_untitled_one_is_called_by_whole_words_of_its_beginning_and_its_report(both):
    first, second = both.names
    assert first == f"25 Audit of marginalised communities ({both.first})"
    name = second.removeprefix("25 ").removesuffix(" (A second report)")
    wording = " ".join(both.second.recommendation.text.split())
    assert name.endswith("…")
    assert 40 < len(name) <= 60
    assert wording.startswith(name[:-1])
    assert not wording[len(name) - 1].isalnum(), "cut inside a word"


def test_with_one_report_names_are_as_they_were():
    assert the_part("25").full_title == "25 Audit of marginalised communities"
    assert str(the_part("12", "b")) == "12(b)"


PAGES = [
    ("/", "vca_cochair1"), ("/", "slg_chair"), ("/recommendations/?q=25", "lay_member"), (REVIEW, "lay_member"),
    (f"{REVIEW}pack/", "lay_member"), (f"{REVIEW}list/?status=off_track", "lay_member"),
    (f"{REVIEW}decisions/", "lay_member"), (f"{REVIEW}meeting/", "slg_chair"), ("/bodies/vca/", "lay_member"),
    ("/as-at/2026-03-02/list/?status=off_track", "lay_member"), (f"{REVIEW}returns/vca/", "vca_cochair1"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "who"), PAGES)
def test_no_page_shows_a_bare_number_or_two_equal_names(sign_in, request, lay_member, both, path, who):
    client = sign_in(request.getfixturevalue(who))
    markup = page(client, path)
    named = [words(inner) for tag, inner in re.findall(NAMING, markup, re.DOTALL) if "pagination" not in tag]
    assert [name for name in named if BARE.fullmatch(name)] == []
    shown = words(markup)
    for name in both.names:
        told = name if name in shown else name.replace(" (", " ").removesuffix(")")
        assert told in shown, f"{name} is not on {path}"


def test_of_two_with_the_number_that_is_typed_each_is_offered_by_its_name(sign_in, slg_chair, both):
    client, place = sign_in(slg_chair), "/isr-2021/24/decide/supersede/"
    answer = client.post(place, filled_in(client.get(place)) | {"replacement": "25"})
    assert "Select which one you mean" in (shown := words(answer.content.decode()))
    assert [name for name in both.names if name not in shown] == []


def test_the_timeline_names_what_replaces_it(sign_in, lay_member, both):
    assert f"Recommendation {both.names[1]}" in read(sign_in(lay_member), "/isr-2021/26/")


def test_messages_say_which_of_two_is_meant(sign_in, vca_cochair1, both):
    assert str(both.second) == "25 (A second report)"
    assert str(both.second.recommendation) == "Recommendation 25 (A second report)"


def file(client, path: str) -> bytes:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.getvalue()


def paper(client, path: str) -> list[str]:
    document = docx.Document(io.BytesIO(file(client, path)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


@pytest.mark.parametrize("path", [f"{REVIEW}pack/word/", f"{REVIEW}minutes/", "/recommendations/export/docx/"])
def test_word_files_name_both(sign_in, lay_member, both, path):
    told = "\n".join(paper(sign_in(lay_member), path))
    for name in both.names:
        assert name in told or name.removeprefix("25 ") in told, name


def test_lists_of_numbers_say_the_report(sign_in, lay_member, both):
    told = "\n".join(paper(sign_in(lay_member), f"{REVIEW}pack/word/"))
    assert "25 (A second report)" in next(line for line in told.splitlines() if line.startswith("Off track ("))


def test_data_files_hold_the_name_and_the_report(sign_in, lay_member, both):
    client = sign_in(lay_member)
    body = file(client, "/recommendations/export/csv/").decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(body)))
    head = next(line for line in lines if "Short title" in line)
    rows = [dict(zip(head, line, strict=False)) for line in lines[lines.index(head) + 1 :]]
    named = {(row["Report"], row["Short title"]) for row in rows if row["No."] == "25"}
    assert len(named) == 2
    assert all(title for _, title in named)
    sheet = load_workbook(io.BytesIO(file(client, "/recommendations/export/xlsx/"))).active
    assert {title for _, title in named} <= {cell.value for row in sheet for cell in row}
    listed = json.loads(b"".join(as_json(Recommendation.objects.all(), Stamp(NOW, ""), NOW.date())))
    assert len({(one["report"], one["title"]) for one in listed if one["number"] == "25"}) == 2


def test_the_annual_report_names_both(sign_in, manager, lay_member, both):
    with clock.at(NOW + dt.timedelta(days=400)):
        client = sign_in(manager)
        told = read(client, build(client))
    assert all(name in told for name in both.names)


def test_reminders_name_both(manager, vca_cochair1, slg_chair):
    untitled()
    second = Part.objects.at("isr-2022", "25")
    decide(second, slg_chair, DecisionKind.AGREE_OWNER, owner=Body.objects.get(slug="vca"))
    send(at_once(review_in("collecting", manager), NOW.date()), NOW.date(), manager)
    told = "\n".join(one.body for one in mail.outbox)
    assert Part.objects.at("isr-2022", "25").full_title in told
    assert Part.objects.at("isr-2021", "25").full_title in told


def test_a_frozen_record_keeps_the_names_of_its_day(manager, both):
    freeze(both.review, manager)
    Recommendation.objects.filter(report=both.report).update(short_title="Renamed")
    kept = read_picture(Review.objects.get(pk=both.review.pk))
    assert set(both.names) <= {whole.title for whole in kept.recommendations}
    assert {"25 (A second report)", f"25 ({both.first})"} <= {whole.label for whole in kept.recommendations}


# The filter by report.


def test_the_list_is_filtered_by_report_with_a_chip_that_takes_it_off(sign_in, lay_member, both):
    client = sign_in(lay_member)
    shown = client.get("/recommendations/?report=isr-2022")
    assert {row.report for row in shown.context["rows"]} == {"A second report"}
    assert [(chip.label, chip.url) for chip in shown.context["filter"].chips] == [("A second report", "?")]
    assert client.get("/recommendations/?report=isr-2022").context["page"].paginator.count == 36


def test_with_one_report_there_is_no_filter_by_report(sign_in, lay_member):
    assert 'name="report"' not in page(sign_in(lay_member), "/recommendations/")


def test_two_reports_of_one_title_have_different_short_names():
    first, second = untitled(), untitled(code="isr-2023")
    assert first.short_title != second.short_title
    assert all(report.beside_others for report in Report.objects.all())


def test_names_cost_the_same_queries_however_many_are_named(sign_in, lay_member, manager):
    second_report()
    make_review()
    client = sign_in(lay_member)
    places = ("/", "/recommendations/", REVIEW, f"{REVIEW}pack/", "/bodies/vca/", "/isr-2021/25/")
    few = {place: queries(client, place) for place in places}
    untitled(code="isr-2023")
    assert {place: queries(client, place) for place in places} == few


@pytest.mark.parametrize(
    ("text", "length", "begins"),
    [
        ("Short", 10, "Short"),
        ("One two three", 9, "One two…"),
        ("One two three", 8, "One…"),
        ("One, two", 5, "One…"),
        ("Unbreakable", 6, "Unbre…"),
    ],
)
def test_texts_are_cut_between_words(text, length, begins):
    assert beginning(text, length) == begins
    assert len(begins) <= length


def test_no_code_cuts_a_shown_text_by_counting_characters():
    """Words are cut by `beginning`; what is cut otherwise is no text for people, or the bound of a file's cell."""
    rooms = [path for room in ("subgroups", "recommendations") for path in (settings.BASE_DIR / room).rglob("*.py")]
    cut = re.compile(r"\b(?:title|wording|words|what|reason)\[:[0-9A-Z_]{2,}\]")
    assert [str(path) for path in rooms if cut.search(path.read_text(encoding="utf-8"))] == []
