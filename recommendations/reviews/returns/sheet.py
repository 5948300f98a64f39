"""The rows of a return as they are sent: drafted together, each over what its writer saw."""

from functools import cached_property

from django.http import QueryDict

from krscp.forms.careful import CarefulForm
from recommendations.models import Part
from recommendations.reviews.returns.forms import TYPED, Typed, combined, prefix_of, start_of, text_of, typed_in
from recommendations.reviews.returns.read import Rows
from recommendations.services.returns import Draft


class DraftsForm(CarefulForm):
    """All rows as they were sent, and the button: what it settles is settled before anything is saved."""

    def __init__(self, sent: QueryDict | None, *, rows: Rows) -> None:
        super().__init__(sent)
        self.rows = rows
        self.do, _, self.row = (self.typed_at("do") or "save").partition("-")

    @cached_property
    def settled(self) -> QueryDict:
        """The page with one clash settled, theirs taken or both combined; or “No change” where nothing is answered."""
        page = self.sent_data.copy()
        answer = self.rows.answers.get(int(self.row)) if self.row.isdecimal() else None
        if answer is not None and self.do in ("theirs", "both"):
            name, theirs = prefix_of(answer.part_id), answer.given
            chosen = theirs if self.do == "theirs" else combined(theirs, typed_in(page, answer.part_id))
            page.pop(f"{name}-stands", None)
            for box in TYPED:
                page[f"{name}-{box}"] = chosen.get(box, "")
        for name in [prefix_of(part.pk) for part in self.rows.parts] if self.do == "rest" else []:
            if f"{name}-seen" in page and not page.get(f"{name}-status"):
                page[f"{name}-status"] = "no_change"
        return page

    @cached_property
    def drafts(self) -> dict[int, Draft]:
        return drafts_in(self.rows, self.settled)

    @property
    def rows_typed(self) -> dict[int, Typed]:
        """What each row on the page holds."""
        pks = [part.pk for part in self.rows.parts if self.is_bound and f"{prefix_of(part.pk)}-seen" in self.settled]
        return {pk: typed_in(self.settled, pk) for pk in pks}

    def free_text(self) -> str:
        return text_of(draft.typed for draft in self.drafts.values())

    def typed(self) -> list[tuple[str, str]]:
        """What these rows say, in words, for a page that cannot take them."""
        drafts = drafts_in(self.rows, self.sent_data) if self.is_bound else {}
        forms = [(part, self.rows.form(part, drafts[part.pk].typed)) for part in self.rows.parts if part.pk in drafts]
        return [
            (f"{part.reference}: {label}", text)
            for part, form in forms
            for label, text in [("How is it going?", form.words), *form.texts]
        ]


def drafts_in(rows: Rows, sent: QueryDict) -> dict[int, Draft]:
    """The rows that were changed on the page, each over the version that its writer saw."""
    drafts = {}
    for part in rows.parts:
        name = prefix_of(part.pk)
        seen = sent.get(f"{name}-seen", "")
        if not seen.isdecimal():
            continue
        typed = typed_in(sent, part.pk)
        if f"{name}-stands" in sent or typed != _shown(rows, part, int(seen)):
            # What was said of the part since the page was made is news to its writer.
            drafts[part.pk] = Draft(typed, int(seen), min(version_in(sent, f"{name}-part", part.version), part.version))
    return drafts


def version_in(sent: QueryDict, name: str, missing: int = 0) -> int:
    """A version as the page sent it."""
    value = sent.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 10 else missing


def _shown(rows: Rows, part: Part, seen: int) -> Typed:
    """What the row held when the page was made."""
    answer = rows.answers.get(part.pk)
    if seen == 0:
        return start_of(rows.last.get(part.pk), rows.today)
    if answer is None or answer.version == seen:
        return rows.base(part)
    before = answer.history.filter(version=seen).first()
    return before.given if before is not None else {}
