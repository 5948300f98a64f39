"""Who may read which rows, as the guard before every view asks it."""

from typing import Any, Self, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class SeenByAll(models.QuerySet[Row]):
    """Rows that are no secret inside the partnership. What is not to be read by all has a `visible_to` of its own."""

    def visible_to(self, user: object) -> Self:
        """Every signed-in person may read every row; what each may do is the policy's."""
        return self


class SeenByColumns(SeenByAll[Row]):
    """The same of rows whose columns are their address."""

    def at(self, **address: Any) -> Row:
        """The row at an address. Raises DoesNotExist."""
        return self.get(**address)
