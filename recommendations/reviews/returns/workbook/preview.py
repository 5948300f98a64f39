"""What an uploaded workbook would change, row by row, and whose answer stands where both co-chairs wrote."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from krscp.forms.careful import CarefulForm
from krscp.forms.tokens import BOTH, THEIRS
from recommendations.models import Answer, Decision, Part, Update
from recommendations.reviews.returns.forms import AnswerForm, Typed, combined, text_of, told_of
from recommendations.reviews.returns.read import Rows
from recommendations.reviews.returns.workbook.back import Given
from recommendations.services.returns import Draft
from recommendations.services.said_before import news_since

MINE = "mine"
CHOICES = (
    (MINE, "Keep mine, from the workbook"),
    (THEIRS, "Keep theirs"),
    (BOTH, "Combine: both texts, theirs first; for single answers mine"),
)


@dataclass(frozen=True)
class RowChange:
    """One row: what stands now, what the workbook says, and whether somebody wrote since it was downloaded."""

    given: Given
    part: Part
    mine: AnswerForm
    before: AnswerForm
    answer: Answer | None
    news: Update | Decision | None  # said or decided since the download
    choice: str = ""

    @property
    def name(self) -> str:
        """Of the choice, in the form."""
        return f"keep-{self.part.pk}"

    @property
    def seen(self) -> int:
        """The version of the answer that the preview shows."""
        return self.answer.version if self.answer is not None else 0

    @property
    def is_conflict(self) -> bool:
        return self.answer is not None and self.answer.version != self.given.seen

    @property
    def news_texts(self) -> list[tuple[str, str]]:
        return told_of(self.news) if self.news is not None else []

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        return [(value, words, value == self.choice) for value, words in CHOICES]

    @property
    def draft(self) -> Draft | None:
        """What is to be saved; None where theirs stays."""
        if self.is_conflict and self.choice == THEIRS:
            return None
        typed = self.given.typed
        if self.is_conflict and self.choice == BOTH and self.answer is not None:
            typed = combined(self.answer.given, typed)
        return Draft(typed, self.seen, self.given.part_version)


@dataclass
class Preview:
    """All rows that change something; nothing is stored."""

    changes: list[RowChange]
    untouched: int
    errors: list[tuple[str, str]] = field(default_factory=list)  # where to, what

    @property
    def conflicts(self) -> list[RowChange]:
        return [change for change in self.changes if change.is_conflict]

    @property
    def drafts(self) -> dict[int, Draft]:
        return {change.part.pk: change.draft for change in self.changes if change.draft is not None}

    @property
    def carried(self) -> list:
        """What the page sends back with the button, with the versions that it shows."""
        rows = [[one.row, one.part, one.typed, one.seen, one.part_version] for one in self.givens]
        return [rows, {str(change.part.pk): change.seen for change in self.changes}, self.untouched]

    @property
    def givens(self) -> list[Given]:
        return [change.given for change in self.changes]

    def typed(self) -> Iterable[Typed]:
        return [given.typed for given in self.givens]


Choices = Mapping[str, object]


def preview(rows: Rows, givens: Iterable[Given], untouched: int, choices: Choices | None = None) -> Preview:
    """The rows that differ from what is saved now."""
    parts = rows.by_pk
    known = [given for given in givens if given.part in parts]
    moved = [given for given in known if given.part_version != parts[given.part].version]
    news = news_since({given.part: given.part_version for given in moved})
    changes = [_change(rows, parts[given.part], given, choices or {}, news.get(given.part)) for given in known]
    differing = [change for change in changes if change.given.typed != rows.base(change.part)]
    return Preview(differing, untouched + len(changes) - len(differing))


def _change(rows: Rows, part: Part, given: Given, choices: Choices, news: Update | Decision | None) -> RowChange:
    answer = rows.answers.get(part.pk)
    choice = str(choices.get(f"keep-{part.pk}", ""))
    choice = choice if choice in dict(CHOICES) else ""
    return RowChange(given, part, rows.form(part, given.typed), rows.form(part, rows.base(part)), answer, news, choice)


def confirmed(rows: Rows, carried: list, sent: QueryDict) -> Preview:
    """The preview as it was confirmed, against what stands now; `errors` say what stops it.

    A row saved by somebody after the preview was made is shown again: its choice was about another text.
    """
    listed, seen, untouched = carried
    moved = {answer.part_id for answer in rows.answers.values() if seen.get(str(answer.part_id)) != answer.version}
    choices = {name: value for name, value in sent.items() if name not in {f"keep-{part}" for part in moved}}
    found = preview(rows, [Given(*one) for one in listed], untouched, choices)
    for change in found.conflicts:
        if change.part.pk in moved:
            words = f"{change.part} was saved by somebody meanwhile. Choose what to keep"
            found.errors.append((f"{change.name}-0", words))
        elif not change.choice:
            found.errors.append((f"{change.name}-0", f"{change.part}: choose whose answer to keep"))
    found.errors += _faults_now(rows, found)
    missing = {one[1] for one in listed} - set(rows.by_pk)
    if missing:
        found.errors.append(("", "Some rows are no longer asked of this body. Download the workbook again"))
    return found


class PreviewForm(CarefulForm):
    """The preview sent back, with what it carried."""

    def __init__(self, sent: QueryDict | None, *, rows: Rows, carried: list) -> None:
        super().__init__(sent)
        self.found = confirmed(rows, carried, sent or QueryDict())

    def free_text(self) -> str:
        return text_of(self.found.typed())


def _faults_now(rows: Rows, found: Preview) -> list[tuple[str, str]]:
    """What the form's rules say today: a part may have moved on since the workbook was looked at."""
    forms = [(change, rows.form(change.part, change.given.typed, checked=True)) for change in found.changes]
    return [
        (f"change-{change.part.pk}", str(words))
        for change, form in forms
        if change.choice != THEIRS
        for errors in form.errors.values()
        for words in errors
    ]
