"""An outing, a volunteer, as a form or a spreadsheet gives them; what is wrong with each alone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.errors import Invalid
from genxu.core.names import clean_name
from genxu.core.texts import optional, required
from genxu.organisation.branches.models import Member
from genxu.people.models import Household, mobile
from genxu.people.privacy import named_person
from genxu.regions.models import Region

from .models import LIMITS, MOST_PLACES, Kind

AHEAD, LONGEST = timedelta(days=366), timedelta(days=31)
NAME_LIMIT = 40


@dataclass(frozen=True, slots=True)
class OutingFacts:
    """What is announced. Without ``starts_at`` and ``ends_at`` it has no fixed hour: any day from
    the first to the last."""

    kind: str
    what: str
    risk: str
    begins_on: date
    ends_on: date
    starts_at: time | None = None
    ends_at: time | None = None
    venue: str = ""
    wanted: int | None = None
    dangerous: bool = False
    insured: bool = False

    def checked(self, hamlet: Region) -> "OutingFacts":
        """As it is kept; ``Invalid`` at the fields."""
        missing = {
            "what": _("Please say in a line what is done."),
            "risk": _("Please say what one has to look out for; nothing is an answer too."),
        }
        texts: dict[str, Any] = {name: required(getattr(self, name), LIMITS[name], name, told)
                 for name, told in missing.items()}  # fmt: skip
        texts["venue"] = optional(self.venue, LIMITS["venue"], "venue")
        wrong = self._wrong() | _naming(texts, hamlet)
        if wrong:
            raise Invalid(wrong)
        return replace(self, **texts)

    def _wrong(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self.kind not in Kind:
            found["kind"] = _("Please choose one of those offered.")
        if self.dangerous and not self.insured:
            found["insured"] = _("Before anything dangerous all need an accident insurance.")
        if self.wanted is not None and not 1 <= self.wanted <= MOST_PLACES:
            found["wanted"] = _("Leave it empty if everybody may come.")
        return found | self._wrong_days() | self._wrong_times()

    def _wrong_days(self) -> dict[str, Any]:
        today = clock.today()
        if self.ends_on < today:
            return {"begins_on": _("That day is over.")}
        if self.begins_on > today + AHEAD:
            return {"begins_on": _("That is more than a year ahead; is the year right?")}
        if self.ends_on < self.begins_on:
            return {"ends_on": _("That is before the first day.")}
        if self.ends_on - self.begins_on > LONGEST:
            return {"ends_on": _("At most a month; then announce the next one.")}
        return {}

    def _wrong_times(self) -> dict[str, Any]:
        if self.starts_at is None and self.ends_at is None:
            return {}
        if self.starts_at is None or self.ends_at is None or self.ends_at <= self.starts_at:
            return {"ends_at": _("Please say from when to when, or leave both empty.")}
        if self.ends_on != self.begins_on:
            return {"ends_on": _("With a fixed hour it is one day.")}
        if not self.venue.strip():
            return {"venue": _("Where does one meet?")}
        return {}


def _naming(texts: Mapping[str, str], hamlet: Region) -> dict[str, Any]:
    """Everybody reads them, so they name nobody (个人信息保护法 25)."""
    message = _("Everybody can read this: please leave out “%(name)s”.")
    named = {name: named_person(text, hamlet) for name, text in texts.items()}
    return {name: message % {"name": found} for name, found in named.items() if found}


def check_names_nobody(words: str, hamlet: Region) -> None:
    if wrong := _naming({"words": words}, hamlet):
        raise Invalid(wrong)


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who volunteers: as little as tells him from another. ``minor``: not 18 yet; then
    ``guardian`` of the family agrees. ``shown``: he may be named publicly."""

    name: str
    phone: str = ""
    household: Household | None = None
    member: Member | None = None
    minor: bool = False
    guardian: str = ""
    shown: bool = False

    def checked(self) -> "Who":
        who = replace(self, name=clean_name(self.name), phone=self.phone.strip(),
                      guardian=clean_name(self.guardian) if self.minor else "")  # fmt: skip
        if wrong := wrong_with(who.name, who.phone, who.minor, who.guardian):
            raise Invalid(wrong)
        return who


def wrong_with(name: str, phone: str, minor: bool, guardian: str) -> dict[str, Any]:
    """What is wrong with the facts of a volunteer; of cleaned names."""
    found: dict[str, Any] = {}
    if not name:
        found["name"] = _("The name is missing")
    elif len(name) > NAME_LIMIT:
        found["name"] = _("A name has at most %(limit)s characters.") % {"limit": NAME_LIMIT}
    elif not name.isprintable():
        found["name"] = _("There is an unreadable character in it.")
    if phone and not mobile.regex.match(phone):  # type: ignore[union-attr]
        found["phone"] = mobile.message
    if minor and not guardian:
        found["guardian"] = _("Who of the family agrees? Below 18 it does not go without.")
    elif len(guardian) > NAME_LIMIT:
        found["guardian"] = _("A name has at most %(limit)s characters.") % {"limit": NAME_LIMIT}
    return found
