"""Places: entered, changed, closed and in use again; their rooms and things."""

from typing import Any

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Invalid
from genxu.core.texts import required, too_long
from genxu.regions.models import Region

from . import rules
from .facts import VenueFacts, wrong_with
from .holding import check_free, check_never_used
from .models import MOST_SEATS, MOST_THINGS, ROOM_LIMIT, THING_LIMIT, Room, Thing, Venue
from .workflow import OPEN_VENUE, State


@action(rules.open_venue, locks="hamlet")
def open_venue(*, actor: Actor, hamlet: Region, facts: VenueFacts, rooms: str = "") -> Venue:
    """A place, with the names of its rooms if one likes; without any it is one room."""
    facts = _sound(facts, hamlet.code)
    names = room_names(rooms) or [_("Hall")]
    venue = Venue.objects.create(hamlet=hamlet, **facts.values)
    Room.objects.bulk_create(Room(hamlet=hamlet, venue=venue, name=name) for name in names)
    venue.remember(actor, OPEN_VENUE, "")
    return venue


def room_names(typed: str) -> list[str]:
    """Names set apart by 、; ``Invalid`` names ``rooms``."""
    for mark in ",，;；\n":
        typed = typed.replace(mark, "、")
    names = list(dict.fromkeys(one.strip() for one in typed.split("、") if one.strip()))
    if any(len(name) > ROOM_LIMIT for name in names):
        raise Invalid({"rooms": too_long(ROOM_LIMIT)})
    return names


def _sound(facts: VenueFacts, hamlet: str, besides: int = 0) -> VenueFacts:
    facts = facts.cleaned()
    wrong = {**wrong_with(facts)}
    same = Venue.objects.filter(hamlet=hamlet, name=facts.name).exclude(state=State.MISTAKE)
    if same.exclude(pk=besides).exists():
        wrong["name"] = _("There is a place of this name in the hamlet already.")
    if wrong:
        raise Invalid(wrong)
    return facts


@action(rules.keep_venue, locks="venue")
def change_venue(*, actor: Actor, venue: Venue, facts: VenueFacts) -> Venue:
    """What is known of it, its agreement with the owner among that; what stood before is kept."""
    venue.check_step("change")
    facts = _sound(facts, venue.hamlet_id, venue.pk)
    return venue.advance(actor, "change", **facts.values)


@action(rules.keep_venue, locks="venue")
def close_venue(*, actor: Actor, venue: Venue, words: str) -> Venue:
    """Why it is closed, since today; nobody may count on it any more."""
    venue.check_step("close")
    words = required(words, venue.WORDS_LIMIT)
    check_free(venue)
    return venue.advance(actor, "close", words=words)


@action(rules.keep_venue, locks="venue")
def reopen_venue(*, actor: Actor, venue: Venue, words: str = "") -> Venue:
    return venue.advance(actor, "reopen", words=words)


@action(rules.keep_venue, locks="venue")
def withdraw_venue(*, actor: Actor, venue: Venue, words: str) -> Venue:
    """There never was such a place; it counts nowhere, on no day."""
    venue.check_step("withdraw")
    words = required(words, venue.WORDS_LIMIT)
    check_never_used(venue)
    return venue.advance(actor, "withdraw", words=words)


# --- rooms and things ----------------------------------------------------------------------------


@action(rules.keep_venue, locks="venue", notes=("tables", "seats"))
def add_room(*, actor: Actor, venue: Venue, name: str, tables: int = 0, seats: int = 0) -> Venue:
    venue.check_step("add_room")
    made = Room(hamlet_id=venue.hamlet_id, venue=venue)
    _fill(made, name, tables, seats)
    made.save()
    return venue.advance(actor, "add_room", words=made.name)


@action(rules.keep_venue, locks="venue", notes=("tables", "seats", "gone"))
def change_room(
    *,
    actor: Actor,
    venue: Venue,
    room: Room,
    name: str = "",
    tables: int | None = None,
    seats: int | None = None,
    gone: bool = False,
) -> Venue:
    """What is not given stays; ``gone``: it is used no more, then nobody may count on it."""
    venue.check_step("change_room")
    if room.venue_id != venue.pk or room.until:
        raise Invalid({"room": _("Please choose one of those offered.")})
    tables = room.tables if tables is None else tables
    _fill(room, name or room.name, tables, room.seats if seats is None else seats)
    if gone:
        check_free(venue, room)
        room.until = clock.today()
    room.save()
    return venue.advance(actor, "change_room", words=room.name)


def _fill(room: Room, name: str, tables: int, seats: int) -> None:
    room.name = required(name, ROOM_LIMIT, "name")
    alike = Room.objects.usable().filter(venue=room.venue_id, name=room.name)
    if alike.exclude(pk=room.pk).exists():
        raise Invalid({"name": _("There is a room of this name already.")})
    room.tables = _how_many(tables, MOST_SEATS, "tables")
    room.seats = _how_many(seats, MOST_SEATS, "seats")


def _how_many(count: int, most: int, field: str) -> int:
    if not 0 <= count <= most:
        raise Invalid({field: _("A number from 0 to %(most)s, please.") % {"most": most}})
    return count


@action(rules.keep_venue, locks="venue", notes=("count",))
def count_thing(*, actor: Actor, venue: Venue, name: str, count: int) -> Venue:
    """So many of it are there now; of what was counted before the number is put right. None is a
    number, too."""
    venue.check_step("count")
    name = required(name, THING_LIMIT, "name")
    count = _how_many(count, MOST_THINGS, "count")
    found: Any = {"hamlet_id": venue.hamlet_id, "count": count}
    Thing.objects.update_or_create(venue=venue, name=name, defaults=found)
    return venue.advance(actor, "count", words=f"{name} {count}")
