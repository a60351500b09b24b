"""Entering households: the form sends one row, a spreadsheet thousands, through one action.

A row is a known household if hamlet and number match or, where it has no number, hamlet, head's
name and phone. What is planned for a row is what happens to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.bulk import insert_rows, update_rows
from genxu.core.sheets.outcomes import CHANGED, NEW, SAME, Fate, Outcome, refuse_wrong, wrong
from genxu.regions.batches import begin_batch
from genxu.regions.codes import Level
from genxu.regions.models import Region

from . import rules
from .initials import initials_of
from .models import HeadCountChange, Household
from .rows import HouseholdRow


@dataclass(slots=True)
class _Known:
    """A household as it stands, or as an earlier row of the same batch will have it."""

    pk: int
    number: int | None
    head_name: str
    phone: str
    head_count: int
    lives_here: bool = True
    in_batch: bool = False
    outdated: bool = False


@dataclass(slots=True)
class _Planned:
    row: HouseholdRow
    outcome: Outcome
    known: _Known | None = None


class _Planner:
    """The households of the hamlets that a batch names, and what becomes of its rows."""

    def __init__(self, rows: Sequence[HouseholdRow], place: Region | None) -> None:
        self.place = place
        codes = {row.hamlet for row in rows}
        hamlets = Region.objects.of_level(Level.HAMLET).filter(code__in=codes)
        self.hamlets = set(hamlets.values_list("code", flat=True))
        self.by_number: dict[tuple[str, int], _Known] = {}
        self.by_person: dict[tuple[str, str, str], list[_Known]] = {}
        self.by_name: dict[tuple[str, str], _Known] = {}
        self.last = dict.fromkeys(self.hamlets, 0)
        self._read()

    def _read(self) -> None:
        known = Household.objects.filter(hamlet__in=self.hamlets).order_by("hamlet", "number")
        for pk, hamlet, number, name, phone, heads, left, merged in known.values_list(
            "pk", "hamlet_id", "number", "head_name", "phone", "head_count", "left_on",
            "merged_into_id",
        ):  # fmt: skip
            one = _Known(pk, number, name, phone, heads, left is None and merged is None)
            self._add(hamlet, one)

    def _add(self, hamlet: str, one: _Known) -> None:
        if one.number is not None:
            self.by_number[hamlet, one.number] = one
            if one.number > self.last[hamlet]:
                self.last[hamlet] = one.number
        alike = self.by_person.setdefault((hamlet, one.head_name, one.phone), [])
        alike.append(one)
        self.by_name[hamlet, one.head_name] = one

    def plan(self, given: HouseholdRow) -> _Planned:
        row = given.cleaned()
        problems = row.problems() or self._wrong_place(row.hamlet)
        if problems:
            return _Planned(row, wrong(problems))
        known = self._find(row)
        planned = self._new(row) if known is None else self._against(row, known)
        if planned.outcome.fate in (Fate.NEW, Fate.CHANGED):
            if known is not None:
                known.outdated = True
            self._add(row.hamlet, _after(planned))
        return planned

    def _find(self, row: HouseholdRow) -> _Known | None:
        """The household of a row. Of several alike the one that lives here counts, then the one
        with the same head count (so that a second time changes nothing), then the first."""
        if row.number is not None:
            return self.by_number.get((row.hamlet, row.number))
        alike = self.by_person.get((row.hamlet, row.head_name, row.phone), ())
        standing = [one for one in alike if not one.outdated]
        return min(
            standing,
            key=lambda one: (not one.lives_here, one.head_count != row.head_count),
            default=None,
        )

    def _wrong_place(self, hamlet: str) -> dict[str, str]:
        if hamlet not in self.hamlets:
            return {"hamlet": _("There is no hamlet with the code %s.") % hamlet}
        if self.place is not None and not hamlet.startswith(self.place.code):
            return {"hamlet": _("This hamlet does not lie in %s.") % self.place}
        return {}

    def _new(self, row: HouseholdRow) -> _Planned:
        alike = self.by_name.get((row.hamlet, row.head_name))
        if alike is None or alike.number is None:
            return _Planned(row, NEW)
        text = _("Number %s has the same name: is it the same household?") % alike.number
        return _Planned(row, Outcome(Fate.NEW, warnings={"head_name": text}))

    def _against(self, row: HouseholdRow, known: _Known) -> _Planned:
        if not known.head_name:
            text = _("This household had its name erased; it is not entered again.")
            return _Planned(row, Outcome(Fate.SAME, warnings={_key_of(row): text}), known)
        same_person = row.head_name == known.head_name and row.phone in ("", known.phone)
        same = same_person and row.head_count == known.head_count
        if known.in_batch:
            return _Planned(row, _twice(row, same=same), known)
        known.in_batch = True
        if not known.lives_here:
            return _Planned(row, _gone(row, known, same=same), known)
        if same:
            return _Planned(row, SAME, known)
        if row.head_name != known.head_name and row.phone != known.phone:
            text = _("Number %(number)s was %(name)s until now: is it the same household?")
            told = text % {"number": known.number, "name": known.head_name}
            return _Planned(row, Outcome(Fate.CHANGED, warnings={"head_name": told}), known)
        return _Planned(row, CHANGED, known)


def _key_of(row: HouseholdRow) -> str:
    return "head_name" if row.number is None else "number"


def _twice(row: HouseholdRow, *, same: bool) -> Outcome:
    """A household that stands in the batch already."""
    if same:
        text = _("This household stands here twice.")
        return Outcome(Fate.SAME, warnings={_key_of(row): text})
    if row.number is None:
        text = _("Another row has this name and phone. Two households? Give each a house number.")
    else:
        text = _("This house number stands here twice, and not alike.")
    return wrong({_key_of(row): text})


def _gone(row: HouseholdRow, known: _Known, *, same: bool) -> Outcome:
    """A household that moved away, or is another one's double, stays what it is."""
    if same:
        text = _("Number %s has moved away or was merged with another; it stays so.")
        return Outcome(Fate.SAME, warnings={_key_of(row): text % known.number})
    text = _(
        "Number %s has moved away or was merged with another. Bring it back on its own page, "
        "or enter the new household under another number."
    )
    return wrong({_key_of(row): text % known.number})


def _after(planned: _Planned) -> _Known:
    """How the household will stand when its row has been entered."""
    row, known = planned.row, planned.known
    phone = row.phone or (known.phone if known else "")
    number = known.number if known else row.number
    pk = known.pk if known else 0
    return _Known(pk, number, row.head_name, phone, row.head_count, in_batch=True)


def plan_households(rows: Sequence[HouseholdRow], place: Region | None = None) -> list[Outcome]:
    """What would become of each row if all were entered now; two queries for any number of rows."""
    return [planned.outcome for planned in _plan(rows, place)[0]]


def _plan(
    rows: Sequence[HouseholdRow], place: Region | None
) -> tuple[list[_Planned], dict[str, int]]:
    planner = _Planner(rows, place)
    return [planner.plan(row) for row in rows], planner.last


@action(rules.register_households, notes=("count", "hamlets", "source"))
def register_households(
    *,
    actor: Actor,
    place: Region,
    rows: Sequence[HouseholdRow],
    count: int,
    hamlets: list[str],
    source: str = "",
) -> Region:
    """Enter households of the hamlets below a place, all or none; ``Invalid`` names what is wrong.

    ``count`` and ``hamlets`` say for the journal how many rows there are and whose.
    """
    begin_batch(rows, count, hamlets)
    planned, last = _plan(rows, place)
    refuse_wrong([one.outcome for one in planned])
    _insert([one.row for one in planned if one.outcome.fate is Fate.NEW], last)
    _change(
        {one.known.pk: one.row for one in planned if one.known and one.outcome.fate is Fate.CHANGED}
    )
    return place


def _insert(rows: Sequence[HouseholdRow], last: dict[str, int]) -> None:
    """New households; those without a number get the next ones behind the last of the hamlet."""
    numbered: dict[tuple[str, int], HouseholdRow] = {}
    for row in rows:
        number = row.number
        if number is None:
            number = last[row.hamlet] = last[row.hamlet] + 1
        numbered[row.hamlet, number] = row
    if not numbered:
        return
    insert_rows(
        Household,
        ("hamlet", "number", "head_name", "initials", "phone", "head_count"),
        (
            (hamlet, number, row.head_name, initials_of(row.head_name), row.phone, row.head_count)
            for (hamlet, number), row in numbered.items()
        ),
    )
    _count_new(numbered)


def _count_new(numbered: dict[tuple[str, int], HouseholdRow]) -> None:
    today = clock.today()
    hamlets = {hamlet for hamlet, _number in numbered}
    keys = Household.objects.filter(hamlet__in=hamlets).values_list("hamlet_id", "number", "pk")
    insert_rows(
        HeadCountChange,
        ("household", "hamlet", "day", "change"),
        (
            (pk, hamlet, today, numbered[hamlet, number].head_count)
            for hamlet, number, pk in keys
            if (hamlet, number) in numbered
        ),
    )


def _change(rows: dict[int, HouseholdRow]) -> None:
    """Correct known households. They are read again under their own locks: whoever corrects a
    single household holds that one only."""
    if not rows:
        return
    today = clock.today()
    locked = Household.objects.living_here().select_for_update(no_key=True).exclude(head_name="")
    fresh = list(
        locked.filter(pk__in=rows)
        .order_by("pk")
        .values_list("pk", "hamlet_id", "phone", "head_count", "version")
    )
    update_rows(
        Household,
        ("head_name", "initials", "phone", "head_count", "version"),
        (
            (
                (row := rows[pk]).head_name,
                initials_of(row.head_name),
                row.phone or phone,
                row.head_count,
                version + 1,
                pk,
            )
            for pk, _hamlet, phone, _heads, version in fresh
        ),
    )
    insert_rows(
        HeadCountChange,
        ("household", "hamlet", "day", "change"),
        (
            (pk, hamlet, today, rows[pk].head_count - heads)
            for pk, hamlet, _phone, heads, _version in fresh
            if rows[pk].head_count != heads
        ),
    )
