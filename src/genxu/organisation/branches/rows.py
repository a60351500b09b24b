"""Organisations and members as a spreadsheet gives them, and what is wrong with them alone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from genxu.core.days import wrong_day
from genxu.core.names import clean_name
from genxu.core.promises import StrOrPromise
from genxu.core.texts import too_long
from genxu.people.rows import clean_phone, wrong_phone

from . import thresholds
from .models import Member, Organisation

NAME_LIMIT, MEMBER_NAME_LIMIT = 60, 40
CHOICE = _("Please choose one of those offered.")


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation that stands already: the code of its hamlet, its kind, name and term.

    A joint branch has a row for each of its hamlets, with the same name. Without a name it gets
    the usual one; without the end of its term a branch is elected for five years.
    """

    hamlet: str
    kind: str
    name: str = ""
    founded_on: date | None = None
    term_ends_on: date | None = None

    def cleaned(self) -> "OrganisationRow":
        return replace(self, name=clean_name(self.name))

    def problems(self) -> Mapping[str, StrOrPromise]:
        """Field → what is wrong with it; of a cleaned row."""
        found: dict[str, StrOrPromise] = {}
        if self.kind not in Organisation.Kind:
            found["kind"] = CHOICE
        if len(self.name) > NAME_LIMIT:
            found["name"] = too_long(NAME_LIMIT)
        found |= wrong_day("founded_on", self.founded_on)
        if self.founded_on and self.term_ends_on and self.term_ends_on <= self.founded_on:
            found["term_ends_on"] = _("A term ends after the founding.")
        return found


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member: the code of the hamlet, name, phone, kind, duty; of who leads, the background.

    ``kind``, ``duty`` and ``background`` are values of the choices of ``Member``. Without a phone
    number or a background the one that is known stays.
    """

    hamlet: str
    name: str
    phone: str
    kind: str
    duty: str = ""
    background: str = ""

    def cleaned(self) -> "MemberRow":
        return replace(self, name=clean_name(self.name), phone=clean_phone(self.phone))

    def problems(self) -> Mapping[str, StrOrPromise]:
        """Field → what is wrong with it; of a cleaned row."""
        found: dict[str, StrOrPromise] = {}
        if not self.name:
            found["name"] = _("The name is missing")
        elif len(self.name) > MEMBER_NAME_LIMIT:
            found["name"] = too_long(MEMBER_NAME_LIMIT)
        elif not self.name.isprintable():
            found["name"] = _("There is an unreadable character in it.")
        if wrong := wrong_phone(self.phone):
            found["phone"] = wrong
        if self.duty not in Member.Duty:
            found["duty"] = CHOICE
        if self.background and self.background not in Member.Background:
            found["background"] = CHOICE
        if self.kind not in Member.Kind:
            found["kind"] = CHOICE
        elif self.duty in thresholds.ELECTED and not thresholds.votes(self.kind):
            found["duty"] = NOT_ELIGIBLE
        return found


NOT_ELIGIBLE = _(
    "Secretary, deputy and committee members must be full members able to vote: neither "
    "probationary nor on probation within the Party (Party constitution, articles 7 and 42)."
)


def usual_name(kind: str, hamlet: str) -> str:
    """What such an organisation is called as a rule: 罗家洲党支部."""
    names = {
        Organisation.Kind.BRANCH: gettext("%(hamlet)s Party branch"),
        Organisation.Kind.JOINT_BRANCH: gettext("%(hamlet)s joint Party branch"),
        Organisation.Kind.PARTY_GROUP: gettext("%(hamlet)s Party group"),
    }
    return names[Organisation.Kind(kind)] % {"hamlet": hamlet}
