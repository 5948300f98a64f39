"""Each review has a meeting, and who was there and what was considered is the meeting's, with its whole history."""

import django.db.models.deletion
from django.core.management.color import no_style
from django.db import migrations, models

MEETINGS = "INSERT INTO subgroups_meeting (id) SELECT id FROM recommendations_review ORDER BY id"
# A meeting was made when its review was set up, by whoever did that.
MADE = "id, actor_name, actor_post, history_date, history_change_reason, history_type, history_user_id"
HISTORY = f"""
INSERT INTO subgroups_historicalmeeting ({MADE})
SELECT {MADE} FROM recommendations_historicalreview WHERE history_type <> '~' ORDER BY history_id
"""  # nosec B608
HAVE = "UPDATE recommendations_review SET meeting_id = id"
CARRIED = ("learning", "historicallearning", "attendance", "historicalattendance")
LAST = "SELECT MAX(id) FROM (SELECT id FROM {0} UNION SELECT id FROM {1}) AS given"


def carry(apps, schema_editor):
    """A meeting under the number of its review, so that every row goes along as it is, each under its own number."""
    carried = [apps.get_model("subgroups", name) for name in CARRIED]
    with schema_editor.connection.cursor() as cursor:
        for statement in (MEETINGS, HISTORY, HAVE):
            cursor.execute(statement)
        for name, new in zip(CARRIED, carried):
            columns = ", ".join(field.column for field in new._meta.concrete_fields)
            before = columns.replace("meeting_id", "review_id")
            cursor.execute(
                f"INSERT INTO {new._meta.db_table} ({columns}) SELECT {before} FROM recommendations_{name} "
                f"ORDER BY {new._meta.pk.column}"  # nosec B608
            )
        histories = [apps.get_model("subgroups", "historicalmeeting"), *carried]
        for statement in schema_editor.connection.ops.sequence_reset_sql(no_style(), histories):
            cursor.execute(statement)
        for name in ("meeting", "learning", "attendance"):
            go_on(cursor, f"subgroups_{name}", f"subgroups_historical{name}")
    # PostgreSQL alters no table of which something is still to be checked.
    schema_editor.connection.check_constraints()


def go_on(cursor, table, history):
    """The number of a row that was removed is not given again: its history goes by it."""
    cursor.execute(LAST.format(table, history))
    (last,) = cursor.fetchone()
    if last is None:
        return
    if cursor.db.vendor == "postgresql":
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, last])
    else:
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])


class Migration(migrations.Migration):

    dependencies = [
        ("subgroups", "0002_meetings"),
        ("recommendations", "0002_words_are_found_on_postgresql"),
    ]

    operations = [
        migrations.AddField(
            model_name="review",
            name="meeting",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="review", to="subgroups.meeting"
            ),
        ),
        migrations.RunPython(carry),
        migrations.AlterField(
            model_name="review",
            name="meeting",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="review", to="subgroups.meeting"
            ),
        ),
        migrations.DeleteModel(name="HistoricalAttendance"),
        migrations.DeleteModel(name="Attendance"),
        migrations.DeleteModel(name="HistoricalLearning"),
        migrations.DeleteModel(name="Learning"),
    ]
