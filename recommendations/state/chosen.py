"""The recommendations behind a figure: what an address asks for, of a whole picture or of the database."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import QueryDict

from recommendations.domain.flags import Flag
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from recommendations.models import Priority
from recommendations.state import lists
from recommendations.state.counts import ANSWERS, NO_OWNER, NO_PRIORITY, NONE, Asks
from recommendations.state.figures import answered, mixed, steps_of, unanswered
from recommendations.state.movement import LABELS, MOVES, way
from recommendations.state.picture import Picture, Whole
from recommendations.state.source import Source
from subgroups.models import Body

YES = "yes"
ASKS: dict[str, Callable[[Whole, str], bool]] = {
    "status": lambda whole, value: whole.status == value,
    "owner": lambda whole, value: (
        whole.lacks_owner if value == NONE else any(body.slug == value for body in whole.owners)
    ),
    "priority": lambda whole, value: (whole.priority.slug if whole.priority else NONE) == value,
    "step": lambda whole, value: value in map(str, whole.steps),
    "children": lambda whole, value: (whole.difference or NONE) == value,
    "moved": lambda whole, value: way(whole.before, whole.status) == value,
    "exceptions": lambda whole, value: value == YES and any(row.is_exception for row in whole.rows),
    "mixed": lambda whole, value: value == YES and whole.is_mixed,
}
WAITING = "waiting"  # what waits is listed apart from the recommendations of a picture


def asked_for(sent: QueryDict) -> Asks:
    """What an address asks for; what it does not know is left out."""
    return {name: str(sent[name]) for name in (*ASKS, WAITING) if sent.get(name)}


def chosen(picture: Picture, asked: Asks) -> list[Whole]:
    """The recommendations of a picture that a list is asked for."""
    own = {name: value for name, value in asked.items() if name != WAITING}
    found = [whole for whole in picture.recommendations if all(ASKS[name](whole, value) for name, value in own.items())]
    if WAITING not in asked:
        return found
    waits = {one.part for kind in picture.waiting for one in kind.rows if one.kind == asked[WAITING]}
    return [whole for whole in found if any(row.part in waits for row in whole.rows)]


def chosen_in(source: Source, asked: Asks, before: datetime | None) -> QuerySet:
    """The rows of a source that a list is asked for, in the order of the reports."""
    rows = source.recommendations()
    for name, value in asked.items():
        rows = _moved(rows, source, value, before) if name == "moved" else FILTERS[name](rows, source, value)
    return rows.order_by("report_id", "position")


def _of_parts(rows: QuerySet, parts: QuerySet) -> QuerySet:
    return rows.filter(id__in=parts.order_by().values("recommendation"))


def _owned(rows: QuerySet, source: Source, value: str) -> QuerySet:
    if value == NONE:
        return _of_parts(rows, source.parts().filter(**{Flag.NO_OWNER.field: True}))
    return rows.filter(id__in=source.ownerships().filter(body__slug=value).values("part__recommendation"))


def _under(rows: QuerySet, source: Source, value: str) -> QuerySet:
    links = source.main_priorities().filter(recommendation=OuterRef("id"))
    return rows.filter(~Exists(links)) if value == NONE else rows.filter(Exists(links.filter(priority__slug=value)))


def _in_step(rows: QuerySet, source: Source, value: str) -> QuerySet:
    if not (value.isascii() and value.isdigit()):
        return rows.none()
    return rows.alias(steps_text=steps_of()).filter(steps_text__regex=rf"(^|[^0-9]){value}([^0-9]|$)")


def _answering(rows: QuerySet, source: Source, value: str) -> QuerySet:
    if value == NONE:
        return rows.filter(id__in=unanswered(source).values("id"))
    return rows.filter(id__in=answered(source).filter(difference=value).values("part__recommendation"))


def _exceptional(rows: QuerySet, source: Source, value: str) -> QuerySet:
    return _of_parts(rows, lists.among(source.parts(), lists.EXCEPTIONS)) if value == YES else rows.none()


def _mixed(rows: QuerySet, source: Source, value: str) -> QuerySet:
    return rows.filter(id__in=mixed(source)) if value == YES else rows.none()


def _waiting(rows: QuerySet, source: Source, value: str) -> QuerySet:
    if value not in lists.WAITING:
        return rows.none()
    return _of_parts(rows, lists.waiting(source.parts(), DecisionKind(value)))


def _moved(rows: QuerySet, source: Source, value: str, before: datetime | None) -> QuerySet:
    """Which went that way since; without anything to compare with, everything is new."""
    if before is None:
        return rows if value == way(None, Status.NOT_STARTED) else rows.none()
    pairs = Q(pk__in=[])
    for then, now in MOVES:
        if way(then, now) == value and then != now:
            pairs |= Q(status=now, stood=then) if then is not None else Q(status=now, stood__isnull=True)
    same = Q(stood=F("status")) if value == "same" else pairs
    return rows.alias(stood=source.stood(before)).filter(same)


FILTERS: dict[str, Callable[[QuerySet, Source, str], QuerySet]] = {
    "status": lambda rows, source, value: rows.filter(status=value),
    "owner": _owned,
    "priority": _under,
    "step": _in_step,
    "children": _answering,
    "exceptions": _exceptional,
    "mixed": _mixed,
    WAITING: _waiting,
}

NAMED_NONE = {"owner": NO_OWNER, "priority": NO_PRIORITY}


def in_words(asked: Asks, called: Callable[[str, str], str]) -> str:
    """What a list shows, in words: "VCA, Off track". `called` names a body or a priority by its slug."""
    return ", ".join(_word(name, value, called) for name, value in asked.items())


WORDS: dict[str, dict[str, str]] = {
    "status": {status.value: status.label for status in Status},
    "children": dict(ANSWERS),
    "moved": LABELS,
    "exceptions": {YES: "Exceptions"},
    "mixed": {YES: "Counted once, parts stand differently"},
    WAITING: {kind.value: kind.row.waits for kind in lists.WAITING},
}


def _word(name: str, value: str, called: Callable[[str, str], str]) -> str:
    if name in WORDS:
        return WORDS[name].get(value, value)
    if name == "step":
        return f"Step {value}"
    return NAMED_NONE[name] if value == NONE else called(name, value)


def called_in(source: Source) -> Callable[[str, str], str]:
    """How bodies and priorities were called then."""

    def called(name: str, slug: str) -> str:
        found = source.rows(Body if name == "owner" else Priority).filter(slug=slug).first()
        named = found if source.moment is None or found is None else found.instance
        return getattr(named, "short_name", "") or getattr(named, "name", slug)

    return called


def called_of(picture: Picture) -> Callable[[str, str], str]:
    """How a picture calls them."""

    def called(name: str, slug: str) -> str:
        listed = [named for whole in picture.recommendations for named in (*whole.owners, whole.priority) if named]
        return next((named.name for named in listed if named.slug == slug), slug)

    return called
