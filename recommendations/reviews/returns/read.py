"""A return as its pages show it: one row for each part the body leads, with what was said last and what is typed."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.core.paginator import Page
from django.db.models import F, QuerySet
from django.http import QueryDict

from recommendations.domain.flags import in_words
from recommendations.models import Answer, Decision, Part, Return, Update
from recommendations.reviews.returns.forms import (
    AnswerForm,
    Typed,
    prefix_of,
    start_of,
    texts_of,
    told_of,
    word_of,
)
from recommendations.reviews.returns.tally import ReturnTally, page_of, parts_of, place_of, says_no_reason, tally_of
from recommendations.services.said_before import news_since, says_what_holds_it_up, with_own_word
from recommendations.services.updates import Said


@dataclass(frozen=True)
class ReturnRow:
    """One row. `theirs` is what the other co-chair saved meanwhile, where both wrote."""

    part: Part
    flags: list[str]
    last: Update | None
    answer: Answer | None
    form: AnswerForm
    theirs: Answer | None = None
    theirs_form: AnswerForm | None = None
    news: Update | Decision | None = None  # said or decided since the answer was drafted

    @property
    def news_texts(self) -> list[tuple[str, str]]:
        return told_of(self.news) if self.news is not None else []

    @property
    def seen(self) -> int:
        """The version of the answer that the page shows."""
        shown = self.theirs or self.answer
        return shown.version if shown is not None else 0

    @cached_property
    def said(self) -> Said:
        """What a checked answer says: the page that checks it shows this, and this is saved."""
        return self.form.answer_as_said()

    @property
    def said_word(self) -> str:
        return word_of(self.said)

    @property
    def said_texts(self) -> list[tuple[str, str]]:
        return texts_of(self.said)

    @property
    def shared_with(self) -> list[str]:
        return [owned.body.short_name for owned in self.part.leads] if len(self.part.leads) > 1 else []


@dataclass(frozen=True)
class ReturnSheet:
    """Rows of a return in the order of the reports: those of one page, or all of them."""

    wanted: Return
    lines: list[ReturnRow]
    tally: ReturnTally
    page: Page | None = None

    @property
    def place(self) -> str:
        return place_of(self.wanted, self.page)

    def at(self, page: Page) -> "ReturnSheet":
        """Those of these rows that stand on a page."""
        return replace(self, lines=[line for line in self.lines if line.part.pk in page.object_list], page=page)

    @property
    def faulty(self) -> set[int]:
        """The rows that say too little."""
        return {line.part.pk for line in self.lines if not line.form.is_valid()}

    @property
    def clashes(self) -> list[ReturnRow]:
        return [line for line in self.lines if line.theirs is not None]

    @property
    def forms(self) -> list[AnswerForm]:
        return [line.form for line in self.lines]

    def non_form_errors(self) -> list[str]:
        """For the summary of errors, which reads a sheet as it reads a set of forms."""
        return []

    @property
    def is_complete(self) -> bool:
        """Whether every row is answered and every answer says all it must."""
        return not self.faulty


@dataclass(frozen=True)
class Rows:
    """What a return is about: its parts (those shown), what was said last of each, and the answers saved (all)."""

    wanted: Return
    parts: list[Part]
    last: dict[int, Update]
    answers: dict[int, Answer]
    news: dict[int, Update | Decision]
    today: date
    versions: dict[int, int]  # of all parts that the return is about, in order
    page: Page | None

    @cached_property
    def by_pk(self) -> dict[int, Part]:
        return {part.pk: part for part in self.parts}

    def base(self, part: Part) -> Typed:
        """What a row holds before anybody types: the saved draft, else where the last update left off."""
        answer = self.answers.get(part.pk)
        return answer.given if answer is not None else start_of(self.last.get(part.pk), self.today)

    def form(self, part: Part, typed: Typed, checked: bool = False) -> AnswerForm:
        return self._form(part, typed, checked=checked)

    def drafted(self, part: Part, typed: Typed, checked: bool = False) -> AnswerForm:
        """The form of what is drafted, which may be older than what was said since."""
        return self._form(part, typed, checked=checked, outdated=part.pk in self.news)

    def _form(self, part: Part, typed: Typed, **more: bool) -> AnswerForm:
        last, second = self.last.get(part.pk), says_what_holds_it_up(part)
        return AnswerForm(part=part, last=last, today=self.today, typed=typed, second=second, **more)

    def line(self, part: Part, form: AnswerForm, theirs: Answer | None = None) -> ReturnRow:
        flags, last, answer = in_words(part, self.today), self.last.get(part.pk), self.answers.get(part.pk)
        other = self.form(part, theirs.given) if theirs is not None else None
        return ReturnRow(part, flags, last, answer, form, theirs, other, self.news.get(part.pk))

    def sheet(self, typed: dict[int, Typed] | None = None, clashes: dict[int, Answer] | None = None) -> ReturnSheet:
        """With what was just typed, where it was, and what it clashes with."""
        typed, clashes = typed or {}, clashes or {}
        forms = [(part, self.drafted(part, typed.get(part.pk, self.base(part)))) for part in self.parts]
        return self._sheet([self.line(part, form, clashes.get(part.pk)) for part, form in forms])

    def checked(self) -> ReturnSheet:
        """The saved answers, judged: what is missing is said at its box."""
        forms = [(part, self.drafted(part, self.base(part), checked=True)) for part in self.parts]
        return self._sheet([self.line(part, form) for part, form in forms])

    def _sheet(self, lines: list[ReturnRow]) -> ReturnSheet:
        return ReturnSheet(self.wanted, lines, self.tally, self.page)

    @cached_property
    def tally(self) -> ReturnTally:
        """Of the whole return, whichever of its rows are shown."""
        bare = {pk for pk, answer in self.answers.items() if says_no_reason(answer)}
        parts = [part for part in self.parts if part.pk in bare]
        if elsewhere := bare - self.by_pk.keys():
            parts += _worded(self.wanted, self.today).filter(pk__in=elsewhere)
        reasons = [part.pk for part in parts if says_what_holds_it_up(part)]
        return tally_of(self.answers, len(self.versions), reasons, self.news)

    def again(self) -> "Rows":
        """The same rows, as they stand now."""
        return _read(self.wanted, self.today, _versions(self.wanted), self.page, self.by_pk)


def read_rows(wanted: Return, today: date) -> Rows:
    """All rows of a return: a few queries, however many."""
    versions = _versions(wanted)
    return _read(wanted, today, versions, None, versions)


def rows_asked(wanted: Return, today: date, asked: QueryDict, sent: QueryDict) -> Rows:
    """The rows of the page that an address names, and those that were sent from it before they moved elsewhere."""
    versions = _versions(wanted)
    page = page_of(list(versions), asked)
    shown = {pk for pk in versions if pk in page.object_list or f"{prefix_of(pk)}-seen" in sent}
    return _read(wanted, today, versions, page, shown)


def _versions(wanted: Return) -> dict[int, int]:
    return dict(parts_of(wanted).values_list("pk", "version"))


def _worded(wanted: Return, today: date) -> QuerySet[Part]:
    return with_own_word(parts_of(wanted).flagged(today), [wanted.body_id])  # type: ignore[attr-defined]


def _read(wanted: Return, today: date, versions: dict[int, int], page: Page | None, shown: Collection[int]) -> Rows:
    """Those that are shown in full; of all others the answers only."""
    worded = _worded(wanted, today).select_related("recommendation__report").with_owners()  # type: ignore[attr-defined]
    listed = list(worded.filter(pk__in=shown) if len(shown) < len(versions) else worded)
    said = Update.objects.standing().filter(part__in=listed, created_at=F("part__last_said_at"))
    kept = {answer.part_id: answer for answer in wanted.answers.all()}
    answers = {pk: kept[pk] for pk in versions if pk in kept}
    moved = {pk: one.part_version for pk, one in answers.items() if one.part_version != versions[pk]}
    last = {update.part_id: update for update in said}
    return Rows(wanted, listed, last, answers, news_since(moved), today, versions, page)
