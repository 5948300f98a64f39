"""Every object of the world at every address that shows it, and who may open it there."""

from collections.abc import Iterator

from recommendations.domain.kinds import DecisionKind
from recommendations.models import (
    AnnualReport,
    Decision,
    Part,
    Recommendation,
    Report,
    Return,
    Review,
    Update,
)
from subgroups.models import Appointment, Body, Learning
from tests.world import allowed
from tests.world.days import TODAY

Place = tuple[str, dict, set[str]]  # a route, the address of an object, who may open it
FORMATS = ("csv", "xlsx", "docx")
READ_ONE = ("home", "recommendations", "reports", "reviews", "bodies", "now_list", "as_at_ask", "kept")
MANAGED = ("review_new", "import", "annual_report")
READ_IN_REVIEW = (
    "review", "review_list", "review_decisions", "pack", "pack_file", "minutes_file", "meeting", "review_calendar",
)  # fmt: skip
EXPORTS = ("recommendations", "reviews", "reports", "bodies", "now_list")


def places() -> list[Place]:
    """All of them, one after the other."""
    return [*single(), *of_recommendations(), *of_parts(), *decisions(), *of_reviews(), *of_returns(), *others()]


def single() -> Iterator[Place]:
    yield from ((route, {}, allowed.POSTS) for route in READ_ONE)
    yield from ((route, {}, allowed.TEAM) for route in MANAGED)
    yield from ((route, {}, allowed.PEOPLE) for route in ("people", "invite"))
    yield "export_log", {}, allowed.AUDIT
    yield from ((route, {}, allowed.SLG | allowed.LEADS | allowed.TEAM) for route in ("decisions", "exceptions"))
    yield "yours", {}, allowed.POSTS - allowed.READERS
    yield "chase", {}, allowed.TEAM
    for file_format in FORMATS:
        yield from ((f"{route}_export", {"file_format": file_format}, allowed.POSTS) for route in EXPORTS)
        yield "people_export", {"file_format": file_format}, allowed.PEOPLE
        yield "export_log_export", {"file_format": file_format}, allowed.AUDIT


def of_recommendations() -> Iterator[Place]:
    yield from (("report", {"code": report.code}, allowed.POSTS) for report in Report.objects.all())
    for found in Recommendation.objects.select_related("report"):
        place = {"code": found.report.code, "number": found.slug}
        yield "recommendation", place, allowed.POSTS
        yield "recommendation_history", place, allowed.POSTS
        yield "reading", place, allowed.TEAM
        yield "history_export", place | {"file_format": "xlsx"}, allowed.POSTS
        yield "as_at_recommendation", place | {"day": str(TODAY)}, allowed.POSTS


def address(part: Part) -> tuple[dict, str, str]:
    """Where its pages stand, what their routes begin with, and its place in the words of allowed.py."""
    found = part.recommendation
    place = {"code": found.report.code, "number": found.slug}
    named = found.slug if found.report.code == "isr-2021" else f"{found.report.code} {found.slug}"
    if part.slug == "whole":
        return place, "", named
    return place | {"part": part.slug}, "part_", f"{named}/{part.slug}"


def of_parts() -> Iterator[Place]:
    for part in Part.objects.select_related("recommendation__report"):
        place, prefix, named = address(part)
        for route in ("update", "complete", "evidence", "actions"):
            yield prefix + route, place, allowed.may_update(named)
        yield f"{prefix}escalate", place, allowed.may_escalate(named)


def decisions() -> Iterator[Place]:
    for part in Part.objects.select_related("recommendation__report"):
        place, prefix, named = address(part)
        for kind in DecisionKind:
            yield f"{prefix}decide", place | {"kind": kind.slug}, allowed.may_decide(named, kind.slug)
    for decision in Decision.objects.all():
        yield "addendum", {"pk": decision.pk}, allowed.SLG | allowed.LEADS | allowed.TEAM
    proposal = Update.objects.get(kind="proposal", part__recommendation__number="26")
    yield "confirm", {"pk": proposal.pk}, {"project_x_lead"}


def of_reviews() -> Iterator[Place]:
    for review in Review.objects.all():
        place = {"slug": review.slug}
        yield from ((route, place, allowed.POSTS) for route in READ_IN_REVIEW)
        managed = ("review_change", "review_learning", "review_attendance", "review_finish", "review_start")
        yield from ((route, place, allowed.TEAM) for route in managed)
        for route in ("review_list_export", "decisions_export"):
            yield from ((route, place | {"file_format": file_format}, allowed.POSTS) for file_format in FORMATS)
        for number in ("25", "26", "12"):
            yield "review_recommendation", place | {"code": "isr-2021", "number": number}, allowed.POSTS
    yield "meeting_item", {"slug": "2026-11", "code": "isr-2021", "number": "25", "part": "whole"}, allowed.POSTS


def of_returns() -> Iterator[Place]:
    for wanted in Return.objects.select_related("review", "body"):
        place = {"slug": wanted.review.slug, "body": wanted.body.slug}
        may = allowed.RETURNS.get(wanted.body.slug, set()) | allowed.TEAM
        closed = not wanted.is_sent and not wanted.review.takes_returns
        yield from ((route, place, set() if closed else may) for route in ("return", "return_check", "return_upload"))
        yield "return_workbook", place, set() if closed or wanted.is_sent else may
        yield "return_sent", place, allowed.POSTS


def others() -> Iterator[Place]:
    for body in Body.objects.all():
        yield "body", {"slug": body.slug}, allowed.POSTS
        yield "body_export", {"slug": body.slug, "file_format": "csv"}, allowed.POSTS
    for report in AnnualReport.objects.all():
        yield from ((f"annual_report_{route}", {"pk": report.pk}, allowed.TEAM) for route in ("page", "change"))
        for file_format in ("word", "excel", "csv"):
            yield "annual_report_file", {"pk": report.pk, "file_format": file_format}, allowed.TEAM
        yield "annual_report_table", {"pk": report.pk, "slug": "children"}, allowed.TEAM
    for held in Appointment.objects.select_related("person", "post"):
        may = {"administrator"} if held.post.role == "administrator" else allowed.PEOPLE
        yield "end_appointment", {"pk": held.pk}, may - {held.person.email.partition("@")[0]}
    for day in ("2025-09-01", "2025-10-20", "2026-02-28", str(TODAY)):
        yield from ((route, {"day": day}, allowed.POSTS) for route in ("as_at", "as_at_list"))
        yield "as_at_list_export", {"day": day, "file_format": "csv"}, allowed.POSTS
    for lesson in Learning.objects.select_related("meeting__review"):
        yield "review_learning_off", {"slug": lesson.meeting.review.slug, "pk": lesson.pk}, allowed.TEAM
