"""What is kept of a household that booked."""

from django.utils.translation import gettext as _

from genxu.people.models import Household
from genxu.people.record import Kept

from .models import Booking


def kept_of(household: Household) -> list[Kept]:
    rows = Booking.objects.filter(household__in=household.entries)
    rows = rows.select_related("venue").order_by("begins_at", "pk")
    return [
        Kept(_("A booking"), f"{one.venue}：{one.get_purpose_display()}", one.begins_on)
        for one in rows
    ]
