"""Local sub-tasks of a part: an owner, a date, done or not."""

from typing import Self

from django.db import models

from recommendations.models.part import Part
from subgroups.models import history_of


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, user: object) -> Self:
        """Every signed-in person may read every action."""
        return self

    def at(self, pk: int) -> "Action":
        """The action at an address. Raises Action.DoesNotExist."""
        return self.select_related("part__recommendation__report").get(pk=pk)


class Action(models.Model):
    """One thing to be done for a part, by a post, by a day."""

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="actions")
    what = models.CharField(max_length=300)
    who = models.CharField(max_length=200, help_text="A post, not a person's name")
    due = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    token = models.UUIDField(unique=True)
    history = history_of()
    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["done_on", "due", "pk"]

    def __str__(self) -> str:
        return self.what

    def owning_body_ids(self) -> frozenset[int]:
        """The bodies that lead the part it is for."""
        return self.part.owning_body_ids()

    def get_absolute_url(self) -> str:
        return self.part.get_absolute_url()
