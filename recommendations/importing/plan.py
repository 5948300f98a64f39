"""What a person settled in the preview of an import, and its storing: the whole of it or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import IntegrityError, transaction

from krscp.constraints import breaks
from recommendations.importing.apply import CodeRefused, add_to_report, apply_report
from recommendations.importing.labels import item_label
from recommendations.importing.parsed import ParsedRecommendation, ParsedReport, SubPoint
from recommendations.models import Recommendation, Report
from recommendations.services.ownership import name_owner
from recommendations.services.readings import settle_imported
from subgroups.models import Body, User

BULLET = "• "


@dataclass(frozen=True)
class Owner:
    """A body that owns a recommendation: named in the text with the words, or our reading with the reason."""

    body: Body
    kind: str
    words: str = ""
    reason: str = ""


@dataclass(frozen=True)
class PlannedRecommendation:
    """One recommendation as settled: label and wording, our short title, owners, what it follows on from."""

    found: ParsedRecommendation
    short_title: str = ""
    owners: tuple[Owner, ...] = ()
    earlier: Recommendation | None = None
    how: str = ""


@dataclass(frozen=True)
class About:
    """What the report is called and where it stands in addresses."""

    code: str
    title: str
    published: str
    adds: bool = False  # to a list that is here already, what it has more


def corrected(found: ParsedRecommendation, *, label: str, opening: str, points: tuple[SubPoint, ...]) -> (
    ParsedRecommendation
):
    """The recommendation with a corrected label, wording and sub-points.

    Where sub-points run on in the sentence the wording holds them already; listed ones follow it, a line each.
    """
    inline = found.inline and opening == found.opening
    lines = [opening] if inline else [opening, *(point.text for point in points)]
    text = "\n".join(line for line in lines if line)
    return replace(found, label=label, opening=opening, text=text, sub_points=points, inline=inline)


def points_in(lines: str) -> tuple[SubPoint, ...]:
    """Sub-points as they are typed, one a line: “a) words”, or “• words” for one without a label."""
    return tuple(_point(line.strip()) for line in lines.splitlines() if line.strip())


def _point(line: str) -> SubPoint:
    if line.startswith(BULLET.strip()):
        return SubPoint("", line.removeprefix(BULLET.strip()).strip())
    return SubPoint(*item_label(line))


def lines_of(points: tuple[SubPoint, ...]) -> str:
    """Sub-points as they are shown for correction."""
    return "\n".join(f"{f'{point.label}) ' if point.label else BULLET}{point.text}" for point in points)


def why_refused(about: About) -> str:
    """Why a report cannot have this code, or "". A list that was imported before can be imported again."""
    there = Report.objects.filter(code=about.code).first()
    if there is None or (about.adds and not there.paragraphs.exists()):
        return ""
    return f"There is a report with the code “{about.code}” already. Choose another code."


def about_list(code: str, title: str, published: str) -> About:
    """What the list is called: as it is here already, where it was imported before."""
    if there := Report.objects.filter(code=code).first():
        return About(code, there.title, there.published, adds=True)
    return About(code, title, published)


def standing_in(about: About) -> dict[str, str]:
    """The wording of each recommendation that the list has here already, by its number."""
    listed = Recommendation.objects.filter(report__code=about.code) if about.adds else Recommendation.objects.none()
    return {number.casefold(): text for number, text in listed.values_list("number", "text")}


def store(*, parsed: ParsedReport, about: About, entries: list[PlannedRecommendation], token: UUID, by: User) -> Report:
    """Store the report with everything that was settled; the same form sent twice stores it once.

    Raises CodeRefused for a code that is taken or malformed, or a number that is, and then stores nothing.
    """
    try:
        return _store(parsed, about, entries, token, by)
    except IntegrityError as error:  # somebody stored it in this moment
        if not (breaks(error, Report, "token") or breaks(error, Report, "code")):
            raise
        if before := stored_before(token):
            return before
        raise CodeRefused(why_refused(about) or "Somebody imported the same just now. Look at the reports.") from None


def stored_before(token: UUID) -> Report | None:
    """What the same form stored when it was sent before."""
    return Report.objects.filter(token=token).first()


@transaction.atomic
def _store(parsed: ParsedReport, about: About, entries: list[PlannedRecommendation], token: UUID, by: User) -> Report:
    if before := stored_before(token):
        return before
    if refusal := why_refused(about):
        raise CodeRefused(refusal)
    if about.adds:
        return _add(about, entries, by)
    settled = replace(parsed, recommendations=tuple(entry.found for entry in entries))
    report = apply_report(
        settled, code=about.code, title=about.title, published=about.published, by=by, token=token
    )
    return _settled(report, entries, by)


def _add(about: About, entries: list[PlannedRecommendation], by: User) -> Report:
    """What the list has more than its report; what stands there in the same words already is left as it is."""
    report = Report.objects.select_for_update().get(code=about.code)
    there = standing_in(about)
    if others := [found.label for found in (entry.found for entry in entries) if _differs(found, there)]:
        raise CodeRefused(f"Number {others[0]} is in the tracker already, with other wording. Leave it out.")
    last = max(report.recommendations.values_list("position", flat=True), default=0)
    new = [entry for entry in entries if entry.found.label.casefold() not in there]
    moved = [replace(entry, found=replace(entry.found, position=last + place)) for place, entry in enumerate(new, 1)]
    add_to_report(report, [entry.found for entry in moved], by)
    return _settled(report, moved, by)


def _differs(found: ParsedRecommendation, there: Mapping[str, str]) -> bool:
    return there.get(found.label.casefold(), found.text) != found.text


def _settled(report: Report, entries: list[PlannedRecommendation], by: User) -> Report:
    stored = {found.position: found for found in report.recommendations.prefetch_related("parts")}
    for entry in entries:
        _settle(stored[entry.found.position], entry, by)
    return report


def _settle(recommendation: Recommendation, entry: PlannedRecommendation, by: User) -> None:
    settle_imported(
        recommendation=recommendation, short_title=entry.short_title, earlier=entry.earlier, how=entry.how, by=by
    )
    for part in recommendation.parts.all():
        for place, owner in enumerate(entry.owners):
            name_owner(
                part=part, body=owner.body, kind=owner.kind, words=owner.words, reason=owner.reason, place=place, by=by
            )

