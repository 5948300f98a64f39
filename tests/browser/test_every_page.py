"""Pages in the empty scene, those that stand alone, and what only a second step shows: all are sound.

The lived-in world has every page filled.
"""

from django.template.loader import render_to_string

from tests.browser.conftest import Visitor

EMPTY = (
    "/", "/isr-2021/25/", "/isr-2021/25/history/", "/reviews/", "/recommendations/", "/recommendations/?q=zebra",
    "/recommendations/?status=nonsense", "/isr-2021/99/",
)  # fmt: skip
ALONE = {
    "400.html": {},
    "400_host.html": {},
    "500_plain.html": {},
    "503.html": {"sent": True, "typed": ["What has happened since then", "w" * 300]},
    "not_ready.html": {"missing": {"what": "No organisation is loaded.", "command": "setup"}},
}


def test_public_pages_are_sound(visit):
    visitor = visit(None)
    for path in ("/sign-in/", "/accessibility/", "/privacy/", "/password/reset/", "/accounts-are-by-invitation/"):
        visitor.open(path).is_sound()


def test_pages_before_anything_is_said_are_sound(visit):
    visitor = visit("scrutineer")
    for path in EMPTY:
        visitor.open(path).is_sound()


def shown(visitor: Visitor, template: str, told: dict) -> Visitor:
    """The page as it would be sent, at an address of the tracker."""
    place, markup = f"/alone/{template}/", render_to_string(template, told)
    visitor.page.route(f"**{place}", lambda route: route.fulfill(body=markup, content_type="text/html"))
    return visitor.open(place)


def test_pages_that_stand_alone_are_sound(visit):
    visitor = visit(None)
    for template, told in ALONE.items():
        shown(visitor, template, told).is_sound()


def test_an_update_that_slips_is_sound_with_its_errors(visit):
    chair = visit("vca_cochair1").open("/isr-2021/26/update/")
    chair.choose("status", "at_risk").fill(what_happened="Less happened").press("Save update").is_sound()
    chair.press("Save update").sees("Enter why this has slipped").is_sound()


def test_text_that_looks_personal_is_warned_of_on_a_sound_page(visit):
    chair = visit("vca_cochair1").open("/isr-2021/26/update/")
    chair.choose("status", "no_change").fill(what_happened="We met Mrs Example").press("Save update")
    chair.sees("This may include a name").is_sound().press("It identifies nobody, save").sees("saved")
