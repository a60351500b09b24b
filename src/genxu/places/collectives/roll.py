"""What an entry of the roll says, from a form or a row of a sheet, and what is wrong with it by
itself and beside those who stand there."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.names import clean_name
from genxu.core.promises import StrOrPromise

from .law import Gained
from .models import PERSON_LIMIT, Membership

OLDEST = 130
Problems = dict[str, StrOrPromise]


@dataclass(frozen=True, slots=True)
class Entry:
    """Who is entered, since when and how she became a member; ``apart``: another person of a name
    that stands there already."""

    name: str
    birth_year: int
    since: date
    gained: str = Gained.FOUNDING
    apart: bool = False

    def cleaned(self) -> "Entry":
        return replace(self, name=clean_name(self.name))

    def problems(self) -> Problems:
        """Of a cleaned entry; whether its day fits its collective is asked apart."""
        found: Problems = {}
        if not self.name:
            found["name"] = _("The name is missing")
        elif len(self.name) > PERSON_LIMIT or not self.name.isprintable():
            found["name"] = _("A name has at most %(limit)s characters.") % {"limit": PERSON_LIMIT}
        this_year = clock.today().year
        if not this_year - OLDEST <= self.birth_year <= this_year:
            found["birth_year"] = _("Is the year right?")
        elif self.birth_year > self.since.year:
            found["since"] = _("Nobody is a member before she is born.")
        if self.gained not in Gained:
            found["gained"] = _("Please choose one of those offered.")
        return found


@dataclass(frozen=True, slots=True)
class Standing:
    """One who stands on the roll, or is about to: enough to tell her from another."""

    household: int
    name: str
    birth_year: int
    since: date
    until: date | None = None

    @classmethod
    def of(cls, row: Membership) -> "Standing":
        return cls(row.household_id, row.name, row.birth_year, row.since, row.until)

    def is_same_person(self, other: "Standing") -> bool:
        mine = self.household, self.name, self.birth_year
        return mine == (other.household, other.name, other.birth_year)

    def overlaps(self, other: "Standing") -> bool:
        starts_before_end = other.until is None or self.since < other.until
        return starts_before_end and (self.until is None or other.since < self.until)


def wrong_beside(new: Standing, apart: bool, others: Iterable[Standing]) -> Problems:
    """Nobody stands there twice; somebody else of the same name is said to be somebody else."""
    for one in others:
        if one.name != new.name or not new.overlaps(one):
            continue
        if one.is_same_person(new):
            return {"name": _("%s stands on the roll already.") % new.name}
        if not apart:
            text = _("There is a %s on the roll already. Tick here if this is somebody else.")
            return {"apart": text % new.name}
    return {}
