"""The owners of a part at the proposal of its completion are kept with it; what waits now gets those who stand."""

from zoneinfo import ZoneInfo

from django.db import migrations, models
from django.db.models import Q

LONDON = ZoneInfo("Europe/London")
LEADING = [
    "co_chair", "commissioner", "lead", "slg_member", "slg_chair", "strategic_lead", "manager", "team",
]


def keep_owners(apps, schema_editor):
    """Who owns it now, and who led those bodies on the day of the proposal that waits."""
    Part = apps.get_model("recommendations", "Part")
    for part in Part.objects.filter(status="awaiting_sign_off"):
        proposal = part.updates.filter(kind="proposal", withdrawal=None).order_by("-created_at", "-pk").first()
        if proposal is not None:
            day = proposal.created_at.astimezone(LONDON).date()
            owners = part.ownerships.filter(kind="lead").select_related("body").order_by("position", "pk")
            kept = [told(apps, owned, day) for owned in owners]
            Part.objects.filter(pk=part.pk).update(proposal_owners=kept)


def told(apps, owned, day):
    Appointment = apps.get_model("subgroups", "Appointment")
    held = Appointment.objects.filter(
        Q(ends=None) | Q(ends__gte=day), starts__lte=day, post__body=owned.body_id, post__role__in=LEADING
    )
    leads = sorted(set(held.values_list("person_id", flat=True)))
    return {"body": owned.body_id, "slg": owned.body.kind == "slg", "leads": leads}


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0007_annual_report"), ("subgroups", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="historicalpart",
            name="proposal_owners",
            field=models.JSONField(blank=True, default=list, help_text="Who owned it that day, and who led those"),
        ),
        migrations.AddField(
            model_name="part",
            name="proposal_owners",
            field=models.JSONField(blank=True, default=list, help_text="Who owned it that day, and who led those"),
        ),
        migrations.RunPython(keep_owners, migrations.RunPython.noop),
    ]
