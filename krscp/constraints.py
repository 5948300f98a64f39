"""Rules of the database that many tables have, and which rule a refused row broke, by its name: "any IntegrityError" is
never taken for one of them.
"""

import re
from functools import reduce
from operator import or_
from typing import Any

from django.db import IntegrityError, models
from django.db.models import CheckConstraint, Q

UNIQUE_ON_SQLITE = "UNIQUE constraint failed: "


def together(name: str, *fields: str) -> CheckConstraint:
    """All of these fields hold something, or none does."""
    none, all_of_them = Q(**dict.fromkeys(fields)), Q(**{f"{field}__isnull": False for field in fields})
    return CheckConstraint(condition=none | all_of_them, name=name)


def one_of(name: str, *fields: str) -> CheckConstraint:
    """One of these fields holds something, and the others do not."""
    alone = [Q(**{f"{one}__isnull": False}, **dict.fromkeys(set(fields) - {one})) for one in fields]
    return CheckConstraint(condition=reduce(or_, alone), name=name)


def wherever(name: str, holds: Q, also: Q) -> CheckConstraint:
    """Where the one holds, the other does too."""
    return CheckConstraint(condition=~holds | also, name=name)


def breaks(error: IntegrityError, model: type[models.Model], name: str) -> bool:
    """Whether `error` says that a row of `model` broke this rule: a constraint by its name, or a field that is unique.

    PostgreSQL names the constraint; SQLite names the columns, which are those of the constraint as declared.
    """
    told = getattr(error.__cause__, "diag", None)
    return _told_by_postgresql(told, model, name) if told is not None else _told_by_sqlite(str(error), model, name)


def _told_by_postgresql(told: Any, model: type[models.Model], name: str) -> bool:
    if told.table_name != model._meta.db_table:
        return False
    key = re.search(r"\((.*?)\)=", told.message_detail or "")
    return told.constraint_name == name or (key is not None and [key[1]] == _unique_field(model, name))


def _told_by_sqlite(said: str, model: type[models.Model], name: str) -> bool:
    columns = _unique_field(model, name) or _columns(model, name)
    places = ", ".join(f"{model._meta.db_table}.{column}" for column in columns)
    return said in {
        f"CHECK constraint failed: {name}",
        f"{UNIQUE_ON_SQLITE}index '{name}'",
        f"{UNIQUE_ON_SQLITE}{places}",
    }


def _columns(model: type[models.Model], name: str) -> list[str]:
    """The columns of the unique constraint of that name."""
    for constraint in model._meta.constraints:
        if constraint.name == name and isinstance(constraint, models.UniqueConstraint):
            columns = {field.name: str(field.column) for field in model._meta.concrete_fields}
            return [columns[field] for field in constraint.fields]
    return []


def _unique_field(model: type[models.Model], name: str) -> list[str]:
    """The column of the field of that name, if it is unique by itself."""
    return [str(field.column) for field in model._meta.concrete_fields if field.name == name and field.unique]
