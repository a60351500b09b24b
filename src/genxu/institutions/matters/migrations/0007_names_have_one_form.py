from django.db import migrations

from genxu.core.names import tidy


def one_form(apps, schema_editor):
    """Names that stand there as they were once typed are found and guarded by their one form."""
    tidy(apps.get_model('matters', 'Suggestion'), 'raiser_name')
    tidy(apps.get_model('matters', 'Matter'), 'assignee_name')


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0006_matters_from_anywhere'),
    ]

    operations = [
        migrations.RunPython(one_form, migrations.RunPython.noop, elidable=True),
    ]
