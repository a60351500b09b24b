"""What a contract says, and what of it cannot be: as a form or a spreadsheet gives it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from genxu.core.calendar import years_on
from genxu.core.days import LONG_AGO
from genxu.core.names import clean_name
from genxu.core.promises import StrOrPromise
from genxu.core.texts import MISSING, readable, too_long
from genxu.people.models import Household

from .models import LAND, LARGEST_AREA, NAME_LIMIT, OBJECT_LIMIT, WITH_RENT, Way, What
from .schedule import wrong_steps

LONGEST = 70
"""Nothing is let for longer: the longest right to forest land is 70 years (农村土地承包法 21)."""
CHOICE = _("Please choose one of those offered.")
WRONG: dict[str, StrOrPromise] = {
    "early": _("The rent begins with the first year."),
    "twice": _("Each step begins in a later year than the one before."),
    "late": _("The contract has no such year."),
}


@dataclass(frozen=True, slots=True)
class Terms:
    """How it comes in or goes out, what it is, who the other side is, how much land (hundredths of
    a mu), from when until when; on which day the first rent is due, and the rent a year (fen) from
    which year of the contract on."""

    way: str
    what: str
    object: str
    since: date
    until: date
    household: Household | None = None
    other: str = ""
    is_person: bool = True
    area: int | None = None
    first_due: date | None = None
    steps: Sequence[tuple[int, int]] = ()

    def cleaned(self) -> "Terms":
        """As it is kept: who is a household is a person, and has no other name."""
        other = "" if self.household else clean_name(readable(self.other))
        person = self.is_person or self.household is not None
        return replace(self, object=readable(self.object), other=other, is_person=person)

    def problems(self) -> Mapping[str, StrOrPromise]:
        """Field → what is wrong; of cleaned terms."""
        found: dict[str, StrOrPromise] = {}
        for name, wrong in (
            ("way", CHOICE if self.way not in Way else ""),
            ("what", CHOICE if self.what not in What else ""),
            ("object", wrong_words(self.object, OBJECT_LIMIT)),
            ("other", "" if self.household else wrong_words(self.other, NAME_LIMIT)),
            ("area", self._wrong_area()),
            ("since", _("That is very long ago; is the year right?")
                      if self.since < LONG_AGO else ""),
            ("until", self._wrong_end()),
        ):  # fmt: skip
            if wrong:
                found[name] = wrong
        return found or self._wrong_rent()

    def _wrong_area(self) -> StrOrPromise:
        if self.area is None:
            return _("How many mu?") if self.what in LAND else ""
        if self.area < 1:
            return _("Land of no size is none.")
        return _("That is more land than a township has.") if self.area > LARGEST_AREA else ""

    def _wrong_end(self) -> StrOrPromise:
        if self.until < self.since:
            return _("That is before it begins.")
        if self.until >= years_on(self.since, LONGEST):
            return _("That is more than %s years; is the year right?") % LONGEST
        return ""

    def _wrong_rent(self) -> dict[str, StrOrPromise]:
        if self.way == Way.LAND_FOR_SHARES:
            told = _("Land for shares has no rent: it is paid with what the shares bring.")
            return {"steps": told} if self.steps or self.first_due else {}
        if self.has_rent:
            if not self.steps:
                return {"steps": _("How much is the rent a year?")}
            if wrong := self._wrong_first_due():
                return {"first_due": wrong}
        wrong_at = wrong_steps(self.steps, self.years)
        return {f"steps-{n}-from_year": WRONG[kind] for n, kind in wrong_at.items()}

    def _wrong_first_due(self) -> StrOrPromise:
        if self.first_due is None:
            return _("When is the first rent due?")
        if not self.since <= self.first_due < years_on(self.since, 1):
            return _("The first rent is due within the first year.")
        return _("That is after its end.") if self.first_due > self.until else ""

    @property
    def years(self) -> int:
        """In how many years of its own it runs."""
        count = self.until.year - self.since.year
        return count + (years_on(self.since, count) <= self.until)

    @property
    def steps_told(self) -> Sequence[tuple[int, int]]:
        return self.steps

    @property
    def has_rent(self) -> bool:
        return self.way in WITH_RENT

    def fields(self) -> dict[str, Any]:
        """What of it stands in the row."""
        due = self.first_due if self.has_rent else None
        return {name: getattr(self, name) for name in
                ("way", "what", "object", "household", "other", "is_person", "area", "since",
                 "until")} | {"last_day": self.until, "first_due": due}  # fmt: skip


def wrong_words(text: str, limit: int) -> StrOrPromise:
    if not text:
        return MISSING
    return too_long(limit) if len(text) > limit else ""
