"""Councils as a spreadsheet gives them: one row a seat. What becomes of each, and entering them.

A row is a known seat if hamlet and name match. A hamlet without a council gets one. All rows of a
batch are looked at together: a chair who steps down in one row makes room for the next row's.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.bulk import insert_rows
from genxu.core.sheets.outcomes import CHANGED, NEW, SAME, Fate, Outcome, refuse_wrong, wrong
from genxu.people.models import Household
from genxu.people.rows import clean_name
from genxu.regions.batches import begin_batch
from genxu.regions.codes import Level
from genxu.regions.models import Region

from . import rules
from .customs import usual_end
from .models import Council, Seat
from .seats import Sitting, in_order, wrong_alone, wrong_beside

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


@dataclass(slots=True)
class _Hamlet:
    """A hamlet with its council and seats as they stand, then as the rows will have them."""

    council: Council | None = None
    seats: dict[str, Seat] = field(default_factory=dict)
    households: dict[int, int] = field(default_factory=dict)
    formed_on: date | None = None
    after: dict[str, SeatRow] = field(default_factory=dict)

    def beside(self, row: SeatRow) -> list[Sitting]:
        """Everybody else on the council once all rows are entered."""
        stay = [s for name, s in self.seats.items() if name not in self.after]
        others: list[Seat | SeatRow] = [*stay, *self.after.values()]
        return [Sitting(o.name, o.duty, o.leads) for o in others if o.name != row.name]


class _Planner:
    """The councils of the hamlets that a batch names: four queries for any number of rows."""

    def __init__(self, rows: Sequence[SeatRow], place: Region | None) -> None:
        self.place = place
        codes = {row.hamlet for row in rows}
        found = Region.objects.of_level(Level.HAMLET).filter(code__in=codes)
        self.hamlets = {code: _Hamlet() for code in found.values_list("code", flat=True)}
        for council in Council.objects.standing().filter(hamlet__in=self.hamlets):
            self.hamlets[council.hamlet_id].council = council
        taken = Seat.objects.taken().filter(hamlet__in=self.hamlets, council__ended_on=None)
        for seat in taken.select_related("household"):
            self.hamlets[seat.hamlet_id].seats[seat.name] = seat
        if any(row.household_number for row in rows):
            self._read_households()
        self.first: dict[int, SeatRow] = {}
        self.early = [self._early(n, row.cleaned()) for n, row in enumerate(rows)]

    def _read_households(self) -> None:
        known = Household.objects.living_here().filter(hamlet__in=self.hamlets)
        for pk, hamlet, number in known.values_list("pk", "hamlet_id", "number"):
            self.hamlets[hamlet].households[number] = pk

    def _early(self, n: int, row: SeatRow) -> Outcome | None:
        """What is clear before the rows are seen together; a good row takes its seat."""
        here = self.hamlets.get(row.hamlet)
        problems = row.problems() or self._wrong_place(row, here)
        if problems or here is None:
            return wrong(problems)
        if earlier := here.after.get(row.name):
            if earlier == row:
                text = _("This person stands here twice.")
                return Outcome(Fate.SAME, warnings={"name": text})
            return wrong({"name": _("This person stands here twice, and not alike.")})
        here.after[row.name] = self.first[n] = row
        here.formed_on = here.formed_on or row.formed_on
        return None

    def _wrong_place(self, row: SeatRow, here: _Hamlet | None) -> dict[str, Any]:
        if here is None:
            return {"hamlet": _("There is no hamlet with the code %s.") % row.hamlet}
        if self.place is not None and not row.hamlet.startswith(self.place.code):
            return {"hamlet": _("This hamlet does not lie in %s.") % self.place}
        if row.household_number and row.household_number not in here.households:
            text = _("There is no household No. %s in this hamlet.")
            return {"household_number": text % row.household_number}
        return {}

    def outcomes(self) -> list[Outcome]:
        return [early or self._outcome(self.first[n]) for n, early in enumerate(self.early)]

    def _outcome(self, row: SeatRow) -> Outcome:
        here = self.hamlets[row.hamlet]
        if here.council is None and here.formed_on is None:
            return wrong({"formed_on": _("This hamlet has no council yet: when was it formed?")})
        others = here.beside(row)
        if problems := wrong_beside(row.name, row.duty, row.leads, others):
            return wrong(problems)
        seat = here.seats.get(row.name)
        outcome = NEW if seat is None else SAME if _is_same(seat, row) else CHANGED
        warnings = _other_term(here, row)
        return Outcome(outcome.fate, warnings=warnings) if warnings else outcome


def _is_same(seat: Seat, row: SeatRow) -> bool:
    number = seat.household.number if seat.household else None
    moved = row.household_number not in (None, number)
    return not moved and (seat.duty, seat.groups, seat.leads) == (row.duty, row.groups, row.leads)


def _other_term(here: _Hamlet, row: SeatRow) -> dict[str, StrOrPromise]:
    if here.council is None or row.formed_on in (None, here.council.formed_on):
        return {}
    text = _("The council stands since %s; the other day is left aside.")
    return {"formed_on": text % here.council.formed_on.isoformat()}


def plan_seats(rows: Sequence[SeatRow], place: Region | None = None) -> list[Outcome]:
    """What would become of each row if all were entered now; four queries for any number."""
    return _Planner(rows, place).outcomes()


@action(rules.record_councils, notes=("count", "hamlets", "source"))
def record_councils(
    *,
    actor: Actor,
    place: Region,
    rows: Sequence[SeatRow],
    count: int,
    hamlets: list[str],
    source: str = "",
) -> Region:
    """Enter seats of the hamlets below a place, all or none; ``Invalid`` names what is wrong.

    ``count`` and ``hamlets`` say for the journal how many rows there are and whose.
    """
    begin_batch(rows, count, hamlets)
    planner = _Planner(rows, place)
    outcomes = planner.outcomes()
    refuse_wrong(outcomes)
    meant = [
        planner.first[n]
        for n, outcome in enumerate(outcomes)
        if outcome.fate in (Fate.NEW, Fate.CHANGED)
    ]
    _write(planner, meant)
    return place


def _write(planner: _Planner, rows: Sequence[SeatRow]) -> None:
    _form_missing(planner)
    new: list[SeatRow] = []
    changed: list[Seat] = []
    for row in rows:
        here = planner.hamlets[row.hamlet]
        seat = here.seats.get(row.name)
        if seat is None:
            new.append(row)
            continue
        seat.duty, seat.groups, seat.leads = row.duty, list(row.groups), row.leads
        if row.household_number:
            seat.household_id = here.households[row.household_number]
        changed.append(seat)
    _make_room(changed)
    Seat.objects.bulk_update(changed, ["duty", "groups", "leads", "household"], batch_size=500)
    insert_rows(Seat, _SEAT, (_new_seat(planner.hamlets[row.hamlet], row) for row in new))
    touched = Council.objects.standing().filter(hamlet__in={row.hamlet for row in rows})
    touched.update(version=F("version") + 1)


def _form_missing(planner: _Planner) -> None:
    """A council for each hamlet that has rows and none; ``planner`` then knows it."""
    missing = {
        code: here.formed_on
        for code, here in planner.hamlets.items()
        if here.council is None and here.after and here.formed_on
    }
    made = ((code, day, usual_end(day)) for code, day in missing.items())
    insert_rows(Council, ("hamlet", "formed_on", "term_ends_on"), made)
    for council in Council.objects.standing().filter(hamlet__in=missing):
        planner.hamlets[council.hamlet_id].council = council


_SEAT = ("council", "hamlet", "name", "duty", "groups", "leads", "household", "since")


def _new_seat(here: _Hamlet, row: SeatRow) -> tuple[Any, ...]:
    """The columns of a new seat; in a council that stood already it begins today."""
    assert here.council is not None
    known = bool(here.seats)
    since = clock.today() if known else here.council.formed_on
    household = here.households.get(row.household_number or 0)
    groups = json.dumps(row.groups)
    return (here.council.pk, row.hamlet, row.name, str(row.duty), groups, str(row.leads),
            household, since)  # fmt: skip


def _make_room(changed: Sequence[Seat]) -> None:
    """No chair and no leader among them for a moment: two may have changed places."""
    keys = [seat.pk for seat in changed]
    Seat.objects.filter(pk__in=keys).update(duty=Seat.Duty.MEMBER, leads="")
