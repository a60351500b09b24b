"""Two who book one room at one moment follow each other; and the database itself lets only one of
them stand, also where they come past all actions."""

from typing import Any

import pytest
from django.db import IntegrityError

from genxu.core.errors import Conflict, Invalid
from genxu.core.tests.following import follow
from genxu.people.own_access import holder_of
from genxu.places.bookings import actions, keeping_actions
from genxu.places.bookings.models import Booking, Use
from genxu.places.bookings.workflow import State
from genxu.places.venues.tests.factories import venue
from tests.cast import HOME, Cast

from .factories import DAY, asked, at, booked, booked_own, household_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_second_is_told_when_it_is_taken(cast: Cast) -> None:
    venue(cast)
    found = follow(lambda: booked(cast), lambda: booked_own(cast, begins=12, ends=16))
    assert isinstance(found, Invalid)
    assert Use.objects.standing().count() == 1


def test_past_all_actions_only_one_stands(cast: Cast) -> None:
    one, other = booked(cast), booked(cast, begins=15, ends=16)
    room = one.uses.get().room_id
    Use.objects.all().delete()

    def write(booking: Booking) -> Any:
        return Use.objects.create(hamlet_id=HOME, booking=booking, room_id=room,
                                  begins_at=at(10), ends_at=at(14))  # fmt: skip

    found = follow(lambda: write(one), lambda: write(other))
    assert isinstance(found, IntegrityError)
    assert Use.objects.standing().count() == 1


def test_a_yes_at_the_moment_of_a_withdrawal(cast: Cast) -> None:
    wedding = asked(cast)
    holder = holder_of(household_of(wedding))
    found = follow(
        lambda: actions.withdraw_own(actor=holder, booking=wedding),
        lambda: keeping_actions.note_yes(
            actor=cast.actor("secretary"), booking=wedding, heard_by="罗测春",
            begins_at=at(10, day=DAY.replace(day=25)),
        ),
    )  # fmt: skip
    assert isinstance(found, Conflict)
    assert Booking.objects.get(purpose="funeral").state == State.BOOKED
    assert Use.objects.standing().count() == 1
