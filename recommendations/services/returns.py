"""Co-chairs fill a return together and send it once: drafts row by row, nobody's typing overwritten (Rec 5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db import IntegrityError, transaction
from django.db.models import F

from krscp import clock
from krscp.constraints import breaks
from krscp.refusals import Moved
from recommendations.domain.workflow import WorkflowError
from recommendations.models import Answer, Part, Return, Review, Update
from recommendations.services import updates
from recommendations.services.claims import NO_RETURNS, EditClash, hold_for_returns
from recommendations.services.said_before import news_since
from subgroups.models import User
from subgroups.services.records import save

Typed = dict[str, Any]


@dataclass(frozen=True)
class Draft:
    """What was typed in one row, over the version of the answer that its writer saw (0: none)."""

    typed: Typed
    seen: int
    part_version: int


@dataclass(frozen=True)
class Saved:
    """The answers saved, and those that somebody else had changed meanwhile, as theirs stand; by part."""

    kept: dict[int, Answer] = field(default_factory=dict)
    clashes: dict[int, Answer] = field(default_factory=dict)


class ReturnClash(Moved):
    """A part moved on after its answer was checked; nothing was sent."""

    def __init__(self, parts: list[Part]) -> None:
        super().__init__("These recommendations changed while you were checking.")
        self.parts = parts


class AnswersClash(Moved):
    """Somebody saved these answers after they were looked at; nothing was saved. By part, as theirs stand."""

    def __init__(self, answers: dict[int, Answer]) -> None:
        super().__init__("Some of these answers were saved while you were looking.")
        self.answers = answers


def why_closed(wanted: Return) -> str:
    """Why the return takes no answers, or ""."""
    if wanted.is_sent:
        return f"This return was sent by {wanted.sent_by_post}."
    if not wanted.review.takes_returns:
        return NO_RETURNS
    return ""


@transaction.atomic
def save_answers(*, wanted: Return, drafts: Mapping[int, Draft], by: User) -> Saved:
    """Save the rows that were changed. A row that the other co-chair saved meanwhile is never overwritten.

    Raises WorkflowError when the return is sent or the review is over.
    """
    _check_open(wanted)
    saved = Saved()
    for part, draft in drafts.items():
        answer = _save_answer(wanted, part, draft, by)
        mine = answer.given == draft.typed
        (saved.kept if mine else saved.clashes)[part] = answer
    return saved


@transaction.atomic
def save_all_answers(*, wanted: Return, drafts: Mapping[int, Draft], by: User) -> dict[int, Answer]:
    """Save every one of these rows, or none: what a workbook brings is never half applied.

    Raises AnswersClash when anybody saved one of them meanwhile, WorkflowError as save_answers does.
    """
    saved = save_answers(wanted=wanted, drafts=drafts, by=by)
    if saved.clashes:
        raise AnswersClash(saved.clashes)
    return saved.kept


def _check_open(wanted: Return) -> None:
    hold_for_returns(wanted.review)
    current = Return.objects.select_related("review").get(pk=wanted.pk)
    if reason := why_closed(current):
        raise WorkflowError(reason)


def _save_answer(wanted: Return, part: int, draft: Draft, by: User) -> Answer:
    """The answer as it stands afterwards: ours, or theirs where they were quicker."""
    if draft.seen == 0:
        try:
            with transaction.atomic():
                return _write(Answer(for_return=wanted, part_id=part), draft, by)
        except IntegrityError as error:
            if not breaks(error, Answer, "one_answer_for_a_part"):
                raise
            return wanted.answers.get(part_id=part)
    taken = wanted.answers.filter(part_id=part, version=draft.seen).update(version=F("version") + 1)
    current = wanted.answers.get(part_id=part)
    return _write(current, draft, by) if taken else current


def _write(answer: Answer, draft: Draft, by: User) -> Answer:
    answer.given, answer.part_version = draft.typed, draft.part_version
    answer.saved_by, answer.saved_by_post, answer.saved_at = by, by.post_titles, clock.now()
    save(answer, by, "Draft saved")
    return answer


@transaction.atomic
def send(
    *, wanted: Return, said: Mapping[int, updates.Said], versions: Mapping[int, int], version: int, by: User
) -> Return:
    """Send every answer as an update and the return as a whole; after the due day it is marked late.

    `versions` are the parts' as their checker saw them. Raises ReturnClash when any has moved on, WorkflowError
    when the return was sent before or an answer may not follow. Nothing is sent unless all of it is.
    """
    hold_for_returns(wanted.review)
    claimed = Return.objects.filter(pk=wanted.pk, version=version, sent_at=None).update(version=F("version") + 1)
    current = Return.objects.select_related("review", "body").get(pk=wanted.pk)
    if reason := why_closed(current):
        raise WorkflowError(reason)
    if not claimed:
        raise WorkflowError("This return has changed. Check it again.")
    answers = {answer.part_id: answer for answer in current.answers.select_related("part__recommendation__report")}
    outdated = _outdated(answers)
    moved = [_give(current.review, answers[part], what, versions.get(part, 0), by) for part, what in said.items()]
    if clashes := [part for part in moved if part is not None]:
        raise ReturnClash(clashes)
    if outdated:
        raise WorkflowError(f"{', '.join(outdated)}: something newer was said or decided. Look at the return again.")
    now = clock.now()
    current.sent_at, current.sent_by, current.sent_by_post = now, by, by.post_titles
    current.is_late = current.review.is_late(clock.local_day(now))
    save(current, by, "Return sent")
    return current


def _outdated(answers: Mapping[int, Answer]) -> list[str]:
    """The parts of which something was said or decided since their answers were drafted."""
    moved = {pk: answer for pk, answer in answers.items() if answer.part_version != answer.part.version}
    news = news_since({pk: answer.part_version for pk, answer in moved.items()})
    return [str(answers[pk].part) for pk in news]


def _give(review: Review, answer: Answer, said: updates.Said, version: int, by: User) -> Part | None:
    """Turn one answer into an update; the part, if it has moved on."""
    try:
        update: Update = updates.give_update(
            part=answer.part, said=said, version=version, token=_token_of(answer), by=by, review=review
        )
    except EditClash as clash:
        return clash.part
    answer.update = update
    save(answer, by, "Return sent")
    return None


def _token_of(answer: Answer) -> UUID:
    """One update for one answer, however often the return is sent."""
    return uuid5(NAMESPACE_OID, f"answer/{answer.pk}/{answer.version}")
