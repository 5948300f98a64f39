"""What is kept with the parts: evidence, differences, actions, asks of the SLG, co-chairs' answers. One query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, Case, DateField, DateTimeField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from django.urls import reverse

from recommendations.domain.workflow import Difference
from recommendations.models import Action, Confirmation, Escalation, Evidence, Outcome, Part

EVIDENCE, OUTCOME, ACTION, ASK, ANSWER = "evidence", "outcome", "action", "ask", "answer"
AGREES, OBJECTS = "Confirmed by the other co-chair", "Objection of the other co-chair, which returned it"
STANDS = Q(update=None) | Q(update__withdrawal=None)
NO_TEXT = Value("")
NO_DAY = Cast(Value(None), DateField())
NO_UPDATE = Cast(Value(None), BigIntegerField())
NO_MOMENT = Cast(Value(None), DateTimeField())


@dataclass(frozen=True)
class Attachment:
    """One piece of evidence, one outcome or one action. `day` is when to look again, or by when it is due."""

    sort: str
    pk: int
    part_id: int
    update_id: int | None
    title: str
    text: str
    link: str
    day: date | None
    done_on: date | None
    said_at: datetime | None
    author_post: str
    author_name: str

    @property
    def signed_at(self) -> datetime:
        """When evidence or an outcome was signed. Actions are not signed: LookupError."""
        if self.said_at is None:
            raise LookupError(f"{self.title} is an action.")
        return self.said_at

    @property
    def difference(self) -> str:
        """The difference for children in a word."""
        return Difference(self.title).label

    @property
    def done_url(self) -> str:
        return reverse("action_done", args=[self.pk])


@dataclass(frozen=True)
class Attached:
    """All that is kept, the latest first; what came with a withdrawn update is left out."""

    items: list[Attachment]

    def of(self, sort: str) -> list[Attachment]:
        return [item for item in self.items if item.sort == sort]

    def difference_of(self, part: Part) -> Attachment | None:
        """The latest difference for children recorded for a part, or None."""
        return next((item for item in self.of(OUTCOME) if item.part_id == part.pk), None)

    def with_update(self, update_id: int) -> list[Attachment]:
        """Evidence and outcomes that came with an update, which says itself what it asks."""
        return [item for item in self.items if item.update_id == update_id and item.sort != ASK]

    @property
    def evidence(self) -> list[Attachment]:
        return self.of(EVIDENCE)

    @property
    def actions(self) -> list[Attachment]:
        """Open ones by date, those without one after them, then what is done."""
        return sorted(self.of(ACTION), key=lambda item: (item.done_on is not None, item.day or date.max, item.pk))

    @property
    def actions_done(self) -> int:
        return sum(item.done_on is not None for item in self.of(ACTION))


def read_kept(parts: Iterable[Part]) -> Attached:
    """Read everything that is kept with these parts."""
    keys = [part.pk for part in parts]
    of_parts = Q(part__in=keys)
    evidence = _signed(Evidence.objects.filter(of_parts, STANDS), EVIDENCE, "title", "shows", F("link"), NO_DAY)
    outcomes = _signed(
        Outcome.objects.filter(of_parts, STANDS), OUTCOME, "difference", "text", NO_TEXT, F("look_again_on")
    )
    actions = Action.objects.filter(of_parts).values_list(
        Value(ACTION), "pk", "part_id", NO_UPDATE, "what", "who", NO_TEXT, "due", "done_on", NO_MOMENT, NO_TEXT, NO_TEXT
    )
    asks = _signed(Escalation.objects.filter(of_parts, STANDS), ASK, "ask", "otherwise", NO_TEXT, F("by_when"))
    agrees = Case(When(agrees=True, then=Value(AGREES)), default=Value(OBJECTS))
    answers = Confirmation.objects.filter(proposal__part__in=keys).values_list(
        Value(ANSWER), "pk", "proposal__part_id", "proposal_id", agrees, "reason", NO_TEXT, NO_DAY, NO_DAY,
        "created_at", "author_post", "author_name",
    )  # fmt: skip
    others = (rows.order_by() for rows in (outcomes, actions, asks, answers))
    rows = evidence.order_by().union(*others, all=True)
    items = [Attachment(*row) for row in rows]
    return Attached(sorted(items, key=lambda item: (item.said_at is not None, item.said_at, item.pk), reverse=True))


def _signed(rows: QuerySet, sort: str, title: str, text: str, link: Any, day: Any) -> QuerySet:
    return rows.values_list(
        Value(sort), "pk", "part_id", "update_id", title, text, link, day, NO_DAY,
        "created_at", "author_post", "author_name",
    )  # fmt: skip
