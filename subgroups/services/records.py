"""How every service writes: signed, with history, and each form once."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.db.models.fields.related_descriptors import ManyToManyDescriptor
from simple_history.utils import bulk_create_with_history

from krscp import clock
from krscp.constraints import breaks
from subgroups.models import User
from subgroups.models.history import actor_of

AT_ONCE = 500  # rows in one statement
Row = TypeVar("Row", bound=models.Model)


def signature(by: User) -> dict[str, Any]:
    """The author of a statement, with name and posts copied so that they stand when people move on."""
    return {"author": by, "author_name": by.name, "author_post": by.post_titles}


def save(obj: Row, by: User | None, reason: str) -> Row:
    """Save with a history row that says who and why; the same row again."""
    obj._history_user = by  # type: ignore[attr-defined]
    obj._change_reason = reason  # type: ignore[attr-defined]
    obj.save()
    return obj


def remove(obj: models.Model, by: User | None, reason: str) -> None:
    """Delete with a history row that says who and why."""
    obj._history_user = by  # type: ignore[attr-defined]
    obj._change_reason = reason  # type: ignore[attr-defined]
    obj.delete()


def put(values: Any, row: models.Model) -> None:
    """What a form gave, a dataclass with the names of the columns, into a row that is saved afterwards."""
    for name, value in vars(values).items():
        setattr(row, name, value)


def take(rows: models.QuerySet) -> bool:
    """Take the one row, at the version that is asked for, for this transaction; False where it has moved on.

    One statement compares and takes, so that of several simultaneous saves exactly one wins.
    """
    return bool(rows.update(version=F("version") + 1))


def save_all(made: Sequence[Row], by: User | None, reason: str) -> None:
    """Save new rows of one model in few statements, each with the history row that `save` gives it."""
    for obj in made:
        obj._history_user = by  # type: ignore[attr-defined]
    if made:
        bulk_create_with_history(
            made, type(made[0]), batch_size=AT_ONCE, default_change_reason=reason, default_date=clock.now(),
            custom_historical_attrs=actor_of(by),
        )  # fmt: skip


def link_all(field: "ManyToManyDescriptor[Any, Any]", pairs: Iterable[tuple[models.Model, models.Model]]) -> None:
    """Tie new rows to others in few statements; these ties have no history of their own."""
    source, target = field.field.m2m_field_name(), field.field.m2m_reverse_field_name()
    ties = [field.through(**{source: one, target: other}) for one, other in pairs]
    field.through._default_manager.bulk_create(ties, batch_size=AT_ONCE)


def sent_before(model: type[models.Model], token: Any, by: User) -> Any | None:
    """What the form with this token made when it was first sent, or None; anything but a token is None."""
    try:
        return model._default_manager.filter(token=UUID(str(token)), author=by).first()
    except ValueError:
        return None


def once(model: type[Row], token: UUID, make: Callable[[], Row]) -> Row:
    """What `make` saves under this token, or what the same form saved before, even at the same moment.

    Raises IntegrityError for every other rule that the row breaks.
    """
    if sent := model._default_manager.filter(token=token).first():
        return sent
    try:
        with transaction.atomic():
            return make()
    except IntegrityError as error:
        if not breaks(error, model, "token"):
            raise
        return model._default_manager.get(token=token)


def save_once(row: Row, by: User, reason: str) -> Row:
    """Save a new row with the token of its form, as `once` does."""
    return once(type(row), row.token, lambda: save(row, by, reason))  # type: ignore[attr-defined]
