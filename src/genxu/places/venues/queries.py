"""Reading places: every list starts at ``visible_to(actor)``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from genxu.core.access import Actor
from genxu.organisation.branches.models import Member
from genxu.people.raising import Standing, standing_of
from genxu.regions.models import Region

from .models import Element, Face, Room, Thing, Venue
from .workflow import State


def venue_list(actor: Actor) -> QuerySet[Venue]:
    """In the order of their places, with their rooms and how many of the six elements are there;
    what was entered by mistake is none."""
    rows: QuerySet[Venue] = Venue.objects.visible_to(actor).exclude(state=State.MISTAKE)
    usable = Prefetch("rooms", Room.objects.usable().order_by("pk"), to_attr="usable")
    there = Count("elements", filter=Q(elements__seen_on__isnull=False))
    rows = rows.annotate(there=there).select_related("hamlet__parent").prefetch_related(usable)
    return rows.order_by("hamlet", "pk")


def venues_at(hamlet: Region) -> list[Venue]:
    """Those of a hamlet that are in use."""
    return list(Venue.objects.in_use().filter(hamlet=hamlet).order_by("pk"))


def rooms_of(venue: Venue) -> list[Room]:
    return list(Room.objects.usable().filter(venue=venue).order_by("pk"))


def things_of(venue: Venue) -> list[Thing]:
    return list(Thing.objects.filter(venue=venue).order_by("name", "pk"))


@dataclass(frozen=True)
class Tick:
    """One of the six elements as the page shows it; ``matter`` how its matter stands, if one was
    opened."""

    kind: str
    label: Any
    element: Element | None
    matter: Standing | None

    @property
    def is_there(self) -> bool:
        return self.element is not None and self.element.seen_on is not None

    @property
    def may_be_raised(self) -> bool:
        return not self.is_there and (self.matter is None or self.matter.ended)


def ticks_of(venue: Venue) -> list[Tick]:
    """All six, also those at which nobody has looked yet."""
    known = {one.kind: one for one in Element.objects.filter(venue=venue)}
    matters: Mapping[int, Standing] = standing_of(one.matter for one in known.values())
    return [
        Tick(kind, kind.label, one, matters.get(one.matter or 0) if one else None)
        for kind, one in ((kind, known.get(kind)) for kind in Element.Kind)
    ]


# --- the members' wall ---------------------------------------------------------------------------


def faces_of(actor: Actor, venue: Venue) -> list[Face]:
    """Those who hang there: all to who keeps the roll, to a member himself alone."""
    rows = Face.objects.of(actor, venue).select_related("member")
    return list(rows.order_by("member", "pk"))


def members_for_wall(venue: Venue) -> QuerySet[Member]:
    """The members of the hamlet who do not hang there yet."""
    rows: QuerySet[Member] = Member.objects.present().filter(hamlet=venue.hamlet_id)
    there = Face.objects.filter(venue=venue).values("member")
    return rows.exclude(pk__in=there).order_by("pk")
