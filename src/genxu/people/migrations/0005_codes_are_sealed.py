from typing import Any

from django.db import migrations, models

from genxu.core.sealing import seal_codes


def seal(apps: Any, schema_editor: Any) -> None:
    seal_codes(apps.get_model('people', 'HouseholdLink'), 'code')


class Migration(migrations.Migration):

    atomic = False  # a large table is sealed batch by batch

    dependencies = [
        ('people', '0004_codes_beside_their_seals'),
    ]

    operations = [
        migrations.RunPython(seal),
        migrations.AlterField(
            model_name='householdlink',
            name='code_mark',
            field=models.CharField(max_length=64, unique=True),
        ),
        migrations.AlterField(
            model_name='householdlink',
            name='code_sealed',
            field=models.CharField(max_length=160),
        ),
        migrations.RemoveField(
            model_name='householdlink',
            name='code',
        ),
    ]
