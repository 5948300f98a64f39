"""What is said of a part, decided or to be done for it: it is the part's owners'."""

from typing import TypeVar

from django.db import models

from krscp.append_only import AppendOnlyQuerySet
from recommendations.models.part import Part
from subgroups.models.seen import SeenByAll

Row = TypeVar("Row", bound=models.Model)


class AboutPartQuerySet(SeenByAll[Row]):
    def at(self, pk: int) -> Row:
        """The row at an address. Raises DoesNotExist."""
        return self.select_related("part__recommendation__report").get(pk=pk)


class SaidOfPartQuerySet(AppendOnlyQuerySet[Row], AboutPartQuerySet[Row]):  # type: ignore[override]
    """The same of rows that are written once."""


class AboutPart(models.Model):
    """A row about a part, in its `part`."""

    part: Part

    class Meta:
        abstract = True

    def owning_body_ids(self) -> frozenset[int]:
        """The bodies that lead the part."""
        return self.part.owning_body_ids()
