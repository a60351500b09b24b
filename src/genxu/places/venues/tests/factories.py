"""Places of the cast, made through the real actions."""

from datetime import date
from typing import Any

from genxu.organisation.branches.models import Member
from genxu.places.venues import actions, element_actions
from genxu.places.venues.facts import VenueFacts
from genxu.places.venues.models import Face, Room, Thing, Venue
from genxu.places.venues.rows import VenueRow
from genxu.places.venues.venue_intake import record_venues
from genxu.regions.batches import hamlets_of
from genxu.team.members.tests.factories import on_roll
from tests.cast import HOME, OPERATOR, PROVINCE, Cast
from tests.doing import SECRETARIES

SINCE = date(2021, 7, 1)
NAME = "罗家洲党员群众活动中心"


def facts(**changes: Any) -> VenueFacts:
    return VenueFacts(**{"name": NAME, "source": "improved", "since": SINCE} | changes)


def venue(cast: Cast, hamlet: str = HOME, *, rooms: str = "大厅、放映室", **changes: Any) -> Venue:
    """The one of this name there, or a new one."""
    told = facts(**changes)
    there = Venue.objects.filter(hamlet=hamlet, name=told.name).first()
    return there or actions.open_venue(
        actor=cast.actor(SECRETARIES[hamlet]), hamlet=cast.hamlet(hamlet), facts=told, rooms=rooms
    )


def room(venue: Venue, n: int = 0) -> Room:
    return venue.rooms.order_by("pk")[n]


def thing(cast: Cast, venue: Venue, name: str = "圆桌", count: int = 10) -> Thing:
    actions.count_thing(actor=cast.actor("secretary"), venue=venue, name=name, count=count)
    return Thing.objects.get(venue=venue, name=name)


def face(cast: Cast, venue: Venue, one: Member | None = None) -> Face:
    """The cast's member agrees to hang there."""
    one = one or on_roll(cast)
    element_actions.hang_face(
        actor=cast.actor("secretary"), venue=venue, member=one, agreed_on=date(2026, 5, 1)
    )
    return Face.objects.get(venue=venue, member=one)


def row(name: str = "新屋场", **changes: Any) -> VenueRow:
    return VenueRow(**{"hamlet": HOME, "name": name, "source": "idle", "since": SINCE} | changes)


def record(cast: Cast, *rows: VenueRow, **changes: Any) -> None:
    """Enter rows as the importer does."""
    values = {
        "actor": OPERATOR, "place": cast.hamlet(PROVINCE), "rows": rows, "count": len(rows),
        "hamlets": hamlets_of(rows),
    }  # fmt: skip
    record_venues(**values | changes)
