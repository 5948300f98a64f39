"""The pack and the minutes as Word opens them: headings, repeated heads, landscape, alternative texts."""

import datetime as dt
import io

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from krscp import clock
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from tests.factories import answer_all, decide, learn, review_in, say, the_part
from tests.recommendations.conftest import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]
HERE = "/reviews/2026-03/"


def paper(client, path: str):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    return docx.Document(io.BytesIO(answer.content))


def words(document) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def headings(document, level: int) -> list[str]:
    return [one.text for one in document.paragraphs if one.style.name == f"Heading {level}"]


@pytest.fixture
def review(manager, vca_cochair1, slg_chair):
    review = review_in("meeting", manager)
    learn(review, manager)
    say(the_part("25"), vca_cochair1, Status.OFF_TRACK, why_slipped="The analyst left")
    say(the_part("12", "b"), manager, Status.OFF_TRACK)
    decide(the_part("25"), slg_chair, DecisionKind.AGREE_DATE, agreed_date=TODAY.replace(year=2027))
    owner = the_part("25").leads[0].body
    decide(the_part("25"), slg_chair, DecisionKind.ACT, owner=owner, due=TODAY.replace(year=2027))
    return review


@pytest.mark.parametrize("path", ["pack/word/", "minutes/"])
def test_each_paper_prints_well(sign_in, lay_member, review, path):
    document = paper(sign_in(lay_member), f"{HERE}{path}")
    assert len(headings(document, 1)) == 1
    assert document.sections[0].orientation == WD_ORIENT.LANDSCAPE
    for table in document.tables:
        properties = table._tbl.tblPr
        assert table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert properties.find(qn("w:tblCaption")).get(qn("w:val"))
        assert properties.find(qn("w:tblDescription")).get(qn("w:val")).startswith("Columns: ")
    footer = document.sections[0].footer.paragraphs[0].text
    assert "As at 2 March 2026" in footer
    assert "OFFICIAL" in footer


def test_the_pack_opens_with_agenda_and_exceptions_one_a_page_then_tables(sign_in, lay_member, review):
    document = paper(sign_in(lay_member), f"{HERE}pack/word/")
    listed = headings(document, 2)
    assert listed[0] == "Agenda"
    assert listed[1:3] == [
        "25 Audit of marginalised communities",
        "12(b) Health assessments and attendance – GP reporting to conferences",
    ]
    assert listed[3].startswith("For decision")
    assert document.element.body.xml.count('w:br w:type="page"') == 3
    text = words(document)
    assert "Disproportionality: the standing item (recommendation 18)" in text
    assert "The analyst left" in text
    assert "■ Off track" in text


def test_an_exception_says_what_was_decided_since_its_owner_spoke(sign_in, lay_member, review, slg_chair):
    with clock.at(NOW + dt.timedelta(hours=1)):
        decide(the_part("25"), slg_chair, DecisionKind.NOTE, wording="Lend an analyst")
        document = paper(sign_in(lay_member), f"{HERE}pack/word/")
    rows = [row.cells for table in document.tables for row in table.rows]
    [told] = [cells[1].text for cells in rows if cells[0].text == "Decided since"]
    assert told == f"Minute a note, 1 January 2020 ({slg_chair.post_titles}): Lend an analyst"


def test_the_pack_says_it_is_a_draft_until_all_returns_are_in(sign_in, manager, vca_cochair1, qi_cochair):
    review = review_in("collecting", manager)
    wanted = review.returns.select_related("body", "review").get(body__slug="vca")
    client = sign_in(manager)
    assert "Draft: 0 of 3 returns in" in words(paper(client, f"{HERE}pack/word/"))
    answer_all(wanted, vca_cochair1, send=True)
    text = words(paper(client, f"{HERE}pack/word/"))
    assert "Draft: 1 of 3 returns in" in text
    assert "Q&I has not sent a return" in text
    for body in ("qi", "krscp"):
        answer_all(review.returns.select_related("body", "review").get(body__slug=body), manager, send=True)
    assert "All 3 returns in" in words(paper(client, f"{HERE}pack/word/"))


def test_the_minutes_hold_decisions_in_order_and_actions_with_owner_and_date(sign_in, lay_member, review):
    document = paper(sign_in(lay_member), f"{HERE}minutes/")
    assert headings(document, 2) == [
        "Attendance", "Disproportionality (recommendation 18)", "Decisions (2)", "Actions (1)",
        "Learning considered (recommendation 7)",
    ]  # fmt: skip
    decisions, actions = document.tables[1], document.tables[2]
    assert [cell.text for cell in decisions.rows[1].cells][:3] == [
        "1", "25 Audit of marginalised communities", "Agree a date",
    ]  # fmt: skip
    assert [cell.text for cell in actions.rows[1].cells][3:] == [
        "Vulnerable Child and Adolescent subgroup", "2 March 2027",
    ]  # fmt: skip


def test_who_took_a_paper_is_written_down(sign_in, lay_member, review):
    from subgroups.models import ExportRecord

    paper(sign_in(lay_member), f"{HERE}minutes/")
    record = ExportRecord.objects.get()
    assert (record.what, record.author) == ("Minutes of Six-monthly review, 31 March 2026", lay_member)
