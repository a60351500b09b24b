"""阵地: the places of the prefecture in bulk, and those of two hamlets with who uses their rooms,
by the real actions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import Any

from genxu.core import clock
from genxu.core.access import system
from genxu.core.bulk import insert_rows
from genxu.people.history import begin_many
from genxu.people.models import Household
from genxu.people.own_access import holder_of
from genxu.places.bookings import actions, keeping_actions
from genxu.places.bookings.models import Booking
from genxu.places.bookings.plans import Plan, Series, Who, moment
from genxu.places.venues import actions as venue_actions
from genxu.places.venues import element_actions
from genxu.places.venues.facts import VenueFacts
from genxu.places.venues.models import Element, Room, Source, Thing, Venue, VenueStep
from genxu.places.venues.workflow import OPEN_VENUE, State
from genxu.regions.models import Region

from .article import ARTICLE_DAY, HAMLETS, NAMED_HAMLETS, START, VENUES
from .dice import bag, below, day_between, pick
from .material import DATA, Material, read
from .people import Cast
from .places import Register
from .rooting import Rooting


@dataclass(frozen=True, slots=True)
class HallScript(Material):
    """Rooms are (name, tables, seats), things (name, how many); ``agreed_in`` so many days the
    agreement with whoever lives behind ``owner_door`` still runs."""

    hamlet: str
    name: str
    source: str
    since: date
    rooms: tuple[tuple[str, int, int], ...]
    things: tuple[tuple[str, int], ...]
    missing: tuple[str, ...] = ()
    owner_door: int = 0
    agreed_in: int = 0


@dataclass(frozen=True, slots=True)
class BookingScript(Material):
    """Booked ``made`` days ago for the day so many days from today."""

    hamlet: str
    made: int
    day: int
    begins: time
    ends: time
    purpose: str
    rooms: tuple[str, ...]
    title: str = ""
    public: bool = False
    door: int = 0
    own: bool = False
    asks: bool = False
    every: str = ""
    until: int = 0
    things: tuple[tuple[str, int], ...] = ()
    back: tuple[tuple[str, int], ...] = ()
    came: int | None = None


@dataclass(frozen=True, slots=True)
class HallsScript(Material):
    """``called`` stands behind the name of a hamlet where nothing else is told of its place."""

    called: str
    usual_rooms: tuple[str, ...]
    between: str
    halls: tuple[HallScript, ...]
    bookings: tuple[BookingScript, ...]


SCRIPT = read(DATA / "halls.toml", HallsScript)
TOLD = {one.hamlet for one in SCRIPT.halls}
SOURCES = bag({Source.OLD_HOUSE: 4, Source.IDLE: 5, Source.IMPROVED: 6})
SEEN = 0.93
"""How often one of the six elements is there."""


# --- in bulk -------------------------------------------------------------------------------------


def write_venues(rng: Random, registers: list[Register], today: date) -> int:
    """As many as the article counts by its day, with those that are told below; some more since."""
    drawn = sorted(
        (one for one in registers if one.code not in TOLD),
        key=lambda one: (one.code not in NAMED_HAMLETS, rng.random()),
    )
    whole = len(registers) == HAMLETS
    wanted = VENUES - len(TOLD) if whole else len(drawn) - 1
    since = [day_between(rng, START, ARTICLE_DAY) for _n in range(wanted)]
    if today > ARTICLE_DAY:
        since += [day_between(rng, ARTICLE_DAY + timedelta(days=1), today)
                  for _n in range(min(wanted // 30, len(drawn) - wanted))]  # fmt: skip
    found = list(enumerate(zip(drawn, since, strict=False), 1))
    insert_rows(
        Venue, ("id", "hamlet", "name", "source", "since", "owner"),
        (_venue(rng, key, register, day) for key, (register, day) in found),
    )  # fmt: skip
    rooms = (row for key, (register, _day) in found for row in _rooms(rng, key, register))
    insert_rows(Room, ("hamlet", "venue", "name", "tables", "seats"), rooms)
    insert_rows(Element, ("hamlet", "venue", "kind", "seen_on"),
                ((register.code, key, kind, day) for key, (register, day) in found
                 for kind in Element.Kind.values if rng.random() < SEEN))  # fmt: skip
    begin_many(VenueStep, ((key, register.code) for key, (register, _day) in found),
               system("demonstration"), OPEN_VENUE, State.OPEN)  # fmt: skip
    return len(found)


def _venue(rng: Random, key: int, register: Register, day: date) -> tuple[Any, ...]:
    source = pick(rng, SOURCES)
    owner = register.heads[below(rng, register.size)] if source == Source.OLD_HOUSE else ""
    return key, register.code, f"{register.name}{SCRIPT.called}", source, day, owner


def _rooms(rng: Random, key: int, register: Register) -> Iterator[tuple[Any, ...]]:
    for n in range(1 + below(rng, 3)):
        tables = 4 + below(rng, 8) if n == 0 else 0
        yield register.code, key, SCRIPT.usual_rooms[n], tables, tables * 8 or 20


# --- step by step --------------------------------------------------------------------------------


def use_halls(cast: Cast, now: datetime) -> int:
    """Two places and who uses them; how many things happen."""
    r = Rooting(cast, now)
    for hall in SCRIPT.halls:
        r.plan(60, 9, partial(_open, r, hall))
    for script in SCRIPT.bookings:
        _Booked(r, script).tell()
    return r.moments.live()


def _door(hamlet: str, n: int) -> Household:
    rows = Household.objects.living_here().filter(hamlet=hamlet).order_by("number")
    return rows[n]


def _open(r: Rooting, hall: HallScript) -> None:
    actor, hamlet = r.secretary(hall.hamlet), Region.objects.get(code=hall.hamlet)
    owner = _door(hall.hamlet, hall.owner_door).head_name if hall.owner_door else ""
    until = r.today + timedelta(days=hall.agreed_in) if hall.agreed_in else None
    venue = venue_actions.open_venue(
        actor=actor, hamlet=hamlet,
        facts=VenueFacts(hall.name, hall.source, hall.since, owner, until),
        rooms=SCRIPT.between.join(name for name, _tables, _seats in hall.rooms),
    )  # fmt: skip
    for name, tables, seats in hall.rooms:
        room = Room.objects.get(venue=venue, name=name)
        venue = venue_actions.change_room(
            actor=actor, venue=venue, room=room, tables=tables, seats=seats
        )
    for name, count in hall.things:
        venue = venue_actions.count_thing(actor=actor, venue=venue, name=name, count=count)
    for kind in Element.Kind.values:
        venue = element_actions.tick_element(
            actor=actor, venue=venue, kind=kind, there=kind not in hall.missing,
            seen_on=clock.today(), by=actor.name,
        )  # fmt: skip


class _Booked:
    """One booking, from when it was made."""

    def __init__(self, r: Rooting, script: BookingScript) -> None:
        self.r, self.script, self.key = r, script, 0

    def tell(self) -> None:
        plan, script = self.r.plan, self.script
        plan(script.made, 20, self._book)
        if script.things:
            plan(-script.day, 7, self._hand_over)
        if script.back:
            plan(-script.day - 1, 8, self._hand_back)
        if script.came is not None:
            plan(-script.day - 1, 9, self._held)

    @property
    def booking(self) -> Booking:
        return Booking.objects.get(pk=self.key)

    def _book(self) -> None:
        script = self.script
        venue = Venue.objects.get(hamlet=script.hamlet, name__in=[h.name for h in SCRIPT.halls])
        rooms = list(Room.objects.filter(venue=venue, name__in=script.rooms).order_by("pk"))
        day = self.r.today + timedelta(days=script.day)
        plan = Plan(
            rooms, moment(day, script.begins), moment(day, script.ends), script.purpose,
            script.title, script.public,
        )  # fmt: skip
        household = _door(script.hamlet, script.door) if script.door else None
        if script.own and household:
            made = actions.book_own(
                actor=holder_of(household), venue=venue, household=household, plan=plan
            )
        else:
            until = self.r.today + timedelta(days=script.until)
            made = actions.book_venue(
                actor=self.r.secretary(script.hamlet), venue=venue, plan=plan, who=Who(household),
                series=Series(script.every, until, anyway=True), asks=script.asks,
            )  # fmt: skip
        self.key = made.pk

    def _counts(self, told: tuple[tuple[str, int], ...]) -> dict[int, int]:
        known = {one.name: one.pk for one in Thing.objects.filter(venue=self.booking.venue_id)}
        return {known[name]: count for name, count in told}

    def _hand_over(self) -> None:
        keeping_actions.hand_over(
            actor=self.r.secretary(self.script.hamlet), booking=self.booking,
            counts=self._counts(self.script.things), day=clock.today(),
        )  # fmt: skip

    def _hand_back(self) -> None:
        keeping_actions.hand_back(
            actor=self.r.secretary(self.script.hamlet), booking=self.booking,
            counts=self._counts(self.script.back), day=clock.today(),
        )  # fmt: skip

    def _held(self) -> None:
        assert self.script.came is not None
        keeping_actions.hold_booking(
            actor=self.r.secretary(self.script.hamlet), booking=self.booking,
            head_count=self.script.came,
        )  # fmt: skip
