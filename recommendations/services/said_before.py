"""What was said of a part before its owner speaks: by that body, and by anybody since an answer was drafted."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, TruncDate

from recommendations.domain.flags import Flag
from recommendations.domain.workflow import Status
from recommendations.models import Decision, Part, Update, UpdateKind
from subgroups.models import Appointment, User
from subgroups.permissions import leading_roles, leads

LATE = {Flag.OVERDUE, Flag.QUIET}
IN_TROUBLE = {Status.AT_RISK, Status.OFF_TRACK}
ALWAYS = datetime.min.replace(tzinfo=UTC)


def speaks_for(part: Part, by: User) -> list[int]:
    """The owning bodies that a person speaks for; a Manager's update is given for the first of them."""
    own = part.owning_body_ids() & set(leads(by))
    return sorted(own) or [owned.body_id for owned in part.leads[:1]]


def said_by(bodies: Collection[int]) -> QuerySet[Update]:
    """The updates that stand and that one of these bodies gave: in its return, by those who lead it, or for it."""
    posts = Appointment.objects.filter(
        Q(ends=None) | Q(ends__gte=OuterRef("said_on")),
        person=OuterRef("author"), post__body__in=bodies, post__role__in=leading_roles(),
        starts__lte=OuterRef("said_on"),
    )  # fmt: skip
    own = Q(on_behalf_of__in=bodies) | (Q(for_owner=False) & Exists(posts))
    given = Q(answer__for_return__body__in=bodies) | (Q(answer=None) & own)
    return Update.objects.standing().annotate(said_on=TruncDate("created_at")).filter(given)


def with_own_word(parts: QuerySet[Part], bodies: Collection[int]) -> QuerySet[Part]:
    """`parts` with the kind of what these bodies said last of each, as `own_word`."""
    last = said_by(bodies).filter(part=OuterRef("pk")).order_by("-created_at", "-pk")
    return parts.annotate(own_word=Coalesce(Subquery(last.values("kind")[:1]), Value("")))


def says_what_holds_it_up(part: Part) -> bool:
    """Whether “No change” has to say what holds it up: the same body said so last, and it is late or at risk.

    Product, section 3, for what is overdue, quiet, at risk or off track; read through `with_own_word`, `flagged`.
    """
    in_need = part.state in IN_TROUBLE or bool(LATE & set(part.flags))
    return in_need and part.own_word == UpdateKind.NO_CHANGE  # type: ignore[attr-defined]


def holds_up(part: Part, by: User, today: date) -> bool:
    """The same of one part, for the person who updates it."""
    flagged = with_own_word(Part.objects.flagged(today), speaks_for(part, by))
    return says_what_holds_it_up(flagged.get(pk=part.pk))


def news_since(seen: Mapping[int, int]) -> dict[int, Update | Decision]:
    """The last update or decision of each part since the version that a writer saw, where there is any.

    A part may have moved on without news, as when its owner changed; pass those that moved.
    """
    if not seen:
        return {}
    versions = Part.history.filter(id__in=seen).values_list("id", "version", "history_date")
    dated = {part: moment for part, version, moment in versions if version == seen[part]}
    since = {part: dated.get(part, ALWAYS) for part in seen}
    later = {"part__in": list(seen), "created_at__gt": min(since.values())}
    said = [*Update.objects.standing().filter(**later), *Decision.objects.filter(**later)]
    fresh = [one for one in said if one.created_at > since[one.part_id]]
    return {one.part_id: one for one in sorted(fresh, key=lambda one: one.created_at)}
