from django.db import migrations

from genxu.core.names import tidy


def one_form(apps, schema_editor):
    """Names that stand there as they were once typed are found and guarded by their one form."""
    tidy(apps.get_model('centre_households', 'CentreHousehold'), 'person_name')


class Migration(migrations.Migration):

    dependencies = [
        ('centre_households', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(one_form, migrations.RunPython.noop, elidable=True),
    ]
