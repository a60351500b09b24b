"""The dates of outings as a calendar (RFC 5545): without names, for everybody or for one."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.utils import timezone
from icalendar import Calendar, Event

from genxu.core import clock

from .models import Outing
from .workflow import State

PRODUCT = "-//Genxu//volunteers//"


def calendar_of(name: str, outings: Iterable[Outing], host: str) -> bytes:
    """What a calendar program asks for now and then; what was called off stands as cancelled."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for one in outings:
        calendar.add_component(_event(one, host))
    return bytes(calendar.to_ical())


def _event(one: Outing, host: str) -> Event:
    event = Event()
    event.add("uid", f"outing-{one.pk}@{host}")
    event.add("dtstamp", clock.now())
    event.add("sequence", one.version)
    event.add("summary", one.what)
    if one.starts_at and one.ends_at:
        for name, hour in (("dtstart", one.starts_at), ("dtend", one.ends_at)):
            moment = timezone.make_aware(datetime.combine(one.begins_on, hour))
            event.add(name, moment.astimezone(UTC))
    else:
        event.add("dtstart", one.begins_on)
        event.add("dtend", one.ends_on + timedelta(days=1))
    if one.venue:
        event.add("location", one.venue)
    event.add("description", one.risk)
    event.add("status", "CANCELLED" if one.state == State.CALLED_OFF else "CONFIRMED")
    return event
