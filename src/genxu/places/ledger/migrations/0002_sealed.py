"""Entries balance, stay as they are, and stand in open months, whatever the program does."""

from django.db import migrations

from genxu.core import append_only
from genxu.places.ledger import sealing

TABLES = ("ledger_entry", "ledger_line")


def seal(_apps, schema_editor):
    for statement in sealing.statements_on(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def unseal(_apps, schema_editor):
    for statement in sealing.statements_off(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunPython(seal, unseal),
        migrations.RunPython(
            append_only.migrate(append_only.statements_on, *TABLES),
            append_only.migrate(append_only.statements_off, *TABLES),
        ),
    ]
