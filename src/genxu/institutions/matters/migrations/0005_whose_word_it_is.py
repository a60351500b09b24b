import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import DateTimeField, F
from django.db.models.functions import Cast


def stood(apps, schema_editor):
    """What was given until now stood from its day; the hour was not kept."""
    rows = apps.get_model("matters", "Verdict").objects
    rows.update(stands_from=F("on"), at=Cast("on", DateTimeField()))


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0004_codes_are_sealed'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='verdict',
            name='verdict_once_a_round',
        ),
        migrations.RemoveIndex(
            model_name='verdict',
            name='verdict_place',
        ),
        migrations.AddField(
            model_name='matter',
            name='basis',
            field=models.TextField(blank=True, max_length=1000, verbose_name='legal basis'),
        ),
        migrations.AddField(
            model_name='verdict',
            name='at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='verdict',
            name='before',
            field=models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
        ),
        migrations.AddField(
            model_name='verdict',
            name='ended_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='verdict',
            name='heard_by',
            field=models.CharField(blank=True, max_length=40, verbose_name='who heard it'),
        ),
        migrations.AddField(
            model_name='verdict',
            name='heard_how',
            field=models.CharField(blank=True, choices=[('in_person', 'Face to face'), ('by_phone', 'By phone'), ('at_talk', 'At the talk')], max_length=10, verbose_name='how'),
        ),
        migrations.AddField(
            model_name='verdict',
            name='heard_on',
            field=models.DateField(blank=True, null=True, verbose_name='heard on'),
        ),
        migrations.AddField(
            model_name='verdict',
            name='matter_version',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='verdict',
            name='overrules',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='matters.verdict'),
        ),
        migrations.AddField(
            model_name='verdict',
            name='stands_from',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='verdict',
            name='status',
            field=models.CharField(choices=[('standing', 'It stands'), ('pending', 'It waits for her to see it'), ('overruled', 'Her own word came after it'), ('disowned', 'She never said it'), ('taken_back', 'She took it back')], default='standing', max_length=10),
        ),
        migrations.RunPython(stood, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='verdict',
            name='at',
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name='matter',
            name='state',
            field=models.CharField(choices=[('registered', 'Registered'), ('triaged', 'Triaged'), ('assigned', 'Assigned'), ('under_way', 'Under way'), ('returned', 'Returned'), ('done', 'Done'), ('asked_back', 'Asked back'), ('closed', 'Closed'), ('unconfirmed', 'Unconfirmed'), ('referred', 'Judged above'), ('explained', 'Explained'), ('no_agreement', 'No agreement')], max_length=12, verbose_name='state'),
        ),
        migrations.AddIndex(
            model_name='verdict',
            index=models.Index(fields=['hamlet', 'stands_from'], name='verdict_place'),
        ),
        migrations.AddIndex(
            model_name='verdict',
            index=models.Index(condition=models.Q(('status', 'pending')), fields=['at'], name='verdict_pending'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ('standing', 'pending'))), fields=('matter', 'suggestion', 'round'), name='verdict_live_once_a_round'),
        ),
    ]
