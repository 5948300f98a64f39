"""“Changed since”: the days that may be asked for, and the recommendations that changed from such a day on."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from krscp.days import display_date
from recommendations.models import Decision, Ownership, Part, Review, Update

LAST_REVIEW = "last-review"
BACK = {"30-days": 30, "90-days": 90}
A_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST_YEAR, LAST_YEAR = 2000, 2100
# What of a part tells that it moved: its status and each of its days.
MOVING = Concat(
    "status",
    *(Concat(Value(" "), Coalesce(Cast(name, CharField()), Value("-")))
      for name in ("agreed_date", "requested_date", "recheck_on")),
    output_field=CharField(),
)  # fmt: skip


def known_days(asked: Iterable[str], today: date) -> dict[str, date]:
    """The days to choose from, by their words in an address, with any real date that the address names."""
    found = {name: today - timedelta(days=back) for name, back in BACK.items()}
    last = Review.objects.frozen().first()
    if last is not None:
        found[LAST_REVIEW] = last.looked_until
    return found | {text: day for text in asked if (day := day_of(text)) is not None}


def day_of(text: str) -> date | None:
    """“2026-03-01” as a day; None for anything else."""
    if not A_DATE.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def as_choice(name: str, day: date) -> str:
    """What the choice is called in the list of filters."""
    if name in BACK:
        return f"In the last {BACK[name]} days"
    return "Since the last review" if name == LAST_REVIEW else f"Since {display_date(day)}"


def changed_since(recommendations: QuerySet, moment: datetime) -> QuerySet:
    """Those with an update that stands, a decision, or another status, date or owner of a part since `moment`."""
    own = {"part__recommendation": OuterRef("pk"), "created_at__gte": moment}
    said = Exists(Update.objects.standing().filter(**own))
    decided = Exists(Decision.objects.filter(**own))
    return recommendations.filter(Q(said) | Q(decided) | Q(_moved(moment)) | Q(_owned_otherwise(moment)))


def _moved(moment: datetime) -> Exists:
    """History rows of parts that differ in status or days from the row before them."""
    rows = Part.history.filter(recommendation=OuterRef("pk"), history_date__gte=moment, history_type="~")
    earlier = Part.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    last = earlier.order_by("-history_id").annotate(moving=MOVING).values("moving")[:1]
    return Exists(rows.annotate(moving=MOVING, moving_before=Subquery(last)).exclude(moving=F("moving_before")))


def _owned_otherwise(moment: datetime) -> Exists:
    """History rows of owners; those that came with a part when it was loaded change nothing."""
    rows = Ownership.history.filter(part__recommendation=OuterRef("pk"), history_date__gte=moment)
    return Exists(rows.exclude(history_type="+", part__created_at__gte=moment))
