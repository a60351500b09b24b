"""Reading bookings: a list, the month of a place, what is on in a hamlet, a household's own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.calendar import months_later
from genxu.core.cuts import First
from genxu.core.lunar import lunar_of
from genxu.people.models import Household
from genxu.people.picking import Doorplate
from genxu.places.venues.models import Thing, Venue
from genxu.places.venues.queries import venues_at
from genxu.regions.models import Region
from genxu.team.volunteers.models import Outing

from .models import Booking, Handed, Plea, Use
from .plans import moment
from .workflow import State

MOST_OWN, MOST_ON, AHEAD = 10, 8, timedelta(days=31)
UNTIL_NOW, MONTHS_AHEAD = 12, 24
SHOWN = [State.BOOKED, State.HELD, State.WAITING]


def booking_list(actor: Actor) -> QuerySet[Booking]:
    """The next ones first, then those of before."""
    rows: QuerySet[Booking] = Booking.objects.visible_to(actor)
    rows = rows.select_related("hamlet__parent", "venue", "household")
    return rows.order_by("-begins_on", "-begins_at", "-pk")


def with_rooms(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Each with the rooms that it has, or asked for, in ``in_rooms``."""
    uses = Use.objects.select_related("room").order_by("room")
    return rows.prefetch_related(Prefetch("uses", uses, to_attr="in_rooms"))


def rooms_told(booking: Any) -> str:
    return "、".join(use.room.name for use in booking.in_rooms)


# --- the month of a place ------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """A booking on one day: its rooms, and its hours there as one says them."""

    booking: Booking
    rooms: str
    hours: str


@dataclass(frozen=True)
class Day:
    """A day with its lunar date, and what is on."""

    day: date
    entries: list[Entry] = field(default_factory=list)

    @property
    def lunar(self) -> str:
        return lunar_of(self.day)

    @property
    def is_today(self) -> bool:
        return self.day == clock.today()

    @property
    def is_weekend(self) -> bool:
        return self.day.weekday() >= 5

    @property
    def is_past(self) -> bool:
        return self.day < clock.today()


@dataclass(frozen=True)
class Month:
    """The month of a place, and the ones before and after it, if they can be turned to."""

    first: date
    days: list[Day]
    before: date | None
    after: date | None


def month_of(venue: Venue, first: date, *, waiting: bool = False) -> Month:
    """One query for its bookings, one for their rooms; ``waiting``: also those that wait."""
    last = months_later(first, 1) - timedelta(days=1)
    since, until = moment(first, time()), moment(last + timedelta(days=1), time())
    found = Booking.objects.filter(venue=venue).meeting(since, until)
    found = found.filter(state__in=SHOWN if waiting else [State.BOOKED, State.HELD])
    rows = with_rooms(found.select_related("household")).order_by("begins_at", "pk")
    days = {n: Day(first + timedelta(days=n)) for n in range((last - first).days + 1)}
    for booking in rows:
        for n, entry in _on_days(booking, first, len(days)):
            days[n].entries.append(entry)
    this = clock.today().replace(day=1)
    earlier, later = months_later(first, -1), months_later(first, 1)
    return Month(
        first, list(days.values()),
        earlier if earlier >= months_later(this, -UNTIL_NOW) else None,
        later if later <= months_later(this, MONTHS_AHEAD) else None,
    )  # fmt: skip


def _on_days(booking: Any, first: date, length: int) -> Iterable[tuple[int, Entry]]:
    """The days of the month on which it is; one that ends at midnight ends the day before."""
    begins, ends = timezone.localtime(booking.begins_at), timezone.localtime(booking.ends_at)
    last = (ends - timedelta(minutes=1)).date()
    for n in range(max((begins.date() - first).days, 0), min((last - first).days + 1, length)):
        day = first + timedelta(days=n)
        since = f"{begins:%H:%M}" if day == begins.date() else "00:00"
        until = "24:00" if day < ends.date() else f"{ends:%H:%M}"
        yield n, Entry(booking, rooms_told(booking), f"{since}–{until}")


def asked_month(text: str) -> date:
    """The first day of the month that an address asks for (2026-05); this one otherwise."""
    this = clock.today().replace(day=1)
    try:
        found = datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        return this
    near = months_later(this, -UNTIL_NOW) <= found <= months_later(this, MONTHS_AHEAD)
    return found if near else this


# --- what is on in a hamlet ----------------------------------------------------------------------


def on_in(hamlet: Region) -> dict[str, Any]:
    """The places of a hamlet, and what is on in them in the weeks to come: kinds and hours."""
    venues, since = venues_at(hamlet), moment(clock.today(), time())
    found = Booking.objects.filter(hamlet=hamlet).meeting(since, since + AHEAD)
    rows = with_rooms(found.holding().select_related("venue")).order_by("begins_at", "pk")
    return {"venues": venues, "coming": First.of(rows, MOST_ON) if venues else []}


def coming_at(venue: Venue) -> dict[str, Any]:
    """The next bookings of a place, on its own page; without names."""
    rows = Booking.objects.filter(venue=venue).to_come().order_by("begins_at", "pk")
    return {"venue": venue, "coming": First.of(with_rooms(rows), MOST_ON)}


# --- a household's own ---------------------------------------------------------------------------


@dataclass(frozen=True)
class OwnBooking:
    """A booking as the household sees it: whether it is asked to move, or waits for others."""

    booking: Any

    @property
    def when(self) -> str:
        return str(self.booking.when)

    @property
    def rooms(self) -> str:
        return rooms_told(self.booking)

    @property
    def may_change(self) -> bool:
        return self.booking.state in (State.BOOKED, State.WAITING) and not self.booking.has_begun


def own_bookings(household: Household) -> dict[str, Any]:
    """The latest ones first; the places in which it can book."""
    rows = Booking.objects.filter(household__in=household.entries).exclude(state=State.WITHDRAWN)
    asked = Plea.objects.filter(other=OuterRef("pk"), answer="")
    waits = Plea.objects.filter(booking=OuterRef("pk"), answer="")
    told = rows.annotate(is_asked=Exists(asked), waits=Exists(waits)).select_related("venue")
    found = First.of(with_rooms(told).order_by("-begins_at", "-pk"), MOST_OWN)
    venues = venues_at(household.hamlet) if household.lives_here else []
    return {"bookings": [OwnBooking(one) for one in found], "venues": venues}


# --- one booking ---------------------------------------------------------------------------------


def handed_of(booking: Booking) -> list[Handed]:
    return list(booking.handed.select_related("thing").order_by("thing__name", "pk"))


def things_at(venue: int) -> Sequence[Thing]:
    return list(Thing.objects.filter(venue=venue, count__gt=0).order_by("name", "pk"))


def outings_near(hamlet: str) -> QuerySet[Outing]:
    """Outings of volunteers that a booking may belong to: those still to come."""
    rows: QuerySet[Outing] = Outing.objects.filter(hamlet=hamlet)
    return rows.coming()  # type: ignore[attr-defined,no-any-return]


def households_in(hamlet: str) -> list[Doorplate]:
    """For those in charge, to be picked from."""
    rows = Household.objects.living_here().filter(hamlet=hamlet).exclude(head_name="")
    found = rows.order_by("number").values_list("pk", "number", "head_name", "initials")
    return [Doorplate(*one) for one in found]
