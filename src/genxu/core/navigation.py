"""Where one can go: each app declares its own ways in its ``navigation.py``.

``LINKS`` stand on every page; ``BEHIND`` says under which of them the pages lie that have no link
of their own; ``DOORS`` lead on from a place; ``TILES`` show a figure and lead to what it counts;
``WEEK`` lead on from the page of one's own week.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .access import Actor, Permission, Placed
from .promises import StrOrPromise
from .rules import read_journal

Address = Callable[[Placed], str]
"""Where it leads from a place; empty where there is nothing."""


@dataclass(frozen=True, slots=True)
class Link:
    """A section of the program, by the name of its address; a public one is for visitors only.

    ``at_place`` marks an address that asks for a place: the first of those granted. ``behind`` is
    how the addresses of the section's pages begin, where they begin otherwise than its own.
    """

    address: str
    label: StrOrPromise
    order: int
    permission: Permission
    at_place: bool = False
    behind: tuple[str, ...] = ()

    def is_for(self, actor: Actor) -> bool:
        if self.permission.public:
            return not actor.signed_in
        return actor.plays(self.permission.roles)

    def url_for(self, actor: Actor) -> str:
        args = actor.places(self.permission.roles)[:1] if self.at_place else ()
        return reverse(self.address, args=args)


@dataclass(frozen=True, slots=True)
class Door:
    """A way on from a place, for those who hold a role of the permission there."""

    label: StrOrPromise
    note: StrOrPromise
    order: int
    permission: Permission
    address: Address


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure on pages: ``on`` is page → order there (``dashboard``, ``ends``, ``roots``,
    ``team``, ``places``, ``home``, ``organisation``).

    It leads to the list of what it counts, for those who hold a role of the permission at the
    place. ``alarming``: more than none is bad. ``trend`` is the title of its months as bars.
    """

    key: str
    on: Mapping[str, int]
    address: Address | None = None
    permission: Permission | None = None
    term: StrOrPromise = ""
    alarming: bool = False
    trend: StrOrPromise = ""

    def url_for(self, actor: Actor, place: Placed) -> str:
        if self.address is None:
            return ""
        seen = self.permission is None or actor.holds(self.permission.roles, place.place_code)
        return self.address(place) if seen else ""


def list_at(name: str, **query: str) -> Address:
    """The list of this name, cut to the place."""
    return lambda place: f"{reverse(name)}?{urlencode({'place': place.place_code, **query})}"


LINKS = [Link("journal", _("Journal"), 90, read_journal)]
