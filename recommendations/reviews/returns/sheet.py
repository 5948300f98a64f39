"""The rows of a return as forms that are sent: drafted together, and checked before the return goes."""

from functools import cached_property
from typing import cast

from django.http import QueryDict

from krscp.forms.careful import CarefulForm, PlainForm
from recommendations.models import Part
from recommendations.reviews.returns.forms import Typed, text_of, typed_in
from recommendations.reviews.returns.read import Rows, drafts_in, settled, with_rest_unchanged, written
from recommendations.services.returns import Draft


class DraftsForm(CarefulForm):
    """All rows as they were sent, and the button: what it settles is settled before anything is saved."""

    def __init__(self, sent: QueryDict | None, *, rows: Rows) -> None:
        super().__init__(sent)
        self.rows = rows
        self.do, _, self.row = (self.typed_at("do") or "save").partition("-")

    @cached_property
    def settled(self) -> QueryDict:
        """The rows with a clash settled, or with “No change” in each that has no answer."""
        sent = cast(QueryDict, self.data)
        if self.do in ("theirs", "both") and self.row.isdecimal() and int(self.row) in self.rows.answers:
            return settled(self.rows, sent, self.do, int(self.row))
        return with_rest_unchanged(self.rows, sent) if self.do == "rest" else sent

    @cached_property
    def drafts(self) -> dict[int, Draft]:
        return drafts_in(self.rows, self.settled)

    @property
    def rows_typed(self) -> dict[int, Typed]:
        """What each row on the page holds."""
        pks = [part.pk for part in self.rows.parts if f"row-{part.pk}-seen" in self.settled] if self.is_bound else []
        return {pk: typed_in(self.settled, pk) for pk in pks}

    @property
    def finished(self) -> Part | None:
        """The part whose completion is to be proposed next."""
        return next((one for one in self.rows.parts if self.do == "finish" and str(one.pk) == self.row), None)

    def free_text(self) -> str:
        return text_of(draft.typed for draft in self.drafts.values())

    def typed(self) -> list[tuple[str, str]]:
        return written(self.rows, drafts_in(self.rows, cast(QueryDict, self.data))) if self.is_bound else []


class CheckForm(PlainForm):
    """The check page sent: the versions that its reader saw; 0, which matches none, where one is missing."""

    def seen_at(self, name: str) -> int:
        value = self.typed_at(name)
        return int(value) if value.isdecimal() and len(value) < 10 else 0
