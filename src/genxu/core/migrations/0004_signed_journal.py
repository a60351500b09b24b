"""Every row of the journal bears a mark, seals are signed, and what was sent leaves the journal.

The chain is begun anew: all rows wait to be sealed again, and heads kept before no longer fit.
"""

import django.db.models.deletion
from django.db import migrations, models

from genxu.core import signing
from genxu.core.append_only import migrate, statements_off, statements_on
from genxu.core.bulk import update_rows

TABLES = ("core_journalentry", "core_seal")
BATCH = 5000
GONE = [
    ("sent", None),
    ("kind", ("branches.add_member",)),
    ("duties", ("branches.change_duties", "branches.re_elect")),
]
"""What leaves the details, and of which actions (None: of all)."""


def strip_details(apps, schema_editor):
    postgres = schema_editor.connection.vendor == "postgresql"
    with schema_editor.connection.cursor() as cursor:
        for name, actions in GONE:
            if postgres:
                change, there = f"detail - '{name}'", f"detail -> '{name}' IS NOT NULL"
            else:
                change = f"json_remove(detail, '$.{name}')"
                there = f"json_type(detail, '$.{name}') IS NOT NULL"
            if actions:
                there += " AND action IN (%s)" % ", ".join(f"'{one}'" for one in actions)
            cursor.execute(f"UPDATE core_journalentry SET detail = {change} WHERE {there}")


def mark_rows(apps, schema_editor):
    JournalEntry = apps.get_model("core", "JournalEntry")
    last = 0
    while rows := list(JournalEntry.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        update_rows(JournalEntry, ["mark"], [(signing.new_mark(row), row.pk) for row in rows])
        last = rows[-1].pk


def begin_chain_anew(apps, schema_editor):
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_seal")
        cursor.execute("DELETE FROM core_pending WHERE follower = 'seal'")
        cursor.execute(
            "INSERT INTO core_pending (follower, entry_id) "
            "SELECT 'seal', id FROM core_journalentry ORDER BY id"
        )
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else the tables cannot be altered
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


class Migration(migrations.Migration):
    dependencies = [("core", "0003_heartbeats")]

    operations = [
        migrations.RunPython(migrate(statements_off, *TABLES), migrate(statements_on, *TABLES)),
        migrations.AddField("journalentry", "mark", models.CharField(max_length=80, null=True)),
        migrations.RunPython(strip_details, migrations.RunPython.noop),
        migrations.RunPython(mark_rows, migrations.RunPython.noop),
        migrations.RunPython(begin_chain_anew, begin_chain_anew),
        migrations.AlterField("journalentry", "mark", models.CharField(max_length=80)),
        migrations.AddConstraint(
            "journalentry",
            models.UniqueConstraint(fields=["mark"], name="journal_mark_unique"),
        ),
        migrations.AddField(
            "seal", "total", models.PositiveBigIntegerField(default=0), preserve_default=False
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("client_id", models.UUIDField(unique=True)),
                ("fingerprint", models.CharField(max_length=64)),
                ("at", models.DateTimeField(db_index=True)),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="core.journalentry",
                    ),
                ),
            ],
        ),
        migrations.RunPython(migrate(statements_on, *TABLES), migrate(statements_off, *TABLES)),
    ]
