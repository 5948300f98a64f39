"""What owners say: updates, evidence and the difference for children. Written once; withdrawn, never changed."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from krscp.constraints import wherever
from recommendations.domain.workflow import Difference, Status
from recommendations.models.about import AboutPart, SaidOfPartQuerySet
from recommendations.models.part import Part
from recommendations.models.review import Review
from subgroups.models import Body, User
from subgroups.models.signed import Signed

UNDO_FOR = timedelta(hours=24)
SAYS_MORE = ~Q(what_happened="", why_slipped="")


class UpdateKind(models.TextChoices):
    UPDATE = "update", "Update"
    NO_CHANGE = "no_change", "No change"
    PROPOSAL = "proposal", "Completion proposed"


class UpdateQuerySet(SaidOfPartQuerySet["Update"]):  # type: ignore[override]
    def standing(self) -> Self:
        """Those not withdrawn."""
        return self.filter(withdrawal=None)

    def last_words(self) -> Self:
        """Of each part the last one that says more than that nothing has changed."""
        later = self.filter(SAYS_MORE, part=OuterRef("part"), created_at__gt=OuterRef("created_at"))
        return self.filter(SAYS_MORE, ~Exists(later))


class Update(AboutPart, Signed):
    """A dated, signed statement about a part: status, what happened, what next."""

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="updates")
    kind = models.CharField(max_length=12, choices=UpdateKind, default=UpdateKind.UPDATE)
    on_behalf_of = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    for_owner = models.BooleanField(default=False, help_text="Entered by the Manager on behalf of the owner")
    status_before = models.CharField(max_length=20, choices=Status)
    status = models.CharField(max_length=20, choices=Status)
    what_happened = models.TextField(blank=True)
    what_next = models.TextField(blank=True)
    next_date = models.DateField(null=True, blank=True)
    why_slipped = models.TextField(blank=True)
    brings_back = models.TextField(blank=True)
    requested_date = models.DateField(null=True, blank=True)
    ask_of_slg = models.TextField(blank=True)
    requested_by_before = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    requested_date_before = models.DateField(null=True, blank=True)
    last_said_before = models.DateTimeField(null=True, blank=True)
    review = models.ForeignKey(Review, null=True, blank=True, on_delete=models.PROTECT, related_name="updates")
    token = models.UUIDField(unique=True, help_text="Of the form that sent it: the same form makes one row")
    objects = UpdateQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["part", "-created_at"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.part} by {self.author_post}"

    @property
    def state(self) -> Status:
        return Status(self.status)

    @property
    def says_more(self) -> bool:
        """Whether it says more than that nothing has changed."""
        return bool(self.what_happened or self.why_slipped)

    def get_absolute_url(self) -> str:
        return self.part.get_absolute_url()

    @property
    def is_withdrawn(self) -> bool:
        return hasattr(self, "withdrawal")


class Withdrawal(Signed):
    """The author took an update back within 24 hours; the update stays in the record as withdrawn."""

    update = models.OneToOneField(Update, on_delete=models.PROTECT, related_name="withdrawal")

    def __str__(self) -> str:
        return f"Withdrawn: {self.update}"


class Evidence(Signed):
    """A link with what it shows. Never case records."""

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="evidence")
    update = models.ForeignKey(Update, null=True, on_delete=models.PROTECT, related_name="evidence")
    title = models.CharField(max_length=200)
    link = models.URLField(max_length=500, blank=True)
    shows = models.TextField()
    token = models.UUIDField(unique=True, null=True, help_text="None for evidence sent with a proposal")

    class Meta:
        verbose_name_plural = "evidence"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class Outcome(Signed):
    """The difference for children, apart from process (para 27). The latest one stands."""

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="outcomes")
    update = models.ForeignKey(Update, null=True, on_delete=models.PROTECT, related_name="outcomes")
    difference = models.CharField(max_length=20, choices=Difference)
    text = models.TextField(help_text="What is different and how we know, or why there is no direct effect")
    look_again_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            wherever(
                "too_early_says_when_to_look_again", Q(difference=Difference.TOO_EARLY), Q(look_again_on__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.get_difference_display()
