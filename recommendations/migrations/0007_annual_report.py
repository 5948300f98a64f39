"""The annual report: saved choices, and what is kept of a finished period's run, which PostgreSQL lets nobody change."""

from importlib import import_module

import django.db.models.deletion
import krscp.clock
import simple_history.models
from django.conf import settings
from django.db import migrations, models

FUNCTION = import_module("recommendations.migrations.0002_append_only_triggers").FUNCTION
STANDING = ("annualrun", "annualfile", "historicalannualreport")


def tables(apps):
    return [apps.get_model("recommendations", name)._meta.db_table for name in STANDING]


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
    dependencies = [
        ("recommendations", "0006_imports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AnnualReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120)),
                ("period_from", models.DateField(verbose_name="period from")),
                ("period_to", models.DateField(verbose_name="period to")),
                ("sections", models.JSONField(help_text="Of AnnualSection, in its order")),
                ("token", models.UUIDField(unique=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ["-period_to", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("period_from__lte", models.F("period_to"))), name="annual_period_order"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AnnualRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("author_name", models.CharField(max_length=200)),
                ("author_post", models.CharField(max_length=300)),
                ("created_at", models.DateTimeField(db_index=True, default=krscp.clock.now)),
                ("schema", models.PositiveSmallIntegerField()),
                ("content", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="run",
                        to="recommendations.annualreport",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HistoricalAnnualReport",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("actor_name", models.CharField(blank=True, max_length=200)),
                ("actor_post", models.CharField(blank=True, max_length=300)),
                ("title", models.CharField(max_length=120)),
                ("period_from", models.DateField(verbose_name="period from")),
                ("period_to", models.DateField(verbose_name="period to")),
                ("sections", models.JSONField(help_text="Of AnnualSection, in its order")),
                ("token", models.UUIDField(db_index=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical annual report",
                "verbose_name_plural": "historical annual reports",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="AnnualFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("author_name", models.CharField(max_length=200)),
                ("author_post", models.CharField(max_length=300)),
                ("created_at", models.DateTimeField(db_index=True, default=krscp.clock.now)),
                ("file_format", models.CharField(max_length=8)),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="recommendations.annualrun",
                    ),
                ),
            ],
            options={
                "ordering": ["file_format"],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "file_format"), name="one_annual_file_of_a_format")
                ],
            },
        ),
        migrations.RunPython(put_up, take_down),
    ]
