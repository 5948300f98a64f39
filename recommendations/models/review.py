"""The six-monthly review ("bi-annual", recommendations 1, 5, 7, 8): when it is, how far it is, what it leaves."""

from datetime import date, datetime
from enum import StrEnum
from typing import Self

from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse

from krscp import clock
from krscp.days import display_date
from krscp.tables import total
from krscp.text import lower_first
from recommendations.models.kept import KeptFile, KeptRecord
from subgroups.models import Meeting, history_of
from subgroups.models.seen import SeenByAll


class ReviewKind(models.TextChoices):
    SIX_MONTHLY = "six_monthly", "Six-monthly review"
    QUARTERLY = "quarterly", "Co-chairs’ quarterly"


class ReviewState(models.TextChoices):
    SCHEDULED = "scheduled", "Scheduled"
    COLLECTING = "collecting", "Collecting returns"
    MEETING = "meeting", "In the meeting"
    FROZEN = "frozen", "Frozen"


class Step(StrEnum):
    """What is done to a review, each in some of its states only."""

    CHANGE = "change"
    ASK = "ask"
    REMIND = "remind"
    START = "start"
    FINISH = "finish"
    LEARNING = "learning"
    ATTENDANCE = "attendance"


NOT_FROZEN = (ReviewState.SCHEDULED, ReviewState.COLLECTING, ReviewState.MEETING)
TAKEN_IN: dict[Step, tuple[ReviewState, ...]] = total(Step, {
    Step.CHANGE: NOT_FROZEN,
    Step.ASK: (ReviewState.SCHEDULED,),
    Step.REMIND: (ReviewState.COLLECTING,),
    Step.START: (ReviewState.SCHEDULED, ReviewState.COLLECTING),
    Step.FINISH: (ReviewState.MEETING,),
    Step.LEARNING: NOT_FROZEN,
    Step.ATTENDANCE: (ReviewState.COLLECTING, ReviewState.MEETING),
})  # fmt: skip
# Why a review that is not frozen does not take a step.
NOT_NOW = {
    Step.ASK: "Returns are asked for once, before the meeting.",
    Step.REMIND: "Reminders go out only while returns are collected.",
    Step.START: "The meeting has started already.",
    Step.FINISH: "The meeting has not started, so there is nothing to freeze yet.",
    Step.ATTENDANCE: "Attendance can be recorded once returns are asked for.",
}


class ReviewQuerySet(SeenByAll["Review"]):
    def at(self, slug: str) -> "Review":
        """The review at an address, with what is kept beside its record. Raises Review.DoesNotExist."""
        found = self.with_freeze().with_front().annotate(papers_made=Count("papers"))
        return found.select_related("compared_with", "meeting").get(slug=slug)

    def sitting(self) -> Self:
        """The one review that sits now, if one does; decisions taken meanwhile are its decisions."""
        return self.filter(state=ReviewState.MEETING).order_by()

    def upcoming(self) -> Self:
        """Those not frozen yet, the next one first."""
        return self.exclude(state=ReviewState.FROZEN).order_by("held_on")

    def frozen(self) -> Self:
        """Those that are over and whose record is kept, the one frozen last first: a review's day may be still to come
        when it is frozen, so that only the freeze says when it looked.
        """
        kept = self.filter(state=ReviewState.FROZEN, snapshot__isnull=False)
        return kept.with_freeze().order_by("-frozen_at", "-held_on")

    def freezing(self) -> list[int]:
        """The keys of those that are frozen, and whose papers are not all made yet."""
        made = self.filter(state=ReviewState.FROZEN, snapshot__isnull=False).order_by("held_on").values("pk")
        return list(made.annotate(made=Count("papers")).filter(made__lt=len(PaperKind)).values_list("pk", flat=True))

    def with_freeze(self) -> Self:
        """With the moment of the freeze as `frozen_at`, without reading what was frozen."""
        return self.annotate(frozen_at=F("snapshot__created_at"))

    def with_front(self) -> Self:
        """With what is kept beside the record; the record itself is read when it is wanted."""
        return self.select_related("snapshot").defer("snapshot__content", "snapshot__texts")


class Review(models.Model):
    """One review: its day, the period since the one before, when returns are due, what it is compared with.

    Its meeting holds who was there and what was considered. It is made with the review and is never another one, so
    history does not name it.
    """

    slug = models.SlugField(unique=True, max_length=12)
    kind = models.CharField(max_length=12, choices=ReviewKind, default=ReviewKind.SIX_MONTHLY)
    held_on = models.DateField("date", unique=True)
    period_from = models.DateField("period from")
    returns_due = models.DateField("returns due")
    compared_with = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="compared with"
    )
    compared_on = models.DateField("compared with the day", null=True, blank=True)
    disproportionality = models.TextField(
        "what came of the item on disproportionality", blank=True, help_text="Empty until it is taken (Rec 18)"
    )
    state = models.CharField(max_length=12, choices=ReviewState, default=ReviewState.SCHEDULED, db_index=True)
    version = models.PositiveIntegerField(default=1)
    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="review")
    history = history_of(excluded_fields=["meeting"])
    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on"]
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="meeting"), name="one_review_in_meeting"),
            models.CheckConstraint(condition=Q(period_from__lt=F("held_on")), name="period_before_review"),
            models.CheckConstraint(condition=Q(returns_due__lte=F("held_on")), name="returns_before_review"),
            models.CheckConstraint(
                condition=Q(compared_with=None) | Q(compared_on=None), name="compared_with_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return f"{self.get_kind_display()}, {display_date(self.held_on)}"

    @property
    def frozen_on(self) -> date | None:
        """The day of the freeze, of a review read with it; None before that."""
        moment: datetime | None = getattr(self, "frozen_at", None)
        return clock.local_day(moment) if moment is not None else None

    @property
    def looked_until(self) -> date:
        """The last day that it looks at: of the freeze, once there was one; before that its own."""
        return self.frozen_on or self.held_on

    @property
    def dated_title(self) -> str:
        """The title, with the day of the freeze where that is another day."""
        if self.frozen_on in (None, self.held_on):
            return self.title
        return f"{self.title} (frozen on {display_date(self.frozen_on)})"

    def why_not(self, step: Step) -> str:
        """Why it does not take a step in the state it is in, or ""."""
        if self.state in TAKEN_IN[step]:
            return ""
        frozen = f"The {lower_first(self.title)} is frozen. It does not change any more."
        return frozen if self.is_frozen else NOT_NOW[step]

    @property
    def takes(self) -> dict[str, bool]:
        """Which steps it takes, by name: a page offers no other."""
        return {step.value: not self.why_not(step) for step in Step}

    @property
    def is_frozen(self) -> bool:
        return self.state == ReviewState.FROZEN

    @property
    def is_freezing(self) -> bool:
        """Whether its record stands and its papers are still being made, of a review read `at` its address."""
        return self.is_frozen and getattr(self, "papers_made", 0) < len(PaperKind)

    @property
    def is_in_meeting(self) -> bool:
        return self.state == ReviewState.MEETING

    @property
    def takes_returns(self) -> bool:
        """Returns may come until the review is frozen; those after the due day are marked late."""
        return self.state in (ReviewState.COLLECTING, ReviewState.MEETING)

    def is_late(self, day: date) -> bool:
        return day > self.returns_due

    def get_absolute_url(self) -> str:
        return reverse("review", args=[self.slug])


class Snapshot(KeptRecord):
    """Everything a frozen review showed."""

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="snapshot")
    front = models.TextField(blank=True, help_text="What its page shows: figures, and the first rows of each list")
    seal = models.CharField(max_length=64, blank=True, help_text="The digest of the front with the record’s own")

    def __str__(self) -> str:
        return f"Frozen record of {self.review}"


class PaperKind(models.TextChoices):
    PACK = "pack", "Pack"
    MINUTES = "minutes", "Minutes"


class Paper(KeptFile):
    """A Word paper of a frozen review, made of its record."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=8, choices=PaperKind)

    class Meta:
        ordering = ["kind"]
        constraints = [models.UniqueConstraint(fields=["review", "kind"], name="one_paper_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.review}"
