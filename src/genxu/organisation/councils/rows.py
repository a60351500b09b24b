"""A seat of a council as a spreadsheet gives it, and what is wrong with it by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.people.rows import clean_name

from .models import Seat
from .seats import in_order, wrong_alone

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise
else:
    StrOrPromise = str


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One seat: the code of its hamlet, who sits there, duty, groups, the group she leads.

    ``duty``, ``groups`` and ``leads`` are values of ``Seat.Duty`` and ``Group``. ``formed_on`` is
    needed where the hamlet has no council yet. Without a household the one that is known stays.
    """

    hamlet: str
    name: str
    duty: str = Seat.Duty.MEMBER
    groups: Sequence[str] = ()
    leads: str = ""
    formed_on: date | None = None
    household_number: int | None = None

    def cleaned(self) -> "SeatRow":
        return replace(self, name=clean_name(self.name), groups=in_order(self.groups, self.leads))

    def problems(self) -> Mapping[str, StrOrPromise]:
        """Field → what is wrong with it; of a cleaned row."""
        found = wrong_alone(self.name, self.duty, self.groups, self.leads)
        if self.formed_on and self.formed_on > clock.today():
            found["formed_on"] = _("That day is still to come.")
        return found
