"""What is said of a place, checked alike for a form and for a row of a sheet."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from genxu.core.calendar import years_on
from genxu.core.days import wrong_day
from genxu.core.names import clean_name
from genxu.core.promises import StrOrPromise
from genxu.core.texts import MISSING, readable, too_long

from .models import NAME_LIMIT, OWNER_LIMIT, Source

LONGEST = 70
"""So many years may an agreement still run: more is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class VenueFacts:
    """Name, where it comes from, since when; whose it is, and until when that is agreed."""

    name: str
    source: str
    since: date
    owner: str = ""
    agreed_until: date | None = None

    def cleaned(self) -> "VenueFacts":
        return replace(self, name=readable(self.name), owner=clean_name(self.owner))

    @property
    def values(self) -> dict[str, Any]:
        names = ("name", "source", "since", "owner", "agreed_until")
        return {name: getattr(self, name) for name in names}


def wrong_with(facts: VenueFacts) -> Mapping[str, StrOrPromise]:
    """Field → what is wrong with it; of cleaned facts."""
    found: dict[str, StrOrPromise] = {}
    if not facts.name:
        found["name"] = MISSING
    elif len(facts.name) > NAME_LIMIT:
        found["name"] = too_long(NAME_LIMIT)
    if len(facts.owner) > OWNER_LIMIT:
        found["owner"] = too_long(OWNER_LIMIT)
    if facts.source not in Source:
        found["source"] = _("Please choose one of those offered.")
    elif facts.source == Source.OLD_HOUSE and not facts.owner:
        found["owner"] = _("Whose house is it?")
    return found | wrong_day("since", facts.since) | _wrong_end(facts)


def _wrong_end(facts: VenueFacts) -> dict[str, StrOrPromise]:
    until = facts.agreed_until
    if until is None:
        return {}
    if until < facts.since:
        return {"agreed_until": _("That is before it began.")}
    if until > years_on(facts.since, LONGEST):
        return {"agreed_until": _("That is very far ahead; is the year right?")}
    return {} if facts.owner else {"owner": _("With whom is it agreed?")}
