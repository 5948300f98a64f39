"""Each kind of writer into an open review, ready to go; and all that belongs to a review, to compare before and after.

A model that points at a review, its meeting or a return, and has no writer here, fails in tests/test_frozen_window.py.
"""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.db import models

from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from recommendations.models import (
    Answer,
    Decision,
    Paper,
    Reminder,
    Return,
    Review,
    Snapshot,
    Update,
)
from recommendations.reviews.returns.read import read_rows
from recommendations.reviews.seats import seats_of
from recommendations.services import decisions, reminders, returns, reviews, updates
from subgroups.models import Attendance, Learning, Meeting, User
from tests.factories import A_DAY, a_day_to_come, answer_all, learn, the_part
from tests.simultaneous import Job

Writer = Callable[[Review, Callable[[str], User]], Job]


def decided_by_a_member(review: Review, person: Callable[[str], User]) -> Job:
    return _decided(person("slg_member"))


def recorded_by_the_manager(review: Review, person: Callable[[str], User]) -> Job:
    return _decided(person("manager"))


def _decided(by: User) -> Job:
    part, token = the_part("25"), uuid.uuid4()
    ruling = decisions.Ruling(DecisionKind.NOTE, "Noted in the window", dt.date(2026, 3, 31))
    return lambda: decisions.decide(part=part, ruling=ruling, version=part.version, token=token, by=by)


def return_sent(review: Review, person: Callable[[str], User]) -> Job:
    by = person("vca_cochair1")
    wanted = answer_all(review.returns.get(body__slug="vca"), by)
    lines = read_rows(wanted, A_DAY).checked().lines
    assert all(line.form.is_valid() for line in lines)
    said = {line.part.pk: line.form.answer_as_said() for line in lines}
    versions = {line.part.pk: line.part.version for line in lines}
    return lambda: returns.send(wanted=wanted, said=said, versions=versions, version=wanted.version, by=by)


def answer_saved(review: Review, person: Callable[[str], User]) -> Job:
    by, part = person("qi_cochair"), the_part("18", "qi")
    wanted = review.returns.get(body__slug="qi")
    draft = returns.Draft({"status": "no_change", "what_happened": "As before"}, 0, part.version)
    return lambda: returns.save_answers(wanted=wanted, drafts={part.pk: draft}, by=by)


def update_of_a_return(review: Review, person: Callable[[str], User]) -> Job:
    by, part = person("manager"), the_part("24")
    said = updates.Said(Status.ON_TRACK, what_happened="Begun", what_next="Go on", next_date=a_day_to_come())
    token = uuid.uuid4()
    return lambda: updates.give_update(
        part=part, said=said, version=part.version, token=token, by=by, review=review
    )


def attendance_recorded(review: Review, person: Callable[[str], User]) -> Job:
    by, marks = person("manager"), {seats_of(review)[0]: "present"}
    return lambda: reviews.record_attendance(
        review=review, marks=marks, disproportionality="Taken", version=review.version, by=by
    )


def learning_added(review: Review, person: Callable[[str], User]) -> Job:
    by = person("manager")
    return lambda: learn(review, by, title="Added in the window")


def learning_removed(review: Review, person: Callable[[str], User]) -> Job:
    by = person("manager")
    learning = learn(review, by)
    return lambda: reviews.remove_learning(review=review, pk=learning.pk, by=by)


def reminded(review: Review, person: Callable[[str], User]) -> Job:
    told = {"person": person("vca_cochair2"), "by": person("manager")}
    return lambda: reminders.record_reminder(review=review, on=review.held_on, days_before=3, items=1, **told)


WRITERS: dict[Writer, tuple[type[models.Model], ...]] = {
    decided_by_a_member: (Decision,),
    recorded_by_the_manager: (Decision,),
    return_sent: (Return, Answer, Update),
    answer_saved: (Answer,),
    update_of_a_return: (Update,),
    attendance_recorded: (Attendance,),
    learning_added: (Learning,),
    learning_removed: (Learning,),
    reminded: (Reminder,),
}
# What the freeze itself writes.
LEFT_BY_THE_FREEZE = {Snapshot, Paper}


def pointing_at(model: type[models.Model]) -> dict[type[models.Model], str]:
    """Every model with a field for a row of this one, less what the freeze leaves, and that field."""
    found = {relation.related_model: relation.field.name for relation in model._meta.related_objects}
    return {other: name for other, name in found.items() if other not in {*LEFT_BY_THE_FREEZE, model}}


def ways_to_a_review() -> dict[type[models.Model], str]:
    """Every model whose rows belong to a review, by themselves or as part of what does, and by which field."""
    found = pointing_at(Review)
    for between in (Return, Meeting):
        found |= {model: f"{name}__review" for model, name in pointing_at(between).items() if model is not Review}
    return found


def belongings(review: Review) -> dict[str, list[Any]]:
    """Every row of the review, with all its values, and what it says of itself."""
    found = {model.__name__: model.objects.filter(**{way: review}) for model, way in ways_to_a_review().items()}
    said = Review.objects.values_list("disproportionality", flat=True).get(pk=review.pk)
    return {"itself": [said]} | {name: list(rows.order_by("pk").values()) for name, rows in found.items()}
