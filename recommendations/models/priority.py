"""The partnership's priorities, in dated sets: they lapse with their business plan, history stays."""

from django.db import models
from django.db.models import Q

from recommendations.models.recommendation import Recommendation
from subgroups.models import history_of


class PrioritySet(models.Model):
    """The priorities of one business plan."""

    title = models.CharField(max_length=200, unique=True)
    from_year = models.PositiveSmallIntegerField()
    to_year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200, blank=True)
    history = history_of()

    class Meta:
        ordering = ["from_year"]
        constraints = [
            models.CheckConstraint(condition=Q(to_year__gte=models.F("from_year")), name="plan_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return self.title


class Priority(models.Model):
    """One priority of a set, for example mental health (para 19)."""

    priority_set = models.ForeignKey(PrioritySet, on_delete=models.PROTECT, related_name="priorities")
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    position = models.PositiveIntegerField()
    history = history_of()

    class Meta:
        verbose_name_plural = "priorities"
        ordering = ["priority_set_id", "position"]

    def __str__(self) -> str:
        return self.name


class RecommendationPriority(models.Model):
    """A recommendation under a priority: one main, others "also supports". Set by the SLG, never by the report."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="priority_links")
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="recommendation_links")
    is_main = models.BooleanField(default=True)
    history = history_of()

    class Meta:
        ordering = ["-is_main", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "priority"], name="priority_once"),
            models.UniqueConstraint(fields=["recommendation"], condition=Q(is_main=True), name="one_main_priority"),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation}: {self.priority}"
