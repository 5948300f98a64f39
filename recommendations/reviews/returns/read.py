"""A return as its pages show it: one row for each part the body leads, with what was said last and what is typed."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import F, Prefetch

from recommendations.domain.flags import in_words
from recommendations.domain.workflow import IN_HAND
from recommendations.models import Answer, Decision, Ownership, Part, Return, Update
from recommendations.reviews.returns.forms import (
    AnswerForm,
    Typed,
    start_of,
    texts_of,
    told_of,
    word_of,
)
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
    """All rows of a return, in the order of the reports."""

    wanted: Return
    lines: list[ReturnRow]

    @property
    def answered(self) -> int:
        return sum(line.form.is_answered for line in self.lines)

    @property
    def progress(self) -> str:
        """How much is answered, and what the rest lacks where it seems to be: "9 of 11 answered"."""
        reasons = sum(form.lacks_reason for form in self.forms)
        outdated = sum(form.outdated for form in self.forms)
        told = [f"{self.answered} of {len(self.lines)} answered"]
        told += [f"{reasons} must say what is holding it up"] if reasons else []
        told += [f"{outdated} must be looked at again, since something newer was said"] if outdated else []
        return ". ".join(told)

    @property
    def writers(self) -> list[str]:
        """Who has saved drafts, by post."""
        return list(dict.fromkeys(line.answer.saved_by_post for line in self.lines if line.answer is not None))

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
        return all(form.is_valid() for form in self.forms)


@dataclass(frozen=True)
class Rows:
    """What a return is about: its parts, what was said last of each, and the answers saved."""

    wanted: Return
    parts: list[Part]
    last: dict[int, Update]
    answers: dict[int, Answer]
    news: dict[int, Update | Decision]
    today: date

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
        return ReturnSheet(self.wanted, [self.line(part, form, clashes.get(part.pk)) for part, form in forms])

    def checked(self) -> ReturnSheet:
        """The saved answers, judged: what is missing is said at its box."""
        forms = [(part, self.drafted(part, self.base(part), checked=True)) for part in self.parts]
        return ReturnSheet(self.wanted, [self.line(part, form) for part, form in forms])


def read_rows(wanted: Return, today: date) -> Rows:
    """A few queries, however many rows: the parts that the body leads and that are in hand, alone or shared."""
    owners = Prefetch("ownerships", Ownership.objects.select_related("body"))
    led = Ownership.objects.filter(kind="lead", body=wanted.body_id).values("part")
    parts = Part.objects.flagged(today).filter(pk__in=led, status__in=IN_HAND).prefetch_related(owners)
    worded = with_own_word(parts, [wanted.body_id]).select_related("recommendation__report")
    listed = list(worded.order_by("recommendation__report_id", "recommendation__position", "position"))
    said = Update.objects.standing().filter(part__in=listed, created_at=F("part__last_said_at"))
    answers = {answer.part_id: answer for answer in wanted.answers.all()}
    moved = [part for part in listed if part.pk in answers and answers[part.pk].part_version != part.version]
    news = news_since({part.pk: answers[part.pk].part_version for part in moved})
    return Rows(wanted, listed, {update.part_id: update for update in said}, answers, news, today)
