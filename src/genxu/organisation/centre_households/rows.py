"""A centre household that was appointed on paper, as a form or a spreadsheet gives it."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.calendar import years_later
from genxu.core.promises import StrOrPromise
from genxu.people.rows import clean_name, clean_phone, wrong_phone

from .appointing import TERM_YEARS
from .life import NAME_LIMIT, OLDEST


@dataclass(frozen=True, slots=True)
class CentreHouseholdRow:
    """One appointment: the code of the hamlet; the household by its number, its head's name or
    both; who of it serves (else the head); a phone for the account (else the household's); the
    term; and the number of the certificate, if it has one of ours."""

    hamlet: str
    household_number: int | None
    head_name: str
    person_name: str
    phone: str
    appointed_on: date | None
    term_ends_on: date | None
    certificate: str = ""

    def cleaned(self) -> "CentreHouseholdRow":
        """The same row as it is kept and compared; without an end the usual term."""
        ends = self.term_ends_on
        if ends is None and self.appointed_on is not None:
            ends = years_later(self.appointed_on, TERM_YEARS)
        return replace(
            self,
            head_name=clean_name(self.head_name),
            person_name=clean_name(self.person_name) or clean_name(self.head_name),
            phone=clean_phone(self.phone),
            term_ends_on=ends,
            certificate="".join(unicodedata.normalize("NFKC", self.certificate).split()),
        )

    def problems(self) -> Mapping[str, StrOrPromise]:
        """Field → what is wrong with it; of a cleaned row."""
        found: dict[str, StrOrPromise] = {}
        if self.household_number is None and not self.head_name:
            found["head_name"] = _("Which household? Its number or its head’s name is needed.")
        if len(self.person_name) > NAME_LIMIT:
            found["person_name"] = _("A name has at most %(limit)s characters.") % {
                "limit": NAME_LIMIT
            }
        elif not self.person_name.isprintable():
            found["person_name"] = _("There is an unreadable character in it.")
        if wrong := wrong_phone(self.phone):
            found["phone"] = wrong
        return found | self._wrong_term()

    def _wrong_term(self) -> dict[str, StrOrPromise]:
        day = self.appointed_on
        if day is None:
            return {"appointed_on": _("Since when? The day of the appointment is missing.")}
        if day > clock.today():
            return {"appointed_on": _("That day is still to come.")}
        if day < OLDEST:
            return {"appointed_on": _("That was too long ago.")}
        if self.term_ends_on is not None and self.term_ends_on <= day:
            return {"term_ends_on": _("The term cannot end before it begins.")}
        return {}
