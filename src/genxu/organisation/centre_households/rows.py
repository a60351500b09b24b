"""A centre household that was appointed on paper, as a form or a spreadsheet gives it."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from genxu.core.calendar import years_on
from genxu.core.days import wrong_day
from genxu.core.names import clean_name
from genxu.core.promises import StrOrPromise
from genxu.core.sheets.outcomes import Outcome, wrong
from genxu.people.register import Known, Register
from genxu.people.rows import clean_phone, wrong_phone

from .appointing import TERM_YEARS
from .facts import NAME_LIMIT, OLDEST


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
            ends = years_on(self.appointed_on, TERM_YEARS)
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
        if wrong := wrong_day("appointed_on", day, OLDEST, _("That was too long ago.")):
            return wrong
        if self.term_ends_on is not None and self.term_ends_on <= day:
            return {"term_ends_on": _("The term cannot end before it begins.")}
        return {}


def household_of(row: CentreHouseholdRow, register: Register) -> Known | Outcome:
    """The household that is meant, or why it cannot be told."""
    if row.household_number is not None:
        return _by_number(register.by_number.get((row.hamlet, row.household_number)), row)
    alike = register.by_name.get((row.hamlet, row.head_name), ())
    found = [one for one in alike if one.lives_here]
    if len(found) > 1 and row.phone:
        found = [one for one in found if one.phone == row.phone] or found
    if len(found) == 1:
        return found[0]
    if found:
        text = _("%(count)s households of this hamlet have that name: give the number.")
        return wrong({"household_number": text % {"count": len(found)}})
    return wrong({"head_name": _("There is no such household in the register of this hamlet.")})


def _by_number(found: Known | None, row: CentreHouseholdRow) -> Known | Outcome:
    number = row.household_number
    if found is None:
        text = _("There is no household number %s in the register of this hamlet.")
        return wrong({"household_number": text % number})
    if not found.lives_here or not found.head_name:
        text = _("Household number %s does not live there any more.")
        return wrong({"household_number": text % number})
    if row.head_name and row.head_name != found.head_name:
        text = _("Number %(number)s is the household of %(name)s.")
        return wrong({"head_name": text % {"number": number, "name": found.head_name}})
    return found
