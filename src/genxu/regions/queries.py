"""Finding places. The tree is public."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Case, Q, QuerySet, When
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor, Permission, within
from genxu.core.cuts import First
from genxu.core.errors import Missing
from genxu.core.prepared import prepared, prepared_rows
from genxu.core.sounding import sought

from .codes import Level, ancestors_of, short
from .models import Region
from .saying import said_name, stem_of

FOUND, MANY = 20, 50
"""So many places of one name are looked at."""


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
    for found in _with_code(key):
        return found
    return Region.objects.filter(former_codes__code=key).first()


def found_with_below(code: str) -> tuple[Region | None, list[Region]]:
    """The place that a code means, as ``found_by``, and the open places one level below it: one
    query, for a code that it has today."""
    found = _with_below(code)
    if found and found[0].code == code:
        return found[0], found[1:]
    place = found_by(code)
    return place, list(children_of(place.code)) if place else []


def place_at(code: str) -> Region:
    """The place with exactly this code, for addresses: one with a former code leads on to today's
    (``former.address_now``), since this is ``Missing``."""
    for found in _with_code(code):
        return found
    raise Missing(_("There is no place with this code."))


@prepared_rows
def _with_code(code: str) -> QuerySet[Region]:
    return Region.objects.filter(code=code)


@prepared_rows
def _with_below(code: str) -> QuerySet[Region]:
    rows = Region.objects.filter(Q(code=code) | Q(parent=code, closed_on=None))
    return rows.order_by("code")


def place_on_path(code: str) -> list[Region]:
    """The places above, the prefecture first, and behind them the place with exactly this code."""
    found = list(Region.objects.path_to(code))
    return found if found and found[-1].code == code else [place_at(code)]


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


def name_places(
    rows: Iterable[Any], *fields: str, beyond_village: bool = False, known: Iterable[Region] = ()
) -> None:
    """Put on each row the places that it refers to, with the one above: one query for them all, but
    for those that are ``known`` already. ``beyond_village``: the label of a hamlet says in which
    village it lies."""
    keys = [(row, field, getattr(row, f"{field}_id")) for row in rows for field in fields]
    places = {place.code: place for place in known}
    if unknown := {code for _row, _field, code in keys} - places.keys():
        found = Region.objects.filter(code__in=unknown).select_related("parent")
        places |= {place.code: place for place in found}
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


def called(words: str, field: str = "name") -> Q:
    """The places that people call so: a part of the name, with or without the word for its kind
    (金塘 and 金塘村 are 金塘村村委会), or by its sound."""
    said = words.strip()
    found = sought(field, said)
    for level in Level:
        stem = stem_of(said_name(said, level), level)
        if stem != said and len(stem) > 1:
            found |= Q(**{f"{field}__startswith": stem})
    return found


def search_places(words: str) -> First[Region]:
    """The places from the county down that are called so, those with just these words in their
    name first, with the places above."""
    rows = Region.objects.open().exclude(level__in=[Level.PROVINCE, Level.PREFECTURE])
    rows = rows.filter(called(words)).select_related("parent__parent__parent")
    just_so = Case(When(name__contains=words, then=0), default=1)
    return First.of(rows.order_by(just_so, Length("code"), "code"), FOUND)


def in_charge_called(actor: Actor, words: str) -> list[Region]:
    """The places in the actor's charge that are called so: those with exactly this name, or this
    name and the word for their kind, if there are such. Of very many the shortest names are read:
    those that are called just so are among them."""
    rows = Region.objects.open().filter(within(actor, "code"), called(words))
    found = First.of(rows.select_related("parent").order_by(Length("name"), "code"), MANY)
    same = [one for one in found if words in _names_of(one)]
    return same or found


def _names_of(place: Region) -> tuple[str, str, str]:
    level = Level(place.level)
    said = said_name(place.name, level)
    return str(place), said, stem_of(said, level)
