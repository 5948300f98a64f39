"""Valid bodies for every route, so that a refusal is never owed to a mistake in the form."""

import uuid

from django.core.files.uploadedfile import SimpleUploadedFile

from recommendations.models import Part, Priority, Return, Review
from subgroups.models import Body, Post
from tests.factories import PASSWORD
from tests.permissions.carried_bodies import a_preview
from tests.permissions.scenes import part_at, recommendations_at


def day(name: str, year: int = 2030) -> dict:
    return {f"{name}_day": 30, f"{name}_month": 6, f"{name}_year": year}


SAYS = {"status": "on_track", "what_happened": "The group met", "what_next": "Write it up"} | day("next_date")
EVIDENCE = {"title": "Minutes", "shows": "That it was agreed", "link": "https://example.org/minutes"}
DONE = {"done": "It was done", "difference": "no_direct_effect", "difference_text": "Indirectly"} | EVIDENCE
RULES = {"wording": "The SLG agreed"} | day("decided_on", 2021) | day("agreed_date") | day("recheck_on")
REPORTS = {"title": "Annual report", "sections": ["children"]} | day("period_from", 2021) | day("period_to")
READS = {"short_title": "Another title", "asks_for": "do", "asks_for_reason": "It says so"}
BODIES = {
    "review_new": {"kind": "six_monthly", "compare": "before"} | day("held_on"),
    "review_change": {"kind": "six_monthly", "compare": "before"} | day("held_on"),
    "review_learning": {"kind": "audit", "title": "Audit", "changes": "Nothing"},
    "review_attendance": {"disproportionality": "Taken"},
    "return": {"do": "save"},
    "update": SAYS,
    "complete": DONE,
    "evidence": EVIDENCE,
    "actions": {"what": "Ask for minutes", "who": "Chair"},
    "decide": RULES,
    "addendum": RULES,
    "escalate": {"ask": "Decide who pays"},
    "confirm": {"answer": "yes"},
    "reading": READS,
    **dict.fromkeys(("annual_report", "annual_report_change"), REPORTS),
    "invite": {"name": "New", "email": "new@people.example"} | day("starts"),
    "end_appointment": day("ends"),
    "account_login": {"login": "manager@people.example", "password": PASSWORD},
    "account_reset_password": {"email": "manager@people.example"},
    "account_change_password": {"oldpassword": PASSWORD, "password1": PASSWORD * 2, "password2": PASSWORD * 2},
}


def body_for(route: str, about: str, address: dict, person) -> dict:
    """What a browser would send, with a token of its own and the version that stands."""
    body = BODIES.get(route.removeprefix("part_"), {}) | {"token": str(uuid.uuid4())}
    if route == "import":
        report = SimpleUploadedFile("report.md", b"Recommendation 1: The SLG decides.")
        return body | {"file": report, "code": "new", "published": "2026"}
    if route == "reading":
        found = recommendations_at(address).first()
        return body | {"version": found.version if found else 1}
    if route == "invite":
        post, _, whom = about.partition(":")
        return body | {"post": Post.objects.get(slug=post).pk} | ({"email": person.email} if whom and person else {})
    if route in ("review_change", "review_attendance"):
        found = Review.objects.filter(slug=address["slug"]).first()
        return body | {"version": found.version if found else 1}
    if route.startswith("return"):
        return body | versions(address) | (a_preview(address, person) if route == "return_upload" else {})
    part = part_at(address) if route != "addendum" else Part.objects.filter(decisions__pk=address["pk"]).first()
    if route == "meeting_item":
        kind = "sign_off" if "sign_off" in about else "note"
        return body | {"kind": kind, "wording": "Noted", "version": part.version if part else 1}
    choices = {
        "owner": Body.objects.get(slug="health-leads").pk,
        "priority": Priority.objects.first().pk,
        "replacement": "26",
    }
    return body | {"version": part.version if part else 1} | choices


def versions(address: dict) -> dict:
    """What the pages of a return send besides what is typed: the versions that their reader saw."""
    wanted = Return.objects.filter(review__slug=address["slug"], body__slug=address["body"]).first()
    if wanted is None:
        return {"version": 1}
    answers = wanted.answers.select_related("part")
    rows = {f"row-{answer.part_id}-seen": answer.version for answer in answers}
    rows |= {f"row-{answer.part_id}-{name}": value for answer in answers for name, value in answer.given.items()}
    return {"version": wanted.version} | rows | {f"part-{answer.part_id}": answer.part.version for answer in answers}
