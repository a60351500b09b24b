"""Entering councils, one row a seat.

A row is a known seat if hamlet and name match. A hamlet without a council gets one. All rows of a
batch are looked at together: a chair who steps down in one row makes room for the next row's.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.bulk import insert_rows, update_rows
from genxu.core.sheets.intake import twice
from genxu.core.sheets.outcomes import CHANGED, NEW, SAME, Fate, Outcome, wrong
from genxu.people.register import Register
from genxu.regions.batches import HamletIntake
from genxu.regions.models import Region

from . import rules
from .customs import usual_end
from .models import Council, Seat
from .rows import SeatRow
from .seats import Sitting, wrong_beside


@dataclass(slots=True)
class _Hamlet:
    """A hamlet with its council and seats as they stand, then as the rows will have them."""

    council: Council | None = None
    seats: dict[str, Seat] = field(default_factory=dict)
    formed_on: date | None = None
    after: dict[str, SeatRow] = field(default_factory=dict)

    def beside(self, row: SeatRow) -> list[Sitting]:
        """Everybody else on the council once all rows are entered."""
        stay = [s for name, s in self.seats.items() if name not in self.after]
        others: list[Seat | SeatRow] = [*stay, *self.after.values()]
        return [Sitting(o.name, o.duty, o.leads) for o in others if o.name != row.name]


class SeatIntake(HamletIntake[SeatRow]):
    def parents(self) -> Iterable[QuerySet[Council]]:
        """Whoever changes a single seat holds its council."""
        return [Council.objects.standing().filter(hamlet__in=self.hamlets)]

    def touched(self) -> Sequence[Iterable[int]]:
        return [{here.council.pk for here in self.at.values() if here.after and here.council}]

    def read(self) -> None:
        self.at = {code: _Hamlet() for code in self.hamlets}
        for council in Council.objects.standing().filter(hamlet__in=self.at):
            self.at[council.hamlet_id].council = council
        taken = Seat.objects.taken().filter(hamlet__in=self.at, council__ended_on=None)
        for seat in taken.select_related("household"):
            self.at[seat.hamlet_id].seats[seat.name] = seat
        asked = any(row.household_number for row in self.rows)
        self.register = Register(self.hamlets if asked else ())

    def judge(self, row: SeatRow) -> Outcome:
        """What is clear before the rows are seen together; a good row takes its seat."""
        here = self.at[row.hamlet]
        if row.household_number and self._household(row) is None:
            text = _("There is no household No. %s in this hamlet.")
            return wrong({"household_number": text % row.household_number})
        if earlier := here.after.get(row.name):
            return twice("name", alike=earlier == row)
        here.after[row.name] = row
        here.formed_on = here.formed_on or row.formed_on
        return NEW

    def settle(self) -> None:
        pairs = zip(self.rows, self.outcomes, strict=True)
        self.outcomes = [self._beside(row) if one is NEW else one for row, one in pairs]

    def _beside(self, row: SeatRow) -> Outcome:
        here = self.at[row.hamlet]
        if here.council is None and here.formed_on is None:
            return wrong({"formed_on": _("This hamlet has no council yet: when was it formed?")})
        others = here.beside(row)
        if problems := wrong_beside(row.name, row.duty, row.leads, others):
            return wrong(problems)
        seat = here.seats.get(row.name)
        outcome = NEW if seat is None else SAME if _is_same(seat, row) else CHANGED
        warnings = _other_term(here, row)
        return Outcome(outcome.fate, warnings=warnings) if warnings else outcome

    def write(self, actor: Actor) -> None:
        self._form_missing()
        pairs = zip(self.rows, self.outcomes, strict=True)
        rows = [row for row, one in pairs if one.fate in (Fate.NEW, Fate.CHANGED)]
        known = [(s.pk, s, row) for row in rows if (s := self.at[row.hamlet].seats.get(row.name))]
        # No chair and no leader among them for a moment: two may have changed places.
        keys = [pk for pk, _seat, _row in known]
        Seat.objects.filter(pk__in=keys).update(duty=Seat.Duty.MEMBER, leads="")
        update_rows(
            Seat,
            (*_GIVEN, "household"),
            ((*_given(row), self._household(row) or seat.household_id, pk)
             for pk, seat, row in known),
        )  # fmt: skip
        new = (row for row in rows if row.name not in self.at[row.hamlet].seats)
        columns = (*_GIVEN, "household", "hamlet", "name", "council", "since")
        insert_rows(Seat, columns, map(self._new_seat, new))
        touched = Council.objects.standing().filter(hamlet__in={row.hamlet for row in rows})
        touched.update(version=F("version") + 1)

    def _form_missing(self) -> None:
        """A council for each hamlet that has rows and none."""
        missing = {
            code: here.formed_on
            for code, here in self.at.items()
            if here.council is None and here.after and here.formed_on
        }
        made = ((code, day, usual_end(day)) for code, day in missing.items())
        insert_rows(Council, ("hamlet", "formed_on", "term_ends_on"), made)
        for council in Council.objects.standing().filter(hamlet__in=missing):
            self.at[council.hamlet_id].council = council

    def _new_seat(self, row: SeatRow) -> tuple[Any, ...]:
        """In a council that stood already it begins today."""
        here = self.at[row.hamlet]
        assert here.council is not None
        since = clock.today() if here.seats else here.council.formed_on
        about = (self._household(row), row.hamlet, row.name, here.council.pk, since)
        return *_given(row), *about

    def _household(self, row: SeatRow) -> int | None:
        known = self.register.by_number.get((row.hamlet, row.household_number or 0))
        return known.pk if known and known.lives_here else None


_GIVEN = ("duty", "groups", "leads")


def _given(row: SeatRow) -> tuple[str, str, str]:
    return str(row.duty), json.dumps(row.groups), str(row.leads)


def _is_same(seat: Seat, row: SeatRow) -> bool:
    number = seat.household.number if seat.household else None
    moved = row.household_number not in (None, number)
    return not moved and (seat.duty, seat.groups, seat.leads) == (row.duty, row.groups, row.leads)


def _other_term(here: _Hamlet, row: SeatRow) -> Mapping[str, str]:
    if here.council is None or row.formed_on in (None, here.council.formed_on):
        return {}
    text = _("The council stands since %s; the other day is left aside.")
    return {"formed_on": text % here.council.formed_on.isoformat()}


plan_seats = SeatIntake.plan


@action(rules.record_councils, notes=("count", "hamlets", "source"))
def record_councils(
    *, actor: Actor, place: Region, rows: Sequence[SeatRow], count: int,
    hamlets: list[str], source: str = "",
) -> Region:  # fmt: skip
    """Enter seats of the hamlets below a place, all or none."""
    SeatIntake(rows, place).take_in(actor, count, hamlets)
    return place
