"""Finding places. The tree is public."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor, Permission
from genxu.core.errors import Missing
from genxu.core.prepared import prepared

from .codes import Level, ancestors_of, short
from .models import Region


def place_of(code: str) -> Region:
    """The place that a code means, wherever one is read: in its long or short form, today's or a
    former one, that of a hamlet which was merged into it too. ``Missing`` if it means none."""
    found = found_by(code)
    if found is None:
        raise Missing(_("There is no place with this code."))
    return found


def found_by(code: str) -> Region | None:
    """The same, or None."""
    try:
        key = short(code)
    except ValueError:
        return None
    return (
        Region.objects.filter(code=key).first()
        or Region.objects.filter(former_codes__code=key).first()
    )


def place_at(code: str) -> Region:
    """The place with exactly this code, for addresses: one with a former code leads on to today's
    (``former.address_now``), since this is ``Missing``."""
    found = Region.objects.filter(code=code).first()
    if found is None:
        raise Missing(_("There is no place with this code."))
    return found


def place_in_charge(actor: Actor, roles: Collection[str], code: str) -> Region:
    """The place of an address, where the actor plays one of the roles; ``Missing`` elsewhere."""
    place = place_at(code)
    if not actor.holds(roles, place.code):
        raise Missing(_("There is no such place, or it is not in your charge."))
    return place


def path_in_charge(actor: Actor, roles: Collection[str], place: Region) -> list[Region]:
    """The places above where the actor plays one of the roles too."""
    above = [code for code in ancestors_of(place.code)[1:] if actor.holds(roles, code)]
    return list(Region.objects.filter(code__in=above).order_by("code"))


def place_with(code: str) -> Region | None:
    """The place that a code means, to be named; None for none."""
    return found_by(code) if code else None


def place_of_list(actor: Actor, permission: Permission, code: str) -> Region | None:
    """The place whose rows a list shows: the one asked for, or the first in one's charge."""
    own = code if actor.holds(permission.roles, code) else ""
    return place_with(own or actor.places(permission.roles)[0])


def name_places(rows: Iterable[Any], *fields: str, beyond_village: bool = False) -> None:
    """Put on each row the places that it refers to, with the one above: one query for them all.
    ``beyond_village``: the label of a hamlet says in which village it lies."""
    keys = [(row, field, getattr(row, f"{field}_id")) for row in rows for field in fields]
    found = Region.objects.filter(code__in={code for _row, _field, code in keys})
    places = {place.code: place for place in found.select_related("parent")}
    for place in places.values():
        place.beyond_village = beyond_village and place.is_hamlet
    for row, field, code in keys:
        setattr(row, field, places[code])


def children_of(code: str) -> QuerySet[Region]:
    """The places one level below that are open, in the order of their codes."""
    return Region.objects.open().filter(parent=code).order_by("code")


@prepared
def names_below(code: str) -> QuerySet[Any, Any]:
    """Code, name of each of them, and what tells it apart."""
    return children_of(code).values_list("code", "name", "distinguished_by")


def search_hamlets(words: str, limit: int = 20) -> list[Region]:
    """Hamlets and villages whose name contains the words, with their village and township."""
    found = (
        Region.objects.open()
        .filter(level__in=[Level.HAMLET, Level.VILLAGE], name__contains=words)
        .select_related("parent__parent__parent")
        .order_by("-level", "code")
    )
    return list(found[:limit])
