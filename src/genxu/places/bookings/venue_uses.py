"""What holds a place or a room of it, for the floor below (``venues/holding.py``)."""

from datetime import datetime

from genxu.places.venues.models import Room, Venue

from .models import Booking
from .workflow import BEFORE


def uses_after(venue: Venue, moment: datetime, room: Room | None) -> int:
    """Bookings that still stand or wait there after a moment."""
    rows = Booking.objects.filter(venue=venue, state__in=BEFORE, ends_at__gt=moment)
    return (rows.filter(uses__room=room) if room else rows).count()


def was_used(venue: Venue) -> bool:
    return Booking.objects.filter(venue=venue).exists()
