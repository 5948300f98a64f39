"""Local sub-tasks: added, then done."""

from datetime import date
from uuid import UUID

from django.db import transaction

from recommendations.models import Action, Part
from subgroups.models import User
from subgroups.services.records import save, save_once, take


@transaction.atomic
def add_action(*, part: Part, what: str, who: str, due: date | None, token: UUID, by: User) -> Action:
    """Add a sub-task; the same form sent twice adds one."""
    return save_once(Action(part=part, what=what, who=who, due=due, token=token), by, "Action added")


@transaction.atomic
def finish_action(*, action: Action, on: date, by: User) -> Action:
    """Mark a sub-task done; one that is done already stays as it is."""
    taken = take(Action.objects.filter(pk=action.pk, done_on=None))
    current = Action.objects.get(pk=action.pk)
    if taken:
        current.done_on = on
        save(current, by, "Action done")
    return current
