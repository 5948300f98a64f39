"""The only writers of meetings: who was there, what they considered.

Whether anything may be recorded now is for the services of what has the meeting: they hold it, then call these.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from krscp.refusals import Moved
from subgroups.models import Attendance, Learning, Meeting, Post, User
from subgroups.services.records import remove, save, save_once


def set_up(*, by: User, reason: str) -> Meeting:
    """A meeting of its own for what is set up."""
    return save(Meeting(), by, reason)


def add_learning(*, meeting: Meeting, token: UUID, by: User, **told: object) -> Learning:
    """An audit, deep dive or scrutiny that the meeting considers (Rec 7); the same form sent twice adds one."""
    return save_once(Learning(meeting=meeting, token=token, **told), by, "Learning added")


def remove_learning(*, meeting: Meeting, pk: int, by: User) -> None:
    """Take a piece of learning off again; its history stays. Raises Moved when somebody else has removed it."""
    learning = meeting.learning.filter(pk=pk).first()
    if learning is None:
        raise Moved("This learning is removed already.")
    remove(learning, by, "Learning removed")


@transaction.atomic(savepoint=False)
def record_attendance(*, meeting: Meeting, marks: Mapping[Post, str], by: User) -> None:
    """Who was represented. A post marked "" is not recorded any more; its history stays."""
    known = {found.post_id: found for found in meeting.attendance.all()}
    for post, how in marks.items():
        _mark(known.get(post.pk) or Attendance(meeting=meeting, post=post), how, by)


def _mark(mark: Attendance, how: str, by: User) -> None:
    if how and mark.how != how:
        mark.how = how
        save(mark, by, "Attendance recorded")
    elif not how and mark.pk is not None:
        remove(mark, by, "Attendance cleared")
