"""PostgreSQL refuses to change or delete what reviews leave behind, and the history of all that is new."""

from importlib import import_module

from django.db import migrations

FUNCTION = import_module("recommendations.migrations.0002_append_only_triggers").FUNCTION
STANDING = {"confirmation", "escalation", "paper", "reminder", "snapshot"}
WITH_HISTORY = {"answer", "attendance", "learning", "return", "review"}


def tables(apps):
    names = STANDING | {f"historical{name}" for name in WITH_HISTORY}
    return [model._meta.db_table for model in apps.get_models() if model._meta.model_name in names]


def put_up(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
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


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0004_reviews")]
    operations = [migrations.RunPython(put_up, take_down)]
