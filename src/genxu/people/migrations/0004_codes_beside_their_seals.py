from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_registers'),
    ]

    operations = [
        migrations.AddField(
            model_name='householdlink',
            name='code_mark',
            field=models.CharField(max_length=64, null=True),
        ),
        migrations.AddField(
            model_name='householdlink',
            name='code_sealed',
            field=models.CharField(max_length=160, null=True),
        ),
        migrations.AddField(
            model_name='householdlink',
            name='printed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='householdlink',
            name='code_shown_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
