"""PostgreSQL: pg_dump of one snapshot that is counted too, and psql in one transaction that counts before it ends."""

import os
import subprocess  # nosec B404
from pathlib import Path

from django.db import connection, transaction

from krscp.backups.contents import CannotDo, Contents, contents_of

FILE = "database.dump"
FUNCTIONS = """
    SELECT format('DROP FUNCTION IF EXISTS %%s CASCADE;', found.oid::regprocedure) FROM pg_proc found
    WHERE found.pronamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend held WHERE held.objid = found.oid AND held.deptype = 'e')
"""


def dump(file: Path) -> Contents:
    """Copy the database to a file, and count the rows of that same moment."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        moment = cursor.fetchone()[0]
        contents = contents_of(cursor, connection.introspection.table_names(cursor))
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}", f"--file={file}")
    return contents


def check(file: Path, told: dict[str, int]) -> None:
    """Raises CannotDo when PostgreSQL cannot read the file, or a table's data is not in it."""
    listed = [line.split() for line in _run("pg_restore", "--list", str(file)).splitlines()]
    held = {words[6] for words in listed if words[3:5] == ["TABLE", "DATA"]}
    if missing := sorted(set(told) - held):
        raise CannotDo(f"{file.name} lacks the table {missing[0]}.")


def restore(file: Path, told: dict[str, int]) -> None:
    """Drop what is there, put the file in place and count, all in one transaction."""
    before, script, after = (file.with_name(name) for name in ("before.sql", "restore.sql", "after.sql"))
    _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(file))
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = cursor.fetchone()[0]
        tables = connection.introspection.table_names(cursor)
        cursor.execute(FUNCTIONS, [])
        functions = [row[0] for row in cursor.fetchall()]
    drops = [f'DROP TABLE IF EXISTS "{schema}"."{table}" CASCADE;' for table in tables]
    before.write_text("\n".join([*drops, *functions, ""]), encoding="utf-8")
    after.write_text(_counted(schema, told), encoding="utf-8")
    connection.close()  # it would wait for itself
    one = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
    _run("psql", *one, *(f"--file={part}" for part in (before, script, after)))


def _counted(schema: str, told: dict[str, int]) -> str:
    """SQL that fails when a table has not as many rows as was told."""
    return "\n".join(
        f"""DO $$ BEGIN IF (SELECT COUNT(*) FROM "{schema}"."{table}") <> {int(count)} THEN
            RAISE EXCEPTION 'Table {table} should have {int(count)} rows and has another number.'; END IF; END $$;"""  # noqa: S608  # nosec B608
        for table, count in told.items()
    )


def _run(*command: str) -> str:
    """What a program of PostgreSQL prints. The password goes by the environment: lists of processes show commands."""
    try:
        done = subprocess.run(command, env=_environment(), capture_output=True, text=True, check=False)  # noqa: S603  # nosec B603
    except FileNotFoundError as error:
        how = "Install PostgreSQL's programs: apt install postgresql-client."
        raise CannotDo(f"{command[0]} is not here. {how}") from error
    if done.returncode:
        raise CannotDo(f"{command[0]} failed. It says: {done.stderr.strip() or done.returncode}")
    return done.stdout


def _environment() -> dict[str, str]:
    """Which database, by the names that PostgreSQL's programs know."""
    place = connection.settings_dict
    _, secret = connection.client.settings_to_cmd_args_env(place, [])
    named = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGDATABASE": "NAME"}
    told = {name: str(place[key]) for name, key in named.items() if place[key]}
    return os.environ | told | (secret or {})
