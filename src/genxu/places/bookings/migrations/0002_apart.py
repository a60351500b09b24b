"""No two bookings of one room stand at one hour, whichever door they come through."""

from django.db import migrations

from genxu.core.apart import Apart

USES = Apart("bookings_use", "room_id", "venues_room")


class Migration(migrations.Migration):
    dependencies = [("bookings", "0001_initial")]

    operations = [migrations.RunPython(USES.migrate(on=True), USES.migrate(on=False))]
