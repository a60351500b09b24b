from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_sign_in"),
    ]

    operations = [
        migrations.AddField(
            model_name="householdneed",
            name="noted_on",
            field=models.DateField(null=True),
        ),
    ]
