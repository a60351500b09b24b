"""Readings are told apart from writing; indexes for the last writing at a place, and for days.

Rows from before stay as they were sealed: none of them is marked as a reading, and none needs to
be, for what is kept from now on is aged by rows that come after them.
"""

from django.db import migrations, models

from genxu.core.append_only import migrate, statements_off, statements_on

TABLE = "core_journalentry"


class Migration(migrations.Migration):
    dependencies = [("core", "0005_tries")]

    operations = [
        migrations.RunPython(migrate(statements_off, TABLE), migrate(statements_on, TABLE)),
        migrations.AddField("journalentry", "reading", models.BooleanField(default=False)),
        migrations.AddIndex(
            "journalentry",
            models.Index(
                fields=["place", "id"], condition=models.Q(reading=False), name="journal_writing"
            ),
        ),
        migrations.AddIndex("journalentry", models.Index(fields=["at"], name="journal_at")),
        migrations.RunPython(migrate(statements_on, TABLE), migrate(statements_off, TABLE)),
    ]
