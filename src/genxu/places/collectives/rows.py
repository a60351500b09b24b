"""A member and a share as a spreadsheet gives them; of which collective, of which household."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _

from genxu.core.names import clean_name
from genxu.core.promises import StrOrPromise
from genxu.people.register import Register
from genxu.regions.codes import LENGTHS, Level

from .law import Gained
from .models import Collective, CollectiveQuerySet, ShareKind
from .roll import Entry

VILLAGE = LENGTHS[Level.VILLAGE]
OWN, ABOVE = "hamlet", "village"


class OfCollective(Protocol):
    """A row: its hamlet, the number of its household, whose collective it is of."""

    @property
    def hamlet(self) -> str: ...
    @property
    def household_number(self) -> int: ...
    @property
    def level(self) -> str: ...


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member; ``level`` says of which collective, where hamlet and village have one each."""

    hamlet: str
    household_number: int
    name: str
    birth_year: int
    since: date
    gained: str = Gained.FOUNDING
    apart: bool = False
    level: str = ""

    @property
    def entry(self) -> Entry:
        return Entry(self.name, self.birth_year, self.since, self.gained, self.apart)

    def cleaned(self) -> "MemberRow":
        return replace(self, name=clean_name(self.name))

    def problems(self) -> Mapping[str, StrOrPromise]:
        """Who comes by decision of the meeting is entered on the page, with the decision."""
        found = self.entry.problems()
        if self.gained == Gained.DECISION:
            told = _("Whoever the meeting took in is entered on the page, with the decision.")
            found["gained"] = told
        return found


@dataclass(frozen=True, slots=True)
class ShareRow:
    """What a household, or one of its members by name, holds of a kind since a day."""

    hamlet: str
    household_number: int
    kind: str
    quantity: int
    day: date
    name: str = ""
    area: int | None = None
    level: str = ""

    def cleaned(self) -> "ShareRow":
        return replace(self, name=clean_name(self.name))

    def problems(self) -> Mapping[str, StrOrPromise]:
        found: dict[str, StrOrPromise] = {}
        if self.kind not in ShareKind:
            found["kind"] = _("Please choose one of those offered.")
        if not self.quantity or self.quantity < 0:
            found["quantity"] = _("A share of nothing is none.")
        if self.kind == ShareKind.LAND and not self.area:
            found["area"] = _("How much land is it?")
        return found


class Finder:
    """The collectives and the register of some hamlets: three queries."""

    def __init__(self, hamlets: Iterable[str]) -> None:
        self.hamlets = list(hamlets)
        rows = standing_at(self.hamlets).select_related("place")
        self.collectives = {one.place_id: one for one in rows}
        self.register = Register(self.hamlets)

    def collective(self, row: OfCollective) -> Collective | None:
        own, above = (self.collectives.get(code) for code in (row.hamlet, row.hamlet[:VILLAGE]))
        return above if row.level == ABOVE else own if row.level == OWN else own or above

    def household(self, row: OfCollective) -> int | None:
        known = self.register.by_number.get((row.hamlet, row.household_number))
        return known.pk if known and known.lives_here else None

    def missing(self, row: OfCollective) -> dict[str, StrOrPromise]:
        """What a row names and is not there."""
        if self.collective(row) is None:
            return {"level": _("There is no such collective here yet.")}
        if self.household(row) is None:
            text = _("There is no household No. %s in this hamlet.")
            return {"household_number": text % row.household_number}
        return {}


def standing_at(hamlets: Collection[str]) -> CollectiveQuerySet:
    """The collectives of the hamlets and of their villages."""
    codes = {*hamlets, *(code[:VILLAGE] for code in hamlets)}
    return Collective.objects.standing().filter(place__in=codes)
