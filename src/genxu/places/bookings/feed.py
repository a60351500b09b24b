"""The bookings of a room as a calendar (RFC 5545): what kind of thing, nobody's name."""

from collections.abc import Iterable
from datetime import UTC

from icalendar import Calendar, Event

from genxu.core import clock

from .models import Use

PRODUCT = "-//Genxu//bookings//"


def calendar_of(name: str, uses: Iterable[Use], host: str) -> bytes:
    """What a calendar program asks for now and then."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for use in uses:
        calendar.add_component(_event(use, host))
    return bytes(calendar.to_ical())


def _event(use: Use, host: str) -> Event:
    event = Event()
    event.add("uid", f"booking-{use.booking_id}-{use.room_id}@{host}")
    event.add("dtstamp", clock.now())
    event.add("sequence", use.booking.version)
    event.add("summary", use.booking.told_to_all)
    event.add("dtstart", use.begins_at.astimezone(UTC))
    event.add("dtend", use.ends_at.astimezone(UTC))
    event.add("status", "CONFIRMED")
    return event
