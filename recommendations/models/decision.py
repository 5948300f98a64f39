"""The SLG's minuted decisions. A decision is never edited; a later one corrects it."""

from django.db import models
from django.db.models import Q

from recommendations.models.part import Part
from recommendations.models.priority import Priority
from recommendations.models.recommendation import Recommendation
from recommendations.models.update import Signed, Update
from recommendations.workflow import DecisionKind, Status
from subgroups.models import Body


class Decision(Signed):
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
    token = models.UUIDField(unique=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["part", "-created_at"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=DecisionKind.AGREE_DATE) | Q(agreed_date__isnull=False), name="agreed_date_is_given"
            ),
            models.CheckConstraint(
                condition=~Q(kind=DecisionKind.AGREE_OWNER) | Q(owner__isnull=False), name="agreed_owner_is_given"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.part}"

    @property
    def state(self) -> Status:
        return Status(self.status)
