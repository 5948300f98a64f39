"""Parts: every recommendation has at least one; owners, dates and status sit here (product, section 9)."""

from datetime import date
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Case, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import cached_property

from krscp import clock
from krscp.constraints import together, wherever
from krscp.links import page
from recommendations.domain.flags import Flag, with_flags
from recommendations.domain.workflow import CLOSED, Status
from recommendations.models.asked import ASK, Asked, asked_in
from recommendations.models.recommendation import Recommendation, called
from recommendations.models.review import Review
from subgroups.models import Body, BodyKind, User, history_of
from subgroups.models.seen import SeenByAll


class Origin(models.TextChoices):
    WHOLE = "whole", "The whole recommendation"
    OPENING = "opening", "Its opening words"
    REPORT = "report", "A sub-point of the report"
    PER_BODY = "per_body", "Ours: one for each body"


class Answered(models.TextChoices):
    """What was answered since the owner last spoke, which needs the owner."""

    RETURNED = "returned", "Sent back, reopened or objected to"
    AGREED = "agreed", "A date that was asked for is agreed"


class PartQuerySet(SeenByAll["Part"]):
    def at(self, code: str, number: str, part: str = "whole") -> "Part":
        """The part at an address, with what its pages show. Raises Part.DoesNotExist."""
        found = self.select_related("recommendation__report").with_owners()
        return found.get(recommendation__report__code=code, recommendation__slug=number, slug=part)

    def with_owners(self) -> Self:
        """Each with the bodies that lead or support it: one query."""
        return self.prefetch_related(Prefetch("ownerships", Ownership.objects.select_related("body")))

    def flagged(self, today: date) -> Self:
        """With an annotation for each flag as it stands on `today`, whether a review sits, what the SLG is asked.

        `has_ask` is whether it is asked anything, as a past day has it too.
        """
        kind = Subquery(Review.objects.sitting().values("kind")[:1])
        asks = apps.get_model("recommendations", "Escalation").objects.open().filter(part=OuterRef("pk"))
        parts = with_flags(self, Ownership.objects.all(), today).annotate(sitting=Coalesce(kind, Value("")))
        ask = Case(When(asks=True, then=Subquery(asks.values(told=ASK)[:1])))
        return parts.alias(has_ask=F("asks")).annotate(ask_row=ask)


class Part(models.Model):
    """A lettered or per-body line with its own owner and status, or the whole of a plain recommendation."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="parts")
    slug = models.SlugField(max_length=20)
    label = models.CharField(max_length=20, blank=True, help_text="As printed; none for bullets and our own parts")
    title = models.CharField(max_length=200, blank=True, help_text="Our reading")
    text = models.TextField(blank=True, help_text="The sub-point, verbatim; none for our own parts")
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.WHOLE)
    is_option = models.BooleanField(default=False, help_text="One of several of which one is enough (28)")
    borough = models.CharField(max_length=60, blank=True, help_text="Blank: for both boroughs")
    position = models.PositiveIntegerField()

    status = models.CharField(max_length=20, choices=Status, default=Status.NOT_STARTED, db_index=True)
    agreed_date = models.DateField(null=True, blank=True, help_text="By when, as the SLG agreed")
    first_agreed_date = models.DateField(null=True, blank=True, help_text="The first date agreed never disappears")
    date_moves = models.PositiveIntegerField(default=0)
    requested_date = models.DateField(null=True, blank=True, help_text="Asked for by the owner, not agreed yet")
    recheck_on = models.DateField(null=True, blank=True)
    requested_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered = models.CharField(max_length=10, choices=Answered, blank=True, help_text="Since the last update")
    asks = models.BooleanField(default=False, help_text="Whether something waits for the SLG’s answer")
    last_said_at = models.DateTimeField(null=True, blank=True, help_text="The last update that stands")
    proposer = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    proposer_agencies = models.JSONField(default=list, blank=True, help_text="Whom the proposer worked for that day")
    proposal_owners = models.JSONField(default=list, blank=True, help_text="Who owned it that day, and who led those")
    superseded_by = models.ForeignKey(
        Recommendation, null=True, blank=True, on_delete=models.PROTECT, related_name="supersedes"
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    history = history_of()
    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["recommendation_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "slug"], name="part_once_per_recommendation"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="part_status_known"),
            together("agreed_dates_come_together", "agreed_date", "first_agreed_date"),
            together("requested_date_names_who_asked", "requested_date", "requested_by"),
            wherever("superseded_names_its_heir", Q(status=Status.SUPERSEDED), Q(superseded_by__isnull=False)),
            wherever("awaiting_sign_off_names_proposer", Q(status=Status.AWAITING_SIGN_OFF), Q(proposer__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.recommendation.report.told_apart(self.reference)

    @property
    def state(self) -> Status:
        return Status(self.status)

    @cached_property
    def sitting(self) -> str:
        """The kind of the review that sits now, or ""; lists read it with the parts."""
        return Review.objects.sitting().values_list("kind", flat=True).first() or ""

    @cached_property
    def ask_row(self) -> dict | None:
        """The ask of the SLG that waits for an answer, if any does; lists read it with the parts."""
        return self.escalations.open().values_list(ASK, flat=True).first()

    @property
    def asked(self) -> Asked | None:
        """What waits for the SLG's answer about this part."""
        return asked_in(self.ask_row)

    @property
    def asker_id(self) -> int | None:
        """Who asked the SLG what waits for its answer."""
        return self.asked.by if self.asked is not None else None

    @property
    def in_meeting(self) -> bool:
        """Whether a review sits now, so that the Manager may record what it decides."""
        return bool(self.sitting)

    @property
    def is_whole(self) -> bool:
        return self.origin == Origin.WHOLE

    @property
    def is_closed(self) -> bool:
        return self.status in CLOSED

    @property
    def name(self) -> str:
        """What the part is called beside its siblings: "a", "LLR", "Opening"."""
        if self.label:
            return self.label
        ours = {Origin.OPENING: "Opening", Origin.REPORT: f"Bullet {self.slug}"}
        return ours.get(Origin(self.origin), self.slug.upper())

    @property
    def reference(self) -> str:
        """How people speak of it: "25", "12(b)", "11 opening", "3 LLR"."""
        number = self.recommendation.number
        if self.is_whole:
            return number
        if self.label:
            return f"{number}({self.label})"
        return f"{number} {self.name if self.origin == Origin.PER_BODY else self.name.lower()}"

    @property
    def full_title(self) -> str:
        """What it is called wherever it is named, as `Recommendation.title`; a part without titles by its own words."""
        whole = self.recommendation
        own = "" if self.origin in (Origin.WHOLE, Origin.PER_BODY) else self.title
        name = called(whole.short_title, "" if own else self.text) or ("" if own else whole.called)
        return whole.report.told_apart(" – ".join(filter(None, [f"{self.reference} {name}".strip(), own])))

    @property
    def flags(self) -> list[Flag]:
        """The flags that stand, on a part read through `flagged()`."""
        return [flag for flag in Flag if getattr(self, flag.field)]

    def ownerships_of(self, kind: str) -> list["Ownership"]:
        return [owned for owned in self.ownerships.all() if owned.kind == kind]

    @property
    def leads(self) -> list["Ownership"]:
        return self.ownerships_of(OwnershipKind.LEAD)

    @property
    def supporters(self) -> list["Ownership"]:
        return self.ownerships_of(OwnershipKind.SUPPORTING)

    def owning_body_ids(self) -> frozenset[int]:
        """The bodies that lead it."""
        return frozenset(owned.body_id for owned in self.leads)

    @property
    def is_slgs(self) -> bool:
        """Whether the SLG itself leads it."""
        return any(owned.body.kind == BodyKind.SLG for owned in self.leads)

    @property
    def has_co_chairs(self) -> bool:
        """Whether a subgroup leads it, whose co-chairs answer for each other."""
        return any(owned.body.kind == BodyKind.SUBGROUP for owned in self.leads)

    def url_of(self, name: str, *rest: str) -> str:
        """The address of a page about the part, the whole or one of several."""
        address = [self.recommendation.report.code, self.recommendation.slug]
        if not self.is_whole:
            address.append(self.slug)
            name = f"part_{name}"
        return reverse(name, args=[*address, *rest])

    def get_absolute_url(self) -> str:
        return f"{self.recommendation.get_absolute_url()}{'' if self.is_whole else f'#part-{self.slug}'}"

    update_url = page("update")
    complete_url = page("complete")
    evidence_url = page("evidence")
    actions_url = page("actions")
    ask_url = page("escalate")

    def decide_url(self, kind: str) -> str:
        return self.url_of("decide", kind.replace("_", "-"))


class OwnershipKind(models.TextChoices):
    LEAD = "lead", "Lead"
    SUPPORTING = "supporting", "Supporting"


class OwnershipBasis(models.TextChoices):
    NAMED = "named", "named in the text"
    OUR_READING = "our reading", "our reading"
    AGREED = "agreed", "agreed by the SLG"


class Ownership(models.Model):
    """A body that leads or supports a part, with the words that name it or the reason for our reading."""

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="ownerships")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="ownerships")
    kind = models.CharField(max_length=12, choices=OwnershipKind)
    basis = models.CharField(max_length=12, choices=OwnershipBasis)
    words = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    position = models.PositiveIntegerField(default=0)
    history = history_of()

    class Meta:
        ordering = ["part_id", "position", "pk"]
        # What a body leads, and whether anybody leads a part: asked of all parts at once.
        indexes = [
            models.Index(fields=["body", "kind", "part"], name="led_by_body"),
            models.Index(fields=["part", "kind"], name="led_at_all"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["part", "body"], name="one_ownership_per_body"),
            wherever("named_owner_quotes_the_words", Q(basis="named"), ~Q(words="")),
            wherever("our_reading_gives_a_reason", Q(basis="our reading"), ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.body} ({self.get_kind_display().lower()})"
