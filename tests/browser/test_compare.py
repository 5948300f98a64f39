"""Two days of a recommendation side by side, and the list by what changed since, on a desk and on a phone."""

import datetime as dt

import pytest

from krscp import clock
from recommendations.domain.workflow import Status
from tests.conftest import CAST
from tests.factories import make_person, say, the_part

SAID = {2: (Status.ON_TRACK, "The group met"), 9: (Status.AT_RISK, "The group met twice")}


@pytest.mark.parametrize(("size", "javascript"), [("wide", True), ("phone", False)])
def test_a_lay_member_compares_two_days_and_finds_what_changed(visit, size, javascript):
    lay = visit("lay_member", size, javascript)
    chair = make_person(*CAST["vca_cochair1"], email="vca_cochair1@people.example", name="Co-chair")
    for day, (status, text) in SAID.items():
        with clock.at(dt.datetime(2040, 5, day, 9, tzinfo=dt.UTC)):
            say(the_part("25"), chair, status, what_happened=text)
    lay.open("/isr-2021/25/").click("Compare two days").sees("Compare two days").press("Compare")
    lay.sees("What differs between the end of 2 May 2040 and the end of 9 May 2040", "twice").is_sound()
    assert lay.page.inner_text("ins.app-added >> text=twice").split() == ["Added:", "twice"]
    lay.open("/recommendations/?since=2040-05-01").sees("Changed since 1 May 2040", "1 recommendation").is_sound()
