"""The journal and its seals cannot be changed or deleted, whatever the program does."""

from django.db import migrations

from genxu.core.append_only import migrate, statements_off, statements_on

TABLES = ("core_journalentry", "core_seal")


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.RunPython(migrate(statements_on, *TABLES), migrate(statements_off, *TABLES)),
    ]
