"""The places that the lines of tests/permissions/routes.py are about, and what stands there."""

import uuid
from datetime import timedelta

from django.db.models import QuerySet
from django.utils.http import int_to_base36

from krscp import clock
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from recommendations.models import Part, Recommendation, Return, Review
from recommendations.services.actions import add_action
from recommendations.services.escalations import escalate
from subgroups.models import Body
from tests.factories import annual_report_in, answer_all, decide, learn, make_person, propose, review_in, say

CODE = "isr-2021"
KIND = {kind.slug: kind for kind in DecisionKind}


def prepare(part: Part, kind: str, asker) -> None:
    """Bring the part to where this decision about it is open, as asked for by `asker`."""
    if kind in ("sign-off", "send-back") or (kind == "agree-owner" and asker is not None):
        propose(part, asker)
    elif kind == "answer":
        escalate(part=part, ask="Decide", by_when=None, otherwise="", token=uuid.uuid4(), by=asker)
    elif kind == "reopen":
        decide(part, make_person("slg-secondary-head"), DecisionKind.NOT_ACCEPT)
    elif asker is not None:
        say(part, asker, Status.AT_RISK)


RETURN_PAGES = ("return", "return_check", "return_sent", "return_workbook", "return_upload")
MISSING = {"body": {"slug": "none"}, "report": {"code": "none"}, "review_learning_off": {"slug": "none", "pk": 0}}
MISSING["annual_report_file"] = {"pk": 0, "file_format": "word"}
MISSING["annual_report_table"] = {"pk": 0, "slug": "children"}
MISSING |= {route: {"slug": "none", "body": "vca"} for route in RETURN_PAGES}
MISSING |= {route: {"slug": "none"} for route in ("review", "review_list", "review_ask", "review_start")}


def scene(route: str, about: str, cast: dict) -> dict:
    """The address that a line of the table is about, and what stands there."""
    if about == "missing":
        return MISSING.get(route, {"pk": 0})
    if route in SCENES or route.endswith("_export"):
        return SCENES.get(route, a_file)(about, cast)
    if about == "-":
        return {}
    place, *rest = about.split(":")
    number, _, slug = place.partition("/")
    address = {"code": CODE, "number": number} | ({"part": slug} if slug else {})
    if "decide" not in route:
        return address
    kind, *asker = rest
    if part := part_at(address):
        prepare(part, kind, cast[asker[0]] if asker else None)
    return address | {"kind": kind}


def an_update(about: str, cast: dict) -> dict:
    number, author = about.split(":")
    return {"pk": say(part_at({"number": number}), cast[author]).pk}


def a_proposal(about: str, cast: dict) -> dict:
    number, author = about.split(":")
    return {"pk": propose(part_at({"number": number}), cast[author]).pk}


def a_decision(about: str, cast: dict) -> dict:
    decided = decide(part_at({"number": about}), make_person("slg-secondary-head"), DecisionKind.NOTE)
    return {"pk": decided.pk}


def an_action(about: str, cast: dict) -> dict:
    part = part_at({"number": about})
    return {"pk": add_action(part=part, what="Ask", who="Chair", due=None, token=uuid.uuid4(), by=cast["manager"]).pk}


def a_review(stage: str, cast: dict) -> Review:
    """A review in a stage; "sent" has a return of VCA that was sent."""
    return review_in("collecting" if stage == "sent" else stage, cast["manager"])


def a_place_in_a_review(about: str, cast: dict) -> dict:
    """A stage, and after a colon a recommendation; what is decided about it may be asked for first."""
    stage, _, place = about.partition(":")
    address = {"slug": a_review(stage, cast).slug}
    if not place:
        return address
    number, *asked = place.split(":")
    if asked:
        propose(part_at({"number": number}), cast[asked[1]])
    return address | {"code": CODE, "number": number}


def a_return(about: str, cast: dict) -> dict:
    stage, _, body = about.partition(":")
    review = a_review(stage, cast)
    wanted = Return.objects.filter(review=review, body__slug=body).first()
    wanted = wanted or Return.objects.create(review=review, body=Body.objects.get(slug=body))
    if stage != "frozen":
        answer_all(wanted, cast["vca1"], send=stage == "sent")
    return {"slug": review.slug, "body": body}


def a_lesson(about: str, cast: dict) -> dict:
    review = a_review(about, cast)
    return {"slug": review.slug, "pk": learn(review, cast["manager"]).pk}


def a_file(about: str, cast: dict) -> dict:
    """A list as a file; before the colon whose list: a review's by its stage, a day's, a recommendation's, a body's."""
    place, _, file_format = about.rpartition(":")
    if place in ("today", "tomorrow", "nonsense"):
        return a_day(place, cast) | {"file_format": file_format}
    if place.isdigit():
        return {"code": CODE, "number": place, "file_format": file_format}
    slug = a_review(place, cast).slug if place in ("collecting", "meeting", "frozen") else place
    return {"file_format": file_format} | ({"slug": slug} if slug else {})


def a_day(about: str, cast: dict) -> dict:
    day, _, number = about.partition(":")
    tomorrow = {"today": clock.today(), "tomorrow": clock.today() + timedelta(days=1)}.get(day, day)
    return {"day": str(tomorrow)} | ({"code": CODE, "number": number} if number else {})


def an_annual_report(about: str, cast: dict) -> dict:
    stage, _, file_format = about.partition(":")
    address = {"pk": annual_report_in(stage, cast["manager"]).pk}
    return address | ({"file_format": file_format} if file_format else {})


def a_table_of_an_annual_report(about: str, cast: dict) -> dict:
    stage, _, slug = about.partition(":")
    return an_annual_report(stage, cast) | {"slug": slug}


IN_A_REVIEW = (
    "review", "review_list", "review_decisions", "review_recommendation", "pack", "pack_file", "minutes_file",
    "meeting", "review_change", "review_learning", "review_attendance", "review_finish", "review_ask", "review_start",
    "review_remind", "review_calendar",
)  # fmt: skip
SCENES = dict.fromkeys(IN_A_REVIEW, a_place_in_a_review) | dict.fromkeys(
    RETURN_PAGES, a_return
) | dict.fromkeys(("as_at", "as_at_list", "as_at_recommendation"), a_day)  # fmt: skip
SCENES |= {f"annual_report_{name}": an_annual_report for name in ("page", "change", "run", "file")}
SCENES["annual_report_table"] = a_table_of_an_annual_report
SCENES |= {
    "meeting_item": lambda about, cast: a_place_in_a_review(about, cast) | {"part": "whole"},
    "review_learning_off": a_lesson,
    "body": lambda about, cast: {"slug": about},
    "report": lambda about, cast: {"code": about},
    "undo": an_update,
    "confirm": a_proposal,
    "addendum": a_decision,
    "action_done": an_action,
    "end_appointment": lambda about, cast: {"pk": cast[about].appointments.first().pk},
    "invite": lambda about, cast: {},
    "account_reset_password_from_key": lambda about, cast: {
        "uidb36": int_to_base36(cast["closed"].pk),
        "key": "used-or-made-up",
    },
}


def part_at(address: dict) -> Part | None:
    """The part that an address means; of a recommendation with several, none."""
    found = Part.objects.filter(recommendation__in=recommendations_at(address), slug=address.get("part", "whole"))
    return found.select_related("recommendation").prefetch_related("ownerships").first()


def recommendations_at(address: dict) -> QuerySet[Recommendation]:
    """The recommendation that an address means; none where there is none, or where it means something else."""
    return Recommendation.objects.filter(report__code=address.get("code", CODE), slug=address.get("number"))
