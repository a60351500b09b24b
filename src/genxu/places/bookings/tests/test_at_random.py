"""Bookings in whatever order: no two of a room ever overlap, whoever books, moves, withdraws.

Each room is held against a model that knows which hours are taken, and nothing else.
"""

import itertools
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from genxu.core import clock
from genxu.core.errors import Conflict, Invalid
from genxu.places.bookings import actions, keeping_actions
from genxu.places.bookings.models import Booking, Use
from genxu.places.bookings.plans import Plan, Series, Who
from genxu.places.bookings.workflow import State
from genxu.places.venues.models import Room
from genxu.places.venues.tests.factories import venue
from tests.cast import NOW, everybody

from .factories import DAY, at

DAYS, HOURS, LENGTHS = st.integers(0, 2), st.integers(8, 26), st.integers(1, 30)
ROOMS = st.sets(st.integers(0, 1), min_size=1)
PURPOSES = st.sampled_from(["wedding", "meeting", "funeral", "closed"])
PICK = st.integers(0, 40)


class Walk(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.cast = everybody()
        with clock.at(NOW):
            self.place = venue(self.cast)
        self.rooms = list(Room.objects.filter(venue=self.place).order_by("pk"))

    def teardown(self) -> None:
        if hasattr(self, "whole"):
            transaction.set_rollback(True)
            self.whole.__exit__(None, None, None)

    def plan(self, day: int, hour: int, length: int, rooms: set[int], purpose: str) -> Plan:
        begins = at(hour, day=DAY + timedelta(days=day))
        chosen = [self.rooms[n] for n in sorted(rooms)]
        return Plan(chosen, begins, begins + timedelta(hours=length), purpose)

    def is_free(self, plan: Plan, besides: int | None = None) -> bool:
        """By the bookings themselves, not by their uses."""
        held = Booking.objects.holding().exclude(pk=besides).prefetch_related("uses")
        return not any(
            use.room_id in plan.keys
            and one.begins_at < plan.ends_at and plan.begins_at < one.ends_at
            for one in held for use in one.uses.all()
        )  # fmt: skip

    def one_of(self, n: int, *states: str) -> Booking | None:
        rows = list(Booking.objects.filter(state__in=states).order_by("pk"))
        return rows[n % len(rows)] if rows else None

    @rule(day=DAYS, hour=HOURS, length=LENGTHS, rooms=ROOMS, purpose=PURPOSES, asks=st.booleans())
    def book(
        self, day: int, hour: int, length: int, rooms: set[int], purpose: str, asks: bool
    ) -> None:
        plan = self.plan(day, hour, length, rooms, purpose)
        free = self.is_free(plan)
        try:
            with clock.at(NOW), transaction.atomic():
                made = actions.book_venue(
                    actor=self.cast.actor("secretary"), venue=self.place, plan=plan,
                    who=Who(None, "罗测九"), asks=asks,
                )  # fmt: skip
        except Invalid:
            assert not free
            return
        assert made.state == (State.BOOKED if free else State.WAITING)

    @rule(day=DAYS, hour=HOURS, rooms=ROOMS, every=st.sampled_from(["weekly", "monthly"]))
    def book_series(self, day: int, hour: int, rooms: set[int], every: str) -> None:
        plan = self.plan(day, hour, 2, rooms, "reading")
        until = timezone.localdate(plan.begins_at) + timedelta(days=40)
        try:
            with clock.at(NOW), transaction.atomic():
                actions.book_venue(
                    actor=self.cast.actor("secretary"), venue=self.place, plan=plan, who=Who(),
                    series=Series(every, until, anyway=True),
                )  # fmt: skip
        except Invalid:
            return

    @rule(n=PICK, day=DAYS, hour=HOURS, length=LENGTHS, rooms=ROOMS)
    def change(self, n: int, day: int, hour: int, length: int, rooms: set[int]) -> None:
        one = self.one_of(n, State.BOOKED, State.WAITING)
        if one is None:
            return
        plan = self.plan(day, hour, length, rooms, one.purpose)
        free = self.is_free(plan, one.pk)
        try:
            with clock.at(NOW), transaction.atomic():
                actions.change_booking(
                    actor=self.cast.actor("secretary"), booking=one, plan=plan,
                    who=Who(None, "罗测九"),
                )  # fmt: skip
        except Invalid:
            assert not free
            return
        assert free

    @rule(n=PICK)
    def withdraw(self, n: int) -> None:
        if one := self.one_of(n, State.BOOKED, State.WAITING):
            with clock.at(NOW), transaction.atomic():
                actions.withdraw_booking(actor=self.cast.actor("secretary"), booking=one)

    @precondition(lambda self: Booking.objects.filter(asked__answer="").exists())
    @rule(n=PICK, day=DAYS, hour=HOURS, yes=st.booleans())
    def answer(self, n: int, day: int, hour: int, yes: bool) -> None:
        rows = Booking.objects.filter(asked__answer="", asked__isnull=False).distinct()
        one = list(rows.order_by("pk"))[n % rows.count()]
        heard = {"actor": self.cast.actor("secretary"), "booking": one, "heard_by": "罗测春"}
        try:
            with clock.at(NOW), transaction.atomic():
                if yes:
                    begins = at(hour, day=DAY + timedelta(days=day))
                    keeping_actions.note_yes(**heard, begins_at=begins)
                else:
                    keeping_actions.note_no(**heard)
        except (Invalid, Conflict):
            return

    @invariant()
    def no_two_of_a_room_overlap(self) -> None:
        if not hasattr(self, "whole"):
            return
        for room in self.rooms:
            uses = list(Use.objects.standing().filter(room=room).order_by("begins_at"))
            for one, other in itertools.pairwise(uses):
                assert one.ends_at <= other.begins_at

    @invariant()
    def what_is_booked_has_its_rooms_and_what_is_not_has_none(self) -> None:
        if not hasattr(self, "whole"):
            return
        for one in Booking.objects.prefetch_related("uses"):
            stands = one.state in (State.BOOKED, State.HELD)
            assert one.uses.all()
            assert {use.stands for use in one.uses.all()} == {stands}
            assert {(use.begins_at, use.ends_at) for use in one.uses.all()} == {
                (one.begins_at, one.ends_at)
            }

    @invariant()
    def nobody_is_asked_for_what_no_longer_waits(self) -> None:
        if not hasattr(self, "whole"):
            return
        for one in Booking.objects.filter(pleas__answer="", pleas__isnull=False):
            assert one.state == State.WAITING


def test_bookings_in_whatever_order(db: None) -> None:
    everybody()
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=8, stateful_step_count=20, deadline=None, derandomize=True,
            database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
