"""Bookings of the cast, made through the real actions."""

from datetime import date, datetime, time, timedelta
from typing import Any

from genxu.core import clock
from genxu.people.models import Household
from genxu.people.own_access import holder_of
from genxu.places.bookings import actions, keeping_actions
from genxu.places.bookings.models import Booking, Purpose
from genxu.places.bookings.plans import Plan, Series, Who, moment
from genxu.places.bookings.workflow import State
from genxu.places.venues.models import Venue
from genxu.places.venues.tests.factories import room, thing, venue
from tests.cast import Cast

DAY = date(2026, 5, 20)
"""A Wednesday to come."""


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    """24 is the midnight at the end of the day."""
    return moment(day + timedelta(days=hour // 24), time(hour % 24, minute))


def plan(
    place: Venue, begins: int = 10, ends: int = 14, *, day: date = DAY,
    rooms: tuple[int, ...] = (0,), purpose: str = Purpose.WEDDING, **more: Any,
) -> Plan:  # fmt: skip
    found = [room(place, n) for n in rooms]
    return Plan(found, at(begins, day=day), at(ends, day=day), purpose, **more)


def booked(
    cast: Cast, *, part: str = "secretary", who: Who | None = None, series: Series | None = None,
    asks: bool = False, place: Venue | None = None, **changes: Any,
) -> Booking:  # fmt: skip
    """Noted down for the first household."""
    place = place or venue(cast)
    return actions.book_venue(
        actor=cast.actor(part), venue=place, plan=plan(place, **changes),
        who=Who(cast.households()[0]) if who is None else who, series=series or Series(),
        asks=asks,
    )  # fmt: skip


def booked_own(cast: Cast, n: int = 1, *, asks: bool = False, **changes: Any) -> Booking:
    """By a household itself."""
    place, household = venue(cast), cast.households()[n]
    return actions.book_own(
        actor=holder_of(household), venue=place, household=household,
        plan=plan(place, **changes), asks=asks,
    )  # fmt: skip


def funeral(cast: Cast, **changes: Any) -> Booking:
    """It asks what is in its way to move."""
    return booked(cast, purpose=Purpose.FUNERAL, asks=True, who=Who(None, "罗测九"), **changes)


def asked(cast: Cast, **changes: Any) -> Booking:
    """A wedding, booked by the second household itself, that a funeral asks to move."""
    wedding = booked_own(cast, **changes)
    funeral(cast)
    return Booking.objects.get(pk=wedding.pk)


def over(cast: Cast, **changes: Any) -> Booking:
    """One whose time has passed, written down afterwards."""
    return booked(cast, day=clock.today() - timedelta(days=2), **changes)


def handed(cast: Cast, booking: Booking, count: int = 6) -> Booking:
    one = thing(cast, booking.venue)
    return keeping_actions.hand_over(
        actor=cast.actor("secretary"), booking=booking, counts={one.pk: count}, day=clock.today()
    )


def held(cast: Cast, booking: Booking, head_count: int = 0) -> Booking:
    return keeping_actions.hold_booking(
        actor=cast.actor("secretary"), booking=booking, head_count=head_count
    )


def in_state(cast: Cast, state: str) -> Booking:
    if state == State.WAITING:
        booked_own(cast)
        return funeral(cast)
    if state == State.BOOKED:
        return booked(cast)
    if state == State.WITHDRAWN:
        return actions.withdraw_booking(actor=cast.actor("secretary"), booking=booked(cast))
    booking = over(cast)
    if state == State.HELD:
        return held(cast, booking, 30)
    return keeping_actions.note_not_held(actor=cast.actor("secretary"), booking=booking)


def household_of(booking: Booking) -> Household:
    assert booking.household is not None
    return booking.household
