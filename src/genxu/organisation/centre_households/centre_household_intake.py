"""Registering those who were appointed on paper: one or thousands, through one action.

A row is known if its household serves already. What is planned for a row is what happens to it.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.bulk import insert_rows
from genxu.core.codes import new_code
from genxu.core.errors import Conflict
from genxu.core.sheets.outcomes import CHANGED, SAME, Fate, Outcome, refuse_wrong, wrong
from genxu.people.models import Household
from genxu.regions.batches import begin_batch
from genxu.regions.codes import Level
from genxu.regions.models import Region

from . import rules
from .appointing import is_number_of, next_certificates, open_offices, township_of
from .life import advance
from .models import CentreHousehold, CentreHouseholdStep, Duty
from .rows import CentreHouseholdRow
from .workflow import REGISTER, State


@dataclass(slots=True)
class _Planned:
    row: CentreHouseholdRow
    outcome: Outcome
    household: Household | None = None
    known: CentreHousehold | None = None
    certificate: str = ""


class _Planner:
    """What is known of the hamlets that a batch names, and what becomes of its rows."""

    def __init__(self, rows: Sequence[CentreHouseholdRow], place: Region | None) -> None:
        self.place = place
        codes = {row.hamlet for row in rows}
        hamlets = Region.objects.of_level(Level.HAMLET).filter(code__in=codes)
        self.hamlets = set(hamlets.values_list("code", flat=True))
        self.by_number: dict[tuple[str, int], Household] = {}
        self.by_name: dict[tuple[str, str], list[Household]] = defaultdict(list)
        self.standing: dict[int, CentreHousehold] = {}
        self.left: dict[int, list[CentreHousehold]] = defaultdict(list)
        self.seen: dict[int, CentreHouseholdRow] = {}
        self._read({row.certificate for row in rows if row.certificate})

    def _read(self, certificates: set[str]) -> None:
        households = Household.objects.filter(hamlet__in=self.hamlets)
        for household in households.only(
            "hamlet_id", "number", "head_name", "phone", "left_on", "merged_into_id"
        ):
            self.by_number[household.hamlet_id, household.number] = household
            if household.lives_here and household.head_name:
                self.by_name[household.hamlet_id, household.head_name].append(household)
        for one in CentreHousehold.objects.filter(hamlet__in=self.hamlets):
            if one.state == State.LEFT:
                self.left[one.household_id].append(one)
            elif one.state in (State.NOMINATED, State.SELECTED, State.APPOINTED):
                self.standing[one.household_id] = one
        given = CentreHousehold.objects.filter(certificate__in=certificates)
        self.taken = set(given.values_list("certificate", flat=True))

    def plan(self, row: CentreHouseholdRow) -> _Planned:
        problems = row.problems() or self._wrong_place(row.hamlet)
        if problems:
            return _Planned(row, wrong(problems))
        household, problems = self._find(row)
        if household is None:
            return _Planned(row, wrong(problems))
        before, self.seen[household.pk] = self.seen.get(household.pk), row
        if before is not None:
            return _Planned(row, _twice(alike=before == row), household)
        standing = self.standing.get(household.pk)
        if standing is not None:
            return _Planned(row, _against(row, standing), household, standing)
        for one in self.left.get(household.pk, ()):
            if one.appointed_on == row.appointed_on:
                told = _("It has left since; it is not entered again.")
                return _Planned(
                    row, Outcome(Fate.SAME, warnings={"appointed_on": told}), household, one
                )
        return self._new(row, household)

    def _wrong_place(self, hamlet: str) -> dict[str, str]:
        if hamlet not in self.hamlets:
            return {"hamlet": _("There is no hamlet with the code %s.") % hamlet}
        if self.place is not None and not hamlet.startswith(self.place.code):
            return {"hamlet": _("This hamlet does not lie in %s.") % self.place}
        return {}

    def _find(self, row: CentreHouseholdRow) -> tuple[Household | None, dict[str, str]]:
        """The household that is meant, or why it cannot be told."""
        if row.household_number is not None:
            return self._by_number(row)
        found = self.by_name.get((row.hamlet, row.head_name), [])
        if len(found) > 1 and row.phone:
            found = [one for one in found if one.phone == row.phone] or found
        if len(found) == 1:
            return found[0], {}
        if found:
            text = _("%(count)s households of this hamlet have that name: give the number.")
            return None, {"household_number": text % {"count": len(found)}}
        return None, {"head_name": _("There is no such household in the register of this hamlet.")}

    def _by_number(self, row: CentreHouseholdRow) -> tuple[Household | None, dict[str, str]]:
        number = row.household_number
        assert number is not None
        household = self.by_number.get((row.hamlet, number))
        if household is None:
            text = _("There is no household number %s in the register of this hamlet.")
            return None, {"household_number": text % number}
        if not household.lives_here or not household.head_name:
            text = _("Household number %s does not live there any more.")
            return None, {"household_number": text % number}
        if row.head_name and row.head_name != household.head_name:
            text = _("Number %(number)s is the household of %(name)s.")
            told = text % {"number": number, "name": household.head_name}
            return None, {"head_name": told}
        return household, {}

    def _new(self, row: CentreHouseholdRow, household: Household) -> _Planned:
        """The number on the paper is kept if it is one of ours and nobody else has it."""
        warnings: dict[str, str] = {}
        number = row.certificate
        if number and not is_number_of(number, township_of(row.hamlet)):
            warnings["certificate"] = _("That is no number of this township; a new one is given.")
        elif number in self.taken:
            warnings["certificate"] = _("That number was given before; a new one is given.")
        if warnings:
            number = ""
        elif number:
            self.taken.add(number)
        if row.term_ends_on and row.term_ends_on < clock.today():
            warnings["term_ends_on"] = _("That term has ended: renew it or end it.")
        return _Planned(row, Outcome(Fate.NEW, warnings=warnings), household, None, number)


def _twice(*, alike: bool) -> Outcome:
    if alike:
        told = _("This household stands here twice.")
        return Outcome(Fate.SAME, warnings={"head_name": told})
    return wrong({"head_name": _("This household stands here twice, and not alike.")})


def _against(row: CentreHouseholdRow, one: CentreHousehold) -> Outcome:
    """A row of a household that stands or serves already."""
    if one.state != State.APPOINTED:
        text = _("This household stands as a candidate (%s): appoint it there.")
        return wrong({"head_name": text % one.get_state_display()})
    warnings: dict[str, str] = {}
    if row.certificate and row.certificate != one.certificate:
        text = _("It has the number %s; that one stays.")
        warnings["certificate"] = text % one.certificate
    return Outcome((CHANGED if _changes(row, one) else SAME).fate, warnings=warnings)


def _changes(row: CentreHouseholdRow, one: CentreHousehold) -> dict[str, Any]:
    """What the row gives differently. A term that was renewed since is not shortened again."""
    changes: dict[str, Any] = {
        name: given
        for name in ("person_name", "appointed_on")
        if (given := getattr(row, name)) != getattr(one, name)
    }
    ends = row.term_ends_on
    if ends and (one.term_ends_on is None or ends > one.term_ends_on):
        changes["term_ends_on"] = ends
    return changes


def plan_centre_households(
    rows: Sequence[CentreHouseholdRow], place: Region | None = None
) -> list[Outcome]:
    """What would become of each row if all were entered now; four queries for any number."""
    return [planned.outcome for planned in _plan(rows, place)]


def _plan(rows: Sequence[CentreHouseholdRow], place: Region | None) -> list[_Planned]:
    cleaned = [row.cleaned() for row in rows]
    planner = _Planner(cleaned, place)
    return [planner.plan(row) for row in cleaned]


@action(rules.register_centre_households, notes=("count", "hamlets", "source"))
def register_centre_households(
    *,
    actor: Actor,
    place: Region,
    rows: Sequence[CentreHouseholdRow],
    count: int,
    hamlets: list[str],
    source: str = "",
) -> Region:
    """Enter centre households appointed before, all or none; ``Invalid`` names what is wrong.

    ``count`` and ``hamlets`` say for the journal how many rows there are and whose.
    """
    begin_batch(rows, count, hamlets)
    planned = _plan(rows, place)
    refuse_wrong([one.outcome for one in planned])
    _insert([one for one in planned if one.outcome.fate is Fate.NEW], actor)
    _correct([one for one in planned if one.outcome.fate is Fate.CHANGED], actor)
    return place


def _correct(planned: Sequence[_Planned], actor: Actor) -> None:
    """Read again under their own locks: who leaves in this very moment is not brought back."""
    keys = [one.known.pk for one in planned if one.known]
    rows = CentreHousehold.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    fresh = {row.pk: row for row in rows.filter(pk__in=keys)}
    for one in planned:
        if one.known:
            known = fresh[one.known.pk]
            advance(known, actor, "correct", **_changes(one.row, known))


def _insert(planned: Sequence[_Planned], actor: Actor) -> None:
    if not planned:
        return
    _still_free([one.household.pk for one in planned if one.household])
    _number(planned)
    offices = [(phone, one.row.person_name, one.row.hamlet) for one in planned
               if one.household and (phone := one.row.phone or one.household.phone)]  # fmt: skip
    accounts = open_offices(offices)
    duties = json.dumps(Duty.values)
    insert_rows(
        CentreHousehold,
        (
            "hamlet", "household", "person_name", "statement", "by_self", "state", "duties",
            "nominated_on", "appointed_on", "term_ends_on", "leaving", "certificate", "card",
            "shown", "phone_shown", "account", "version",
        ),
        (
            (
                (row := one.row).hamlet, one.household.pk, row.person_name, "", False,
                State.APPOINTED.value, duties, row.appointed_on, row.appointed_on,
                row.term_ends_on, "", one.certificate, new_code(), False, False,
                accounts.get(row.phone or one.household.phone), 1,
            )
            for one in planned if one.household
        ),
    )  # fmt: skip
    _note_steps([one.certificate for one in planned], actor)


def _still_free(households: list[int]) -> None:
    """Whoever nominates a household in this very moment holds its lock: then they go first."""
    locked = Household.objects.select_for_update(of=("self",), no_key=True)
    list(locked.filter(pk__in=households).order_by("pk").values_list("pk", flat=True))
    states = [State.NOMINATED, State.SELECTED, State.APPOINTED]
    if CentreHousehold.objects.filter(household__in=households, state__in=states).exists():
        raise Conflict(_("One of these households has just been nominated. Check it once more."))


def _number(planned: Sequence[_Planned]) -> None:
    """A new number for each that has none, by the township and the year of the appointment."""
    waiting: dict[tuple[str, int], list[_Planned]] = defaultdict(list)
    for one in planned:
        if not one.certificate and one.row.appointed_on:
            waiting[township_of(one.row.hamlet), one.row.appointed_on.year].append(one)
    kept = {one.certificate for one in planned if one.certificate}
    for (township, year), group in sorted(waiting.items()):
        numbers = next_certificates(township, year, len(group), kept)
        for one, number in zip(group, numbers, strict=True):
            one.certificate = number


def _note_steps(certificates: list[str], actor: Actor) -> None:
    now = clock.now()
    today = timezone.localdate(now)
    made = CentreHousehold.objects.filter(certificate__in=certificates)
    insert_rows(
        CentreHouseholdStep,
        ("hamlet", "step", "from_state", "to_state", "at", "on", "by", "words",
         "centre_household"),
        (
            (hamlet, REGISTER, "", State.APPOINTED.value, now, today, actor.account_id, "", pk)
            for hamlet, pk in made.values_list("hamlet_id", "pk")
        ),
    )  # fmt: skip
