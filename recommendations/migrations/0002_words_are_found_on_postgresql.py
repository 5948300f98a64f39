"""Words in the wording and the short title are found by their groups of three letters, where the database can."""

from django.db import migrations

TABLE = "recommendations_recommendation"
MAY = """
SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm')
AND (EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm')
     OR has_database_privilege(current_database(), 'CREATE'))
"""
INDEX = f'CREATE INDEX holds_{{0}} ON {TABLE} USING gin (UPPER("{{0}}"::text) gin_trgm_ops)'


def index_words(apps, schema_editor):
    """A search without the index, as on SQLite and on a PostgreSQL without the extension, finds the same, slower."""
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(MAY)
        if cursor.fetchone()[0]:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            for column in ("text", "short_title"):
                cursor.execute(INDEX.format(column))


def forget_words(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS holds_text, holds_short_title")


class Migration(migrations.Migration):

    dependencies = [("recommendations", "0001_initial")]

    operations = [migrations.RunPython(index_words, forget_words)]
