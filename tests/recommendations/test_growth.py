"""What grows is looked through a set number of times, never once for each of its rows: 3,600 would take minutes."""

from dataclasses import replace

import pytest
from django.http import QueryDict

from krscp import clock
from recommendations.annual import decided
from recommendations.annual.period import read_period
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from recommendations.reviews.meeting import agenda
from recommendations.reviews.papers import word
from recommendations.reviews.returns.forms import typed_in
from recommendations.reviews.returns.read import read_rows
from recommendations.reviews.returns.workbook.back import read_back
from recommendations.state import rows
from recommendations.state.reading import picture_of
from recommendations.state.source import Source
from subgroups.files import stamp
from tests.factories import decide, review_in, say, the_part
from tests.recommendations.conftest import TODAY
from tests.return_by_workbook import download

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]


class Counted(list):
    """Counts how often somebody begins to look through it."""

    looks = 0

    def __iter__(self):
        self.looks += 1
        return super().__iter__()


@pytest.fixture
def review(manager, vca_cochair1):
    return review_in("collecting", manager)


def test_a_past_day_looks_through_its_parts_a_set_number_of_times(monkeypatch):
    read, kept = rows.parts_of, []
    monkeypatch.setattr(rows, "parts_of", lambda *told: kept.append(Counted(read(*told))) or kept[0])
    assert len(rows.read_state(Source.at(TODAY)).recommendations) == 36
    assert kept[0].looks <= 4


def pack_looks(review) -> int:
    shown = picture_of(review, clock.today(), clock.now())
    counted = replace(shown, recommendations=Counted(shown.recommendations))
    word.pack(counted, stamp(counted.as_at))
    return counted.recommendations.looks


def test_a_pack_looks_for_no_exception_s_recommendation(review, manager):
    few = pack_looks(review)
    for number in ("25", "26", "27", "29"):
        say(the_part(number), manager, Status.OFF_TRACK)
    assert pack_looks(review) - few <= 1  # a table of what moved, where there was none


def test_a_screen_of_the_meeting_compares_no_rows(review, manager, monkeypatch):
    say(the_part("25"), manager, Status.OFF_TRACK)
    monkeypatch.setattr("recommendations.state.picture.Row.__eq__", None)
    assert agenda.item_at(review, the_part("25"), clock.today(), clock.now()).whole.number == "25"


def test_what_was_not_accepted_looks_through_the_decisions_once(manager, slg_member):
    for number in ("25", "26", "27"):
        decide(the_part(number), slg_member, DecisionKind.NOT_ACCEPT)
    period = read_period(TODAY, TODAY)
    state = replace(period.board.state, decisions=Counted(period.board.state.decisions))
    counted = replace(period, board=replace(period.board, state=state))
    assert len(decided.refused(counted).tables[0].rows) == 3
    assert state.decisions.looks == 1


def test_a_workbook_read_back_looks_for_no_row_s_part(review, vca_cochair1, sign_in):
    book = download(sign_in(vca_cochair1))
    rows = read_rows(review.returns.get(body__slug="vca"), TODAY)
    counted = replace(rows, parts=Counted(rows.parts))
    assert read_back(counted, book).untouched == len(rows.parts) > 1
    assert counted.parts.looks <= 1


def test_a_row_s_answer_is_read_without_the_rest_of_the_page():
    class Sent(QueryDict):
        def lists(self):
            raise AssertionError("a page of 800 rows would be cleaned 1,600 times")

    sent = Sent("row-1-what_happened=We+met%00&row-2-what_happened=Nothing")
    assert typed_in(sent, 1) == {"what_happened": "We met"}
