"""What this app counts for the floors above."""

from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from genxu.core.figures import Figure

from .models import Booking


def _uses() -> QuerySet[Any]:
    """Bookings on the day on which they begin; what was withdrawn or did not take place is none."""
    rows = Booking.objects.counting()
    found: QuerySet[Any] = rows.annotate(day=F("begins_on"), change=Value(1))
    return found


def _begun(since: datetime, until: datetime) -> QuerySet[Booking]:
    """Those whose day came in between, though nobody did anything."""
    first, last = timezone.localdate(since), timezone.localdate(until)
    return Booking.objects.counting().filter(begins_on__gt=first, begins_on__lte=last)


FIGURES = [
    Figure(
        "places.bookings", _("Times the places were booked"), changes=_uses, moved_by_time=_begun
    ),
]
