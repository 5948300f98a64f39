"""The database itself refuses to change, delete or empty what stands, whoever asks: the one place that says how.

They are put up after every `migrate`, for every model whose rows stand: no migration can forget one, and a table that
SQLite makes anew to change a column has them again.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Warning
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from simple_history.models import HistoricalChanges

from krscp.append_only import AppendOnly

FUNCTION = "refuse_change_of_what_stands"
WORDS = "Rows of {} stand as they were written. Add a new row."
POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{WORDS.format("%")}', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""
ON_SQLITE = """CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" BEGIN SELECT RAISE(ABORT, '{words}'); END"""
ON_POSTGRESQL = 'CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON "{table}" {each} EXECUTE FUNCTION {function}()'
THOSE_OF_POSTGRESQL = """
SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
JOIN pg_proc ON pg_proc.oid = tgfoid WHERE proname = %s AND tgenabled = 'O' AND pg_table_is_visible(tgrelid)
"""


def standing() -> list[type[models.Model]]:
    """Every model whose rows stand as they were written: statements and records, and the history of all others."""
    return [model for model in apps.get_models() if issubclass(model, AppendOnly | HistoricalChanges)]


def wanted(connection: BaseDatabaseWrapper, of: Iterable[type[models.Model]]) -> dict[tuple[str, str], str]:
    """The triggers of these models by table and name, each with what makes it; of tables that are there."""
    there = set(connection.introspection.table_names())
    tables = [model._meta.db_table for model in of if model._meta.db_table in there]
    return {(table, name): sql for table in tables for name, sql in _of_table(connection.vendor, table).items()}


def _of_table(vendor: str, table: str) -> dict[str, str]:
    if vendor == "postgresql":
        told = {"table": table, "function": FUNCTION}
        return {
            "never_changed": ON_POSTGRESQL.format(
                name="never_changed", event="UPDATE OR DELETE", each="FOR EACH ROW", **told
            ),
            "never_emptied": ON_POSTGRESQL.format(
                name="never_emptied", event="TRUNCATE", each="FOR EACH STATEMENT", **told
            ),
        }
    words = WORDS.format(table)
    names = {f"{table}_no_{event.lower()}": event for event in ("UPDATE", "DELETE")}
    return {
        name: ON_SQLITE.format(name=name, event=event, table=table, words=words) for name, event in names.items()
    }


def standing_up(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    """The triggers of ours that the database has and obeys."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(THOSE_OF_POSTGRESQL, [FUNCTION])
        else:
            cursor.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'")
        return set(cursor.fetchall())


def missing(connection: BaseDatabaseWrapper) -> dict[tuple[str, str], str]:
    """What is wanted and not there."""
    there = standing_up(connection)
    return {key: sql for key, sql in wanted(connection, standing()).items() if key not in there}


def put_up(using: str = "default", **_: Any) -> None:
    """Put up every trigger that is missing: all of them or, where one cannot be, none."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
        for sql in missing(connection).values():
            cursor.execute(sql)


def are_up(databases: Iterable[str] | None = None, **_: Any) -> list[CheckMessage]:
    """For `check --database default`: warns where the database would let somebody change what stands."""
    tables = {table for using in databases or [] for table, _ in missing(connections[using])}
    if not tables:
        return []
    told = f"{len(tables)} tables whose rows stand for good can be changed, {min(tables)} for one."
    return [Warning(told, hint="Run manage.py migrate, which puts the triggers up.", id="krscp.W001")]
