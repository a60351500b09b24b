"""Entering councils, one row a seat.

A row is a known seat if hamlet and name match. A hamlet without a council gets one. All rows of a
batch are looked at together: a chair who steps down in one row makes room for the next row's.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.bulk import insert_rows, update_rows
from genxu.core.sheets.intake import twice
from genxu.core.sheets.outcomes import NEW, Fate, Outcome, wrong
from genxu.people.register import Register
from genxu.regions.batches import HamletIntake

from . import rules
from .customs import usual_end
from .models import Council, Seat
from .rows import Board, SeatRow

GIVEN = ("duty", "groups", "leads", "household")


class SeatIntake(HamletIntake[SeatRow]):
    """Seats with the council that they make, and known ones changed."""

    def parents(self) -> Iterable[QuerySet[Council]]:
        """Whoever changes a single seat holds its council."""
        return [Council.objects.standing().filter(hamlet__in=self.hamlets)]

    def touched(self) -> Sequence[Iterable[int]]:
        return [{board.council.pk for board in self.at.values() if board.after and board.council}]

    def read(self) -> None:
        self.at = {code: Board() for code in self.hamlets}
        for council in Council.objects.standing().filter(hamlet__in=self.at):
            self.at[council.hamlet_id].council = council
        taken = Seat.objects.taken().filter(hamlet__in=self.at, council__ended_on=None)
        for seat in taken.select_related("household"):
            self.at[seat.hamlet_id].seats[seat.name] = seat
        asked = any(row.household_number for row in self.rows)
        self.register = Register(self.hamlets if asked else ())

    def judge(self, row: SeatRow) -> Outcome:
        board = self.at[row.hamlet]
        if row.household_number and self._household(row) is None:
            text = _("There is no household No. %s in this hamlet.")
            return wrong({"household_number": text % row.household_number})
        if earlier := board.after.get(row.name):
            return twice("name", alike=earlier == row)
        board.seat(row)
        return NEW

    def settle(self) -> None:
        pairs = zip(self.rows, self.outcomes, strict=True)
        self.outcomes = [
            self.at[row.hamlet].outcome_of(row) if one is NEW else one for row, one in pairs
        ]

    def write(self, actor: Actor) -> None:
        self._form_missing()
        pairs = zip(self.rows, self.outcomes, strict=True)
        rows = [row for row, one in pairs if one.fate in (Fate.NEW, Fate.CHANGED)]
        known = [(s, row) for row in rows if (s := self.at[row.hamlet].seats.get(row.name))]
        # No chair and no leader among them for a moment: two may have changed places.
        keys = [seat.pk for seat, _row in known]
        Seat.objects.filter(pk__in=keys).update(duty=Seat.Duty.MEMBER, leads="")
        update_rows(Seat, GIVEN, ((*self._given(row, seat), seat.pk) for seat, row in known))
        new = (row for row in rows if row.name not in self.at[row.hamlet].seats)
        insert_rows(Seat, (*GIVEN, "hamlet", "name", "council", "since"), map(self._new, new))
        touched = Council.objects.standing().filter(hamlet__in={row.hamlet for row in rows})
        touched.update(version=F("version") + 1)

    def _form_missing(self) -> None:
        """A council for each hamlet that has rows and none."""
        missing = {
            code: board.formed_on
            for code, board in self.at.items()
            if board.council is None and board.after and board.formed_on
        }
        made = ((code, day, usual_end(day)) for code, day in missing.items())
        insert_rows(Council, ("hamlet", "formed_on", "term_ends_on"), made)
        for council in Council.objects.standing().filter(hamlet__in=missing):
            self.at[council.hamlet_id].council = council

    def _new(self, row: SeatRow) -> tuple[Any, ...]:
        """In a council that stood already it begins today."""
        board = self.at[row.hamlet]
        assert board.council is not None
        since = clock.today() if board.seats else board.council.formed_on
        return *self._given(row), row.hamlet, row.name, board.council.pk, since

    def _given(self, row: SeatRow, seat: Seat | None = None) -> tuple[str, str, str, int | None]:
        household = self._household(row) or (seat.household_id if seat else None)
        return str(row.duty), json.dumps(row.groups), str(row.leads), household

    def _household(self, row: SeatRow) -> int | None:
        known = self.register.by_number.get((row.hamlet, row.household_number or 0))
        return known.pk if known and known.lives_here else None


record_councils = SeatIntake.action(rules.record_councils)
