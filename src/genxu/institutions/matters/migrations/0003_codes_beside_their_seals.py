from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0002_steps_share_their_fields'),
    ]

    operations = [
        migrations.AddField(
            model_name='suggestion',
            name='code_mark',
            field=models.CharField(max_length=64, null=True),
        ),
        migrations.AddField(
            model_name='suggestion',
            name='code_sealed',
            field=models.CharField(max_length=160, null=True),
        ),
        migrations.AddField(
            model_name='suggestion',
            name='printed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='suggestion',
            name='code_shown_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='verdict',
            name='code_was_shown',
            field=models.BooleanField(default=False, help_text='given with a code that staff had read'),
        ),
    ]
