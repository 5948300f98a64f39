"""PostgreSQL itself refuses to change or delete what stands for good: statements, decisions and history."""

from django.db import migrations

FUNCTION = "refuse_change_of_a_standing_row"
STANDING = {"decision", "evidence", "exportrecord", "outcome", "update", "withdrawal"}


def tables(apps):
    """The tables of append-only models, and of the history of both rooms."""
    for room in ("subgroups", "recommendations"):
        for model in apps.get_app_config(room).get_models():
            name = model._meta.model_name
            if name.startswith("historical") or (room == "recommendations" and name in STANDING):
                yield model._meta.db_table


def put_up(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(
        f"""
        CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'Rows of % stand as they were written. Add a new row.', TG_TABLE_NAME
                USING ERRCODE = 'restrict_violation';
        END $$
        """,
        params=None,  # the % is the trigger's
    )
    for table in tables(apps):
        schema_editor.execute(
            f'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "{table}" '
            f"FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()"
        )


def take_down(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in tables(apps):
        schema_editor.execute(f'DROP TRIGGER append_only ON "{table}"')
    schema_editor.execute(f"DROP FUNCTION {FUNCTION}()")


class Migration(migrations.Migration):
    dependencies = [("subgroups", "0001_initial"), ("recommendations", "0001_initial")]
    operations = [migrations.RunPython(put_up, take_down)]
