"""A whole half year in one go, as five people: returns, the meeting by keyboard, the freeze, and what changed since."""

import datetime as dt

import pytest

from krscp import clock
from recommendations.domain.workflow import Status
from recommendations.models import Review
from recommendations.services.reviews import start_meeting
from tests.browser.test_main_path import download
from tests.conftest import cast_member
from tests.factories import freeze, propose, review_in, say, the_part

TODAY = clock.today()
REVIEW = TODAY + dt.timedelta(days=20)
PLACE = f"/reviews/{REVIEW:%Y-%m}/"
VCA = f"{PLACE}returns/vca/"


@pytest.fixture
def half_a_year_ago(loaded) -> None:
    """The people are in post, and the review before was frozen six months ago."""
    for who in ("vca_cochair1", "vca_cochair2", "slg_member", "manager"):
        cast_member(who)
    long_ago = clock.now() - dt.timedelta(days=182)
    with clock.at(long_ago):
        freeze(review_in("meeting", cast_member("manager"), TODAY - dt.timedelta(days=182)), cast_member("manager"))


def row(number: str, slug: str = "whole") -> str:
    return f"row-{the_part(number, slug).pk}"


def set_up(manager) -> None:
    manager.open("/reviews/").click("Set up a review").choose("kind", "six_monthly")
    manager.date("held_on", str(REVIEW.day), str(REVIEW.month), str(REVIEW.year)).press("Save review")
    manager.sees("Six-monthly review").press("Ask for returns").sees("bodies are asked for a return", "VCA")


def fill_together(one, two) -> None:
    """Both co-chairs open the return, write about 25, and lose nothing."""
    for chair in (one, two):
        chair.open("/").click("Start return").sees("Return of Vulnerable Child and Adolescent subgroup")
    one.choose(f'"{row("25")}-status"', "on_track").write(row("25"), "First said this", "Go on", "30 6 2030")
    one.press("Save draft").sees("Draft saved. 1 of")
    two.choose(f'"{row("25")}-status"', "on_track").write(row("25"), "Second said that", "Go on", "30 6 2030")
    two.press("Save draft").sees("while you were writing", "First said this")
    assert two.page.input_value(f'[name="{row("25")}-what_happened"]') == "Second said that"
    two.is_sound().press("Combine").sees("Draft saved")
    assert "First said this" in two.page.input_value(f'[name="{row("25")}-what_happened"]')


def send_return(chair) -> None:
    chair.press("No change to the rest").sees("answered").press("Check return")
    chair.sees("First said this", "Second said that")
    chair.is_sound().press("Send return").sees("Return sent", "What happens next", "The Manager has the return")


def hold_meeting(member, javascript: bool) -> None:
    """Sign off, send back, agree a date: by keyboard alone."""
    page = member.page
    member.open(f"{PLACE}meeting/")
    for address, kind, words, day in (
        ("isr-2021/30/whole", "sign_off", "Signed off.", ""),
        ("isr-2021/26/whole", "send_back", "Show the numbers.", "30 6 2031"),
        ("isr-2021/13/whole", "agree_date", "The later date is agreed.", "30 6 2031"),
    ):
        member.open(f"{PLACE}meeting/{address}/")
        page.focus(f"[name=kind][value={kind}]")
        page.keyboard.press("Space")
        page.focus("[name=wording]")
        page.keyboard.type(words)
        for box, text in zip(("day", "month", "year"), day.split(), strict=False):
            page.focus(f"[name=by_{box}]")
            page.keyboard.press("Control+a")
            page.keyboard.type(text)
        page.focus("text=Save decision and next")
        page.keyboard.press("Enter")
        page.wait_for_load_state()
        member.sees("recorded")
    if javascript:
        begin_and_turn_the_page(member)
        before = page.url
        page.locator("body").press("PageDown")
        page.wait_for_url(lambda url: url != before)


def begin_and_turn_the_page(member) -> None:
    """Page Down does not leave a decision that is begun."""
    page, before = member.page, member.page.url
    page.check("[name=kind][value=note]")
    page.locator("[name=kind][value=note]").press("PageDown")
    member.sees("This decision is not saved yet")
    assert page.url == before
    member.open(before.removeprefix(member.base))


@pytest.mark.parametrize("javascript", [True, False])
def test_a_half_year_from_the_first_return_to_what_changed_since(half_a_year_ago, visit, javascript):
    manager = visit("manager", javascript=javascript)
    set_up(manager)
    one, two = visit("vca_cochair1", javascript=javascript), visit("vca_cochair2", "phone", javascript)
    fill_together(one, two)
    send_return(two)
    propose(the_part("30"), cast_member("qi_cochair"))
    propose(the_part("26"), cast_member("vca_cochair1"))
    say(the_part("13"), cast_member("manager"), Status.AT_RISK, requested_date=dt.date(2031, 5, 1))

    manager.open(PLACE).sees("VCA has sent its return", "Nothing is off track")
    manager.clicks = 0
    assert download(manager, "Pack in Word")[:2] == b"PK"
    assert manager.clicks <= 2
    manager.click("Start meeting").sees("1 of 3 returns are in").is_sound()
    manager.press("Start the meeting now").sees("The meeting has started")
    hold_meeting(visit("slg_member", javascript=javascript), javascript)
    assert the_part("30").status == Status.COMPLETE
    assert the_part("26").agreed_date == the_part("13").agreed_date == dt.date(2031, 6, 30)

    manager.open(PLACE).click("Freeze and finish review").sees("No attendance is recorded").is_sound()
    manager.page.click("main form button")
    manager.sees("Frozen record. It does not change.").is_sound()
    pack, minutes = download(manager, "Pack in Word"), download(manager, "Minutes in Word")
    shown = manager.page.inner_text("main").partition("Six-monthly review")[2]

    later = clock.now() + dt.timedelta(days=92)
    with clock.at(later):
        say(the_part("25"), cast_member("vca_cochair1"), Status.OFF_TRACK)
    manager.open(PLACE)
    assert manager.page.inner_text("main").partition("Six-monthly review")[2] == shown
    assert (download(manager, "Pack in Word"), download(manager, "Minutes in Word")) == (pack, minutes)

    scrutineer = visit("scrutineer", javascript=javascript)
    follow = REVIEW + dt.timedelta(days=182)
    review_in("collecting", cast_member("manager"), follow)
    scrutineer.open(f"/reviews/{follow:%Y-%m}/")
    scrutineer.sees("worse 1, complete 0; same 35", "25 Audit of marginalised communities")


def test_a_return_with_most_unchanged_takes_a_dozen_clicks_and_a_decision_two(half_a_year_ago, visit):
    review_in("collecting", cast_member("manager"), REVIEW)
    chair = visit("vca_cochair1")
    chair.open("/").clicks = 0
    chair.click("Start return")
    for number in ("25", "26", "32"):
        chair.choose(f'"{row(number)}-status"', "on_track").write(row(number), "It goes on", "Go on", "30 6 2030")
    send_return_of(chair)
    assert chair.clicks <= 12
    start_meeting(review=Review.objects.at(f"{REVIEW:%Y-%m}"), by=cast_member("manager"))
    member = visit("slg_member").open(f"{PLACE}meeting/isr-2021/25/whole/")
    member.clicks = 0
    member.choose("kind", "note").fill(wording="Noted.").press("Save decision and next").sees("recorded")
    assert member.clicks <= 2


def send_return_of(chair) -> None:
    chair.press("No change to the rest").sees("Draft saved").press("Check return").press("Send return")
    chair.sees("Return sent")
