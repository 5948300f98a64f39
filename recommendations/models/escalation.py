"""What owners ask of the SLG (para 12: issues needing its decision are escalated), and what co-chairs confirm."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse

from krscp.append_only import AppendOnlyQuerySet
from recommendations.domain.workflow import SLIPPED
from recommendations.models.part import Part
from recommendations.models.update import Update
from subgroups.models.signed import Signed


class EscalationQuerySet(AppendOnlyQuerySet["Escalation"]):
    def open(self) -> Self:
        """Those that wait for an answer: the last ask about its part, so never two; not answered, nor taken back.

        An ask is taken back with the update that it came with; then the one before it waits again. What was asked
        because something slipped lapses when its owner says that it is back on track, or done.
        """
        later = Escalation.objects.filter(part=OuterRef("part"), pk__gt=OuterRef("pk"), update__withdrawal=None)
        waiting = self.filter(~Exists(later), answer=None, update__withdrawal=None)
        return waiting.filter(models.Q(update=None) | models.Q(part__status__in=SLIPPED))


class Escalation(Signed):
    """One ask of the SLG about a part. Answered by a decision; a later ask about the part takes its place."""

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="escalations")
    update = models.OneToOneField(Update, null=True, on_delete=models.PROTECT, related_name="escalation")
    ask = models.TextField()
    by_when = models.DateField(null=True, blank=True)
    otherwise = models.TextField("what happens otherwise", blank=True)
    follows = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    token = models.UUIDField(unique=True)
    objects = EscalationQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"Asked of the SLG about {self.part}"

    def get_absolute_url(self) -> str:
        return self.part.get_absolute_url()


class Confirmation(Signed):
    """The other co-chair agrees to a proposed completion, or objects, which returns it (product, section 2)."""

    proposal = models.ForeignKey(Update, on_delete=models.PROTECT, related_name="confirmations")
    agrees = models.BooleanField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "author"], name="one_confirmation_of_a_person"),
            models.CheckConstraint(
                condition=models.Q(agrees=True) | ~models.Q(reason=""), name="objection_gives_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{'Confirmed' if self.agrees else 'Objection'}: {self.proposal}"

    def get_absolute_url(self) -> str:
        return reverse("confirm", args=[self.proposal_id])
