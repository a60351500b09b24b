"""Suggestions say where they were said; deadlines have a history; tries have their hour."""

from datetime import UTC, datetime
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from genxu.core.calendar import year_is_known

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
WORKING = ('registered', 'triaged', 'assigned', 'under_way', 'returned')


def fill(apps: Any, schema_editor: Any) -> None:
    """What deadlines were before is not known: their steps take the one that holds today, as the
    figures did. Tries have the hour of their step."""
    step, tried = (apps.get_model('matters', name) for name in ('MatterStep', 'AskingBack'))
    matter = apps.get_model('matters', 'Matter')
    own = matter.objects.filter(pk=OuterRef('matter'))
    step.objects.update(due_at=Subquery(own.values('due_at')[:1]))
    asked = step.objects.filter(step='ask_back', matter=OuterRef('matter'), on=OuterRef('on'))
    for one in tried.objects.annotate(first=Subquery(asked.order_by('at').values('at')[:1])):
        tried.objects.filter(pk=one.pk).update(at=one.first)
    working = matter.objects.filter(state__in=WORKING).exclude(urgency='urgent')
    for one in working.filter(due_at__gte=timezone.now()).only('due_at'):
        if not year_is_known(day := timezone.localdate(one.due_at)):
            matter.objects.filter(pk=one.pk).update(uncounted_year=day.year)


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0005_whose_word_it_is'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='suggestion',
            name='source',
            field=models.CharField(choices=[('talk', 'At an evening talk'), ('household', 'By the household itself, on its page'), ('noted', 'Noted down between talks')], default='talk', max_length=10, verbose_name='where it was said'),
        ),
        migrations.AddField(
            model_name='suggestion',
            name='noted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='matter',
            name='uncounted_year',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='matterstep',
            name='due_at',
            field=models.DateTimeField(default=LONG_AGO),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='askingback',
            name='at',
            field=models.DateTimeField(default=LONG_AGO),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('uncounted_year__isnull', False)), fields=['uncounted_year'], name='matter_uncounted'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
