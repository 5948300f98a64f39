from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0003_front'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalpart',
            name='answered',
            field=models.CharField(blank=True, choices=[('returned', 'Sent back, reopened or objected to'), ('agreed', 'A date that was asked for is agreed')], help_text='Since the last update', max_length=10),
        ),
        migrations.AddField(
            model_name='historicalpart',
            name='asks',
            field=models.BooleanField(default=False, help_text='Whether something waits for the SLG’s answer'),
        ),
        migrations.AddField(
            model_name='part',
            name='answered',
            field=models.CharField(blank=True, choices=[('returned', 'Sent back, reopened or objected to'), ('agreed', 'A date that was asked for is agreed')], help_text='Since the last update', max_length=10),
        ),
        migrations.AddField(
            model_name='part',
            name='asks',
            field=models.BooleanField(default=False, help_text='Whether something waits for the SLG’s answer'),
        ),
        migrations.AddIndex(
            model_name='ownership',
            index=models.Index(fields=['body', 'kind', 'part'], name='led_by_body'),
        ),
        migrations.AddIndex(
            model_name='ownership',
            index=models.Index(fields=['part', 'kind'], name='led_at_all'),
        ),
    ]
