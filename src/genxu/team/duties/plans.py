"""What is said of a rota and of somebody on it, and what is wrong with it by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.texts import optional

from .models import LONGEST, MOST_A_TURN, NAME_LIMIT, WORDS_LIMIT, Rota

MOST_STRETCHES = 20
Wrong = Mapping[str, Any]


@dataclass(frozen=True)
class Plan:
    """What a rota is for, on which weekdays (0 is Monday), how many come, from when until when."""

    kind: str
    weekdays: tuple[int, ...]
    starts_on: date
    ends_on: date
    size: int = 1
    name: str = ""
    pairs: bool = False

    def cleaned(self) -> "Plan":
        name = optional(self.name, NAME_LIMIT, "name") if self.kind == Rota.Kind.OTHER else ""
        return replace(self, name=name, weekdays=tuple(sorted(set(self.weekdays))))

    def problems(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self.kind not in Rota.Kind.values:
            found["kind"] = _("Please choose one of those offered.")
        if self.kind == Rota.Kind.OTHER and not self.name:
            found["name"] = _("Please say what it is for.")
        if not self.weekdays or not set(self.weekdays) <= set(range(7)):
            found["weekdays"] = _("Please choose at least one day of the week.")
        if not 1 <= self.size <= MOST_A_TURN:
            found["size"] = _("One to %s people come at a time.") % MOST_A_TURN
        if self.pairs and self.size < 2:
            found["pairs"] = _("For that at least two must come at a time.")
        return found | self._wrong_days()

    def _wrong_days(self) -> dict[str, Any]:
        if self.ends_on < self.starts_on:
            return {"ends_on": _("That is before the first day.")}
        if self.ends_on - self.starts_on > LONGEST:
            return {"ends_on": _("A rota is made for a year at most.")}
        if self.ends_on < clock.today():
            return {"ends_on": _("That day is over already.")}
        if self.starts_on < clock.today() - LONGEST:
            return {"starts_on": _("That is more than a year ago; is the year right?")}
        return {}


@dataclass(frozen=True)
class Asked:
    """What somebody says when she is asked: when she can come, when she is away, whether she is
    exempt (no reason is kept), new to it, and agrees to be named on the public page."""

    since: date | None = None
    until: date | None = None
    away: tuple[tuple[date, date], ...] = ()
    exempt: bool = False
    new_hand: bool = False
    shown: bool = False

    def problems(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self.since and self.until and self.until < self.since:
            found["until"] = _("That is before the first day.")
        if any(last < first for first, last in self.away):
            found["away_until"] = _("That is before the first day.")
        elif any(last - first > timedelta(days=400) for first, last in self.away):
            found["away_until"] = _("That is more than a year; take the person off the rota.")
        if len(self.away) > MOST_STRETCHES:
            found["away_from"] = _("At most %s stretches of days are kept.") % MOST_STRETCHES
        return found

    def values(self) -> dict[str, Any]:
        """As a row keeps it."""
        away = sorted([first.isoformat(), last.isoformat()] for first, last in self.away)
        return {"since": self.since, "until": self.until, "away": away, "exempt": self.exempt,
                "new_hand": self.new_hand, "shown": self.shown}  # fmt: skip


@dataclass(frozen=True)
class Note:
    """What was found on a day; how many came, for a clean-up; what is to be seen to."""

    found: str
    head_count: int | None = None
    text: str = ""

    def cleaned(self) -> "Note":
        return replace(self, text=optional(self.text, WORDS_LIMIT, "text"))
