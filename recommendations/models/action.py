"""Local sub-tasks of a part: an owner, a date, done or not."""

from django.db import models

from recommendations.models.about import AboutPart, AboutPartQuerySet
from recommendations.models.part import Part
from subgroups.models import history_of


class Action(AboutPart):
    """One thing to be done for a part, by a post, by a day."""

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="actions")
    what = models.CharField(max_length=300)
    who = models.CharField(max_length=200, help_text="A post, not a person's name")
    due = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    token = models.UUIDField(unique=True)
    history = history_of()
    objects = AboutPartQuerySet["Action"].as_manager()

    class Meta:
        ordering = ["done_on", "due", "pk"]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return self.part.get_absolute_url()
