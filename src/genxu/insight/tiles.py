"""The figures that a dashboard shows, and the list to which each of them leads."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from genxu.core.access import Actor
from genxu.organisation.branches.models import Organisation
from genxu.organisation.branches.queries import BRANCHES
from genxu.organisation.branches.workflow import State
from genxu.organisation.centre_households.rules import see_coverage
from genxu.people.rules import see_households
from genxu.regions.models import Region

Address = Callable[[Actor, Region], str]


@dataclass(frozen=True)
class Tile:
    """A figure; ``address`` is the list of what it counts, empty where there is none to see."""

    key: str
    address: Address


def _nowhere(actor: Actor, place: Region) -> str:
    return ""


def _list(name: str, **query: str) -> Address:
    """The list of this name, cut to the place."""

    def address(actor: Actor, place: Region) -> str:
        return f"{reverse(name)}?{urlencode({'place': place.code, **query})}"

    return address


def _households(actor: Actor, place: Region) -> str:
    """By name they are for those who keep the register."""
    if not actor.holds(see_households.roles, place.code):
        return ""
    return _list("households")(actor, place)


def _coverage(actor: Actor, place: Region) -> str:
    """Who looks after whom, for those who keep the register: a hamlet, or hamlet by hamlet."""
    if not actor.holds(see_coverage.roles, place.code):
        return ""
    return reverse("coverage" if place.is_hamlet else "coverage_place", args=[place.code])


HEAD = [
    Tile("institutions.talks_held", _list("talks")),
    Tile("institutions.suggestions", _nowhere),
    Tile("institutions.matters_open", _list("matters", group="open")),
    Tile("institutions.matters_overdue", _list("matters", group="overdue")),
    Tile("institutions.matters_done", _list("matters", group="done")),
    Tile("institutions.matters_closed", _list("matters", group="closed")),
    Tile("institutions.matters_unconfirmed", _list("matters", group="unconfirmed")),
]
ROOTS = [
    Tile("organisation.branches",
         _list("organisations", kind=BRANCHES, state=State.FOUNDED)),
    Tile("organisation.party_groups",
         _list("organisations", kind=Organisation.Kind.PARTY_GROUP, state=State.FOUNDED)),
    Tile("organisation.centre_households", _list("centre_households", group="serving")),
    Tile("organisation.households_covered", _coverage),
    Tile("organisation.councils", _list("councils")),
    Tile("people.population", _households),
]  # fmt: skip
