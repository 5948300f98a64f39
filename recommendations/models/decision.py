"""The SLG's minuted decisions. A decision is never edited; a later one corrects it."""

from django.db import models
from django.db.models import Q

from krscp.constraints import wherever
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from recommendations.models.about import AboutPart, SaidOfPartQuerySet
from recommendations.models.action import Action
from recommendations.models.escalation import Escalation
from recommendations.models.part import Part
from recommendations.models.priority import Priority
from recommendations.models.recommendation import Recommendation
from recommendations.models.review import Review
from recommendations.models.update import Update
from subgroups.models import Body
from subgroups.models.signed import Signed


class Decision(AboutPart, Signed):
    """One answer of the SLG about a part: its wording, date, and what it set."""

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=20, choices=DecisionKind)
    wording = models.TextField()
    decided_on = models.DateField()
    proposal = models.ForeignKey(Update, null=True, on_delete=models.PROTECT, related_name="decisions")
    status_before = models.CharField(max_length=20, choices=Status)
    status = models.CharField(max_length=20, choices=Status)
    date_before = models.DateField(null=True, blank=True)
    agreed_date = models.DateField(null=True, blank=True)
    recheck_on = models.DateField(null=True, blank=True)
    owner = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    priority = models.ForeignKey(Priority, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    replacement = models.ForeignKey(Recommendation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due = models.DateField(null=True, blank=True, help_text="By when what it asks for is to be done")
    review = models.ForeignKey(Review, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    action = models.OneToOneField(Action, null=True, blank=True, on_delete=models.PROTECT, related_name="decision")
    answers = models.OneToOneField(Escalation, null=True, blank=True, on_delete=models.PROTECT, related_name="answer")
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="addenda", verbose_name="addendum to"
    )
    token = models.UUIDField(unique=True)
    objects = SaidOfPartQuerySet["Decision"].as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["part", "-created_at"])]
        constraints = [
            wherever("agreed_date_is_given", Q(kind=DecisionKind.AGREE_DATE), Q(agreed_date__isnull=False)),
            wherever("agreed_owner_is_given", Q(kind=DecisionKind.AGREE_OWNER), Q(owner__isnull=False)),
            wherever(
                "action_names_owner_and_day", Q(kind=DecisionKind.ACT), Q(owner__isnull=False, due__isnull=False)
            ),
            wherever("answer_says_to_what", Q(kind=DecisionKind.ANSWER), Q(answers__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.part}"

    @property
    def in_meeting(self) -> bool:
        """Whether a review sits now."""
        return self.part.in_meeting

    @property
    def state(self) -> Status:
        return Status(self.status)
