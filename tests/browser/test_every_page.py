"""Every page as the roles see it, empty, filled and with errors: axe is silent and nothing scrolls sideways."""

import pytest

from recommendations.workflow import DecisionKind, Status
from tests.conftest import cast_member
from tests.factories import A_DAY, decide, propose, say, the_part

PAGES = [
    "/", "/recommendations/", "/recommendations/?status=off_track&owner=vca&q=audit", "/recommendations/?q=zebra",
    "/recommendations/?status=nonsense", "/reports/", "/isr-2021/", "/isr-2021/12/", "/isr-2021/25/", "/isr-2021/2/",
    "/isr-2021/28/", "/isr-2021/25/history/", "/bodies/", "/bodies/vca/", "/bodies/llr/", "/reviews/",
    "/accessibility/", "/privacy/", "/isr-2021/99/",
]  # fmt: skip
OWNERS_PAGES = [
    "/", "/isr-2021/25/update/", "/isr-2021/18/vca/update/", "/isr-2021/26/complete/", "/isr-2021/25/evidence/",
    "/isr-2021/25/actions/", "/isr-2021/12/update/", "/isr-2021/24/complete/",
]  # fmt: skip
DECISIONS = [f"/isr-2021/25/decide/{kind.slug}/" for kind in DecisionKind] + ["/isr-2021/24/decide/sign-off/"]
MANAGERS_PAGES = [
    "/", "/isr-2021/12/update/", "/isr-2021/12/b/update/", "/isr-2021/25/reading/", "/people/", "/people/invite/",
    "/export-log/",
]  # fmt: skip


@pytest.fixture
def progress(loaded) -> None:
    """Something in most statuses, so that no page is empty."""
    chair, member = cast_member("vca_cochair1"), cast_member("slg_member")
    say(the_part("25"), chair)
    say(the_part("25"), chair, Status.OFF_TRACK)
    say(the_part("12", "b"), cast_member("manager"), Status.AT_RISK)
    propose(the_part("24"), cast_member("llr_cochair"))
    decide(the_part("25"), member, DecisionKind.AGREE_DATE, agreed_date=A_DAY)
    decide(the_part("21"), member, DecisionKind.NOT_ACCEPT)


def test_public_pages_are_sound(visit):
    visitor = visit(None)
    for path in ("/sign-in/", "/accessibility/", "/privacy/", "/password/reset/", "/accounts-are-by-invitation/"):
        visitor.open(path).is_sound()


def test_pages_before_anything_is_said_are_sound(visit):
    visitor = visit("scrutineer")
    for path in ("/", "/isr-2021/25/", "/isr-2021/25/history/", "/reviews/", "/recommendations/"):
        visitor.open(path).is_sound()


def test_reading_pages_are_sound(progress, visit):
    visitor = visit("lay_member")
    for path in PAGES:
        visitor.open(path).is_sound()


@pytest.mark.parametrize(
    ("who", "pages"),
    [
        ("vca_cochair1", OWNERS_PAGES),
        ("slg_member", ["/", "/isr-2021/25/", *DECISIONS]),
        ("manager", MANAGERS_PAGES),
        ("administrator", ["/", "/people/"]),
        ("strategic_lead", ["/"]),
        ("llr_cochair", ["/"]),
        ("commissioner", ["/"]),
        ("nobody", ["/"]),
    ],
)
def test_pages_of_each_role_are_sound(progress, visit, who, pages):
    visitor = visit(who)
    for path in pages:
        visitor.open(path).is_sound()


def test_forms_with_errors_are_sound(progress, visit):
    chair = visit("vca_cochair1")
    chair.open("/isr-2021/26/update/").press("Save update").sees("There is a problem").is_sound()
    chair.choose("status", "at_risk").fill(what_happened="Less happened").press("Save update").is_sound()
    chair.press("Save update").sees("Enter why this has slipped").is_sound()
    chair.open("/isr-2021/26/complete/").press("Propose completion").sees("There is a problem").is_sound()
    chair.open("/isr-2021/26/evidence/").press("Save evidence").is_sound()
    member = visit("slg_member").open("/isr-2021/25/decide/agree-owner/")
    member.press("Save decision").sees("Select the owner").is_sound()


def test_text_that_looks_personal_is_warned_of_on_a_sound_page(progress, visit):
    chair = visit("vca_cochair1").open("/isr-2021/26/update/")
    chair.choose("status", "no_change").fill(what_happened="We met Mrs Example").press("Save update")
    chair.sees("This may include a name").is_sound().press("It identifies nobody, save").sees("saved")
