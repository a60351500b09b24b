"""Finding places. The tree is public."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor, Permission
from genxu.core.errors import Missing
from genxu.core.prepared import prepared

from .codes import Level, ancestors_of, short
from .models import FormerCode, Region


def find_region(code: str) -> Region:
    """The place with this code, in its long or short form, today's or a former one."""
    try:
        key = short(code)
    except ValueError:
        raise Missing(_("There is no place with this code.")) from None
    region = Region.objects.filter(code=key).first()
    if region is None:
        former = FormerCode.objects.filter(code=key).select_related("region").first()
        if former is None:
            raise Missing(_("There is no place with this code."))
        region = former.region
    return region


def place_in_charge(actor: Actor, roles: Collection[str], code: str) -> Region:
    """The place with this code, where the actor plays one of the roles; ``Missing`` elsewhere."""
    place = find_region(code)
    if not actor.holds(roles, place.code):
        raise Missing(_("There is no such place, or it is not in your charge."))
    return place


def path_in_charge(actor: Actor, roles: Collection[str], place: Region) -> list[Region]:
    """The places above where the actor plays one of the roles too."""
    above = [code for code in ancestors_of(place.code)[1:] if actor.holds(roles, code)]
    return list(Region.objects.filter(code__in=above).order_by("code"))


def place_with(code: str) -> Region | None:
    """The place to which a list is narrowed down, to be named above it; None for all."""
    return Region.objects.filter(code=code).first() if code else None


def place_of_list(actor: Actor, permission: Permission, code: str) -> Region | None:
    """The place whose rows a list shows: the one asked for, or the first in one's charge."""
    own = code if actor.holds(permission.roles, code) else ""
    return place_with(own or actor.places(permission.roles)[0])


def name_places(rows: Iterable[Any], *fields: str) -> None:
    """Put on each row the places that it refers to, with the one above: one query for them all."""
    keys = [(row, field, getattr(row, f"{field}_id")) for row in rows for field in fields]
    found = Region.objects.filter(code__in={code for _row, _field, code in keys})
    places = {place.code: place for place in found.select_related("parent")}
    for row, field, code in keys:
        setattr(row, field, places[code])


def children_of(code: str) -> QuerySet[Region]:
    """The places one level below, in the order of their codes."""
    return Region.objects.filter(parent=code).order_by("code")


@prepared
def names_below(code: str) -> QuerySet[Any, Any]:
    """Code and name of each of them."""
    return children_of(code).values_list("code", "name")


def search_hamlets(words: str, limit: int = 20) -> list[Region]:
    """Hamlets and villages whose name contains the words, with their village and township."""
    found = (
        Region.objects.filter(level__in=[Level.HAMLET, Level.VILLAGE], name__contains=words)
        .select_related("parent__parent__parent")
        .order_by("-level", "code")
    )
    return list(found[:limit])
