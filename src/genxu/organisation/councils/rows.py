"""A seat of a council as a spreadsheet gives it, and the council as all its rows leave it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from genxu.core.days import wrong_day
from genxu.core.names import clean_name
from genxu.core.promises import StrOrPromise
from genxu.core.sheets.outcomes import CHANGED, NEW, SAME, Outcome, wrong

from .models import Council, Seat
from .seats import Sitting, in_order, wrong_alone, wrong_beside


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
        return found | wrong_day("formed_on", self.formed_on)


@dataclass(slots=True)
class Board:
    """A hamlet's council and seats as they stand, and ``after`` the rows that change them."""

    council: Council | None = None
    seats: dict[str, Seat] = field(default_factory=dict)
    formed_on: date | None = None
    after: dict[str, SeatRow] = field(default_factory=dict)

    def seat(self, row: SeatRow) -> None:
        """The row takes its seat; what it means shows when all have."""
        self.after[row.name] = row
        self.formed_on = self.formed_on or row.formed_on

    def outcome_of(self, row: SeatRow) -> Outcome:
        """What becomes of a row among everybody who then sits on the council."""
        if self.council is None and self.formed_on is None:
            return wrong({"formed_on": _("This hamlet has no council yet: when was it formed?")})
        if problems := wrong_beside(row.name, row.duty, row.leads, self._others(row)):
            return wrong(problems)
        seat = self.seats.get(row.name)
        outcome = NEW if seat is None else SAME if _is_same(seat, row) else CHANGED
        if self.council is None or row.formed_on in (None, self.council.formed_on):
            return outcome
        text = _("The council stands since %s; the other day is left aside.")
        told = {"formed_on": text % self.council.formed_on.isoformat()}
        return Outcome(outcome.fate, warnings=told)

    def _others(self, row: SeatRow) -> list[Sitting]:
        stay = [seat for name, seat in self.seats.items() if name not in self.after]
        others: list[Seat | SeatRow] = [*stay, *self.after.values()]
        return [Sitting(o.name, o.duty, o.leads) for o in others if o.name != row.name]


def _is_same(seat: Seat, row: SeatRow) -> bool:
    number = seat.household.number if seat.household else None
    moved = row.household_number not in (None, number)
    return not moved and (seat.duty, seat.groups, seat.leads) == (row.duty, row.groups, row.leads)
