"""Each report knows whether it stands beside others, so that names say which one is meant."""

from django.db import migrations, models

FIELD = {"default": False, "help_text": "Whether names must say which report is meant"}


def tell_apart(apps, schema_editor):
    reports = apps.get_model("recommendations", "Report").objects
    if reports.count() > 1:
        reports.update(beside_others=True)


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0008_owners_at_proposal")]
    operations = [
        migrations.AddField("report", "beside_others", models.BooleanField(**FIELD)),
        migrations.AddField("historicalreport", "beside_others", models.BooleanField(**FIELD)),
        migrations.RunPython(tell_apart, migrations.RunPython.noop),
    ]
