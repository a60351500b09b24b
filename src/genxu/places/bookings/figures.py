"""What this app counts for the floors above."""

from typing import Any

from django.db.models import F, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from genxu.core.figures import Figure

from .models import Booking


def _uses() -> QuerySet[Any]:
    """Bookings on the day on which they begin; what was withdrawn or did not take place is none."""
    rows = Booking.objects.counting()
    found: QuerySet[Any] = rows.annotate(day=F("begins_on"), change=Value(1))
    return found


FIGURES = [Figure("places.bookings", _("Times the places were booked"), changes=_uses)]
