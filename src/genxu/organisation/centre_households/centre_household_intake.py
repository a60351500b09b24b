"""Registering those who were appointed on paper. A row is known if its household serves already."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.bulk import insert_rows, update_rows
from genxu.core.codes import new_code
from genxu.core.sheets.intake import twice
from genxu.core.sheets.outcomes import CHANGED, SAME, Fate, Outcome, wrong
from genxu.people.granting import give_roles
from genxu.people.history import begin_many
from genxu.people.models import Household
from genxu.people.numbers import KnownNumbers, Word, accounts_for, bears
from genxu.people.register import Known, Register
from genxu.people.roles import Role
from genxu.regions.batches import HamletIntake

from . import rules
from .appointing import certificates_for, is_number_of, serials_for, township_of
from .models import CentreHousehold, CentreHouseholdStep, Duty
from .rows import CentreHouseholdRow, household_of
from .workflow import ENDED, REGISTER, State


@dataclass(slots=True)
class _New:
    row: CentreHouseholdRow
    household: Known
    certificate: str

    @property
    def phone(self) -> str:
        return self.row.phone or self.household.phone


class CentreHouseholdIntake(HamletIntake[CentreHouseholdRow]):
    """Appointments with what they bring, and known ones corrected."""

    def parents(self) -> Iterable[QuerySet[Any]]:
        """Whoever nominates holds the household, whoever takes a step the one that stands or
        serves, whoever gives a number the count of the township and its year."""
        rows = [row for row in self.sound if row.hamlet in self.hamlets]
        names = {row.head_name for row in rows if row.household_number is None}
        meant = Q(number__in={row.household_number for row in rows}) | Q(head_name__in=names)
        households = Household.objects.living_here().filter(meant, hamlet__in=self.hamlets)
        yield households
        yield CentreHousehold.objects.filter(household__in=households).exclude(state__in=ENDED)
        yield serials_for((row.hamlet, row.appointed_on, row.certificate) for row in rows)

    def touched(self) -> Sequence[Iterable[int]]:
        return [one.household.pk for one in self.new], [one.pk for one, _to in self.changed], ()

    def read(self) -> None:
        self.register = Register(self.hamlets)
        self.standing: dict[int, CentreHousehold] = {}
        self.left: set[tuple[int, Any]] = set()
        self.seen: dict[int, CentreHouseholdRow] = {}
        self.new: list[_New] = []
        self.changed: list[tuple[CentreHousehold, tuple[Any, ...]]] = []
        rows = CentreHousehold.objects.filter(hamlet__in=self.hamlets)
        for one in rows.select_related("account"):
            if one.state == State.LEFT:
                self.left.add((one.household_id, one.appointed_on))
            elif one.state not in ENDED:
                self.standing[one.household_id] = one
        rows_here = [row for row in self.sound if row.hamlet in self.hamlets]
        meant = [household_of(row, self.register) for row in rows_here]
        phones = [one.phone for one in meant if isinstance(one, Known)]
        self.numbers = KnownNumbers([*phones, *(row.phone for row in rows_here)])
        given = {row.certificate for row in self.sound if row.certificate}
        taken = CentreHousehold.objects.filter(certificate__in=given)
        self.taken = set(taken.values_list("certificate", flat=True))

    def judge(self, row: CentreHouseholdRow) -> Outcome:
        household = household_of(row, self.register)
        if isinstance(household, Outcome):
            return household
        before = self.seen.get(household.pk)
        if before is not None:
            return twice("head_name", alike=before == row)
        self.seen[household.pk] = row
        if standing := self.standing.get(household.pk):
            return self._against(row, standing)
        if (household.pk, row.appointed_on) in self.left:
            told = _("It has left since; it is not entered again.")
            return Outcome(Fate.SAME, warnings={"appointed_on": told})
        return self._new(row, household)

    def _against(self, row: CentreHouseholdRow, one: CentreHousehold) -> Outcome:
        """A row of a household that stands or serves already. A term that was renewed since is
        not shortened again."""
        if one.state != State.APPOINTED:
            text = _("This household stands as a candidate (%s): appoint it there.")
            return wrong({"head_name": text % one.get_state_display()})
        account = one.account
        if account and row.person_name != one.person_name and not bears(account, row.person_name):
            text = _("%s serves. Correct it on its page: there you can say who it is.")
            return wrong({"person_name": text % one})
        ends = max(filter(None, (row.term_ends_on, one.term_ends_on)), default=None)
        values = row.person_name, row.appointed_on, ends
        same = values == (one.person_name, one.appointed_on, one.term_ends_on)
        if not same:
            self.changed.append((one, values))
        warnings: dict[str, str] = {}
        if row.certificate and row.certificate != one.certificate:
            text = _("It has the number %s; that one stays.")
            warnings["certificate"] = text % one.certificate
        return Outcome((SAME if same else CHANGED).fate, warnings=warnings)

    def _new(self, row: CentreHouseholdRow, household: Known) -> Outcome:
        """The number on the paper is kept if it is one of ours and nobody else has it."""
        if why := self.numbers.why_not(row.phone or household.phone, row.person_name):
            return wrong({"phone": why})
        warnings: dict[str, str] = {}
        number = row.certificate
        if number and not is_number_of(number, township_of(row.hamlet)):
            warnings["certificate"] = _("That is no number of this township; a new one is given.")
        elif number in self.taken:
            warnings["certificate"] = _("That number was given before; a new one is given.")
        elif number:
            self.taken.add(number)
        if row.term_ends_on and row.term_ends_on < clock.today():
            warnings["term_ends_on"] = _("That term has ended: renew it or end it.")
        self.new.append(_New(row, household, "" if "certificate" in warnings else number))
        return Outcome(Fate.NEW, warnings=warnings)

    def write(self, actor: Actor) -> None:
        numbers = certificates_for(
            (one.row.hamlet, one.row.appointed_on, one.certificate) for one in self.new
        )
        for one, number in zip(self.new, numbers, strict=True):
            one.certificate = number
        people = ((one.phone, one.row.person_name) for one in self.new if one.phone)
        accounts = accounts_for(people, Word(actor))
        give_roles((accounts[one.phone], Role.CENTRE_HOUSEHOLD, one.row.hamlet)
                   for one in self.new if one.phone)  # fmt: skip
        duties, by_self, state = json.dumps(Duty.values), False, State.APPOINTED.value
        insert_rows(
            CentreHousehold,
            ("hamlet", "household", "person_name", "nominated_on", "appointed_on", "term_ends_on",
             "certificate", "card", "account", "duties", "by_self", "state"),
            ((
                (row := one.row).hamlet, one.household.pk, row.person_name, row.appointed_on,
                row.appointed_on, row.term_ends_on, one.certificate, new_code(),
                accounts[one.phone].pk if one.phone else None, duties, by_self, state,
            ) for one in self.new),
        )  # fmt: skip
        update_rows(
            CentreHousehold,
            ("person_name", "appointed_on", "term_ends_on", "version"),
            ((*values, one.version + 1, one.pk) for one, values in self.changed),
        )
        self._note_steps(actor)

    def _note_steps(self, actor: Actor) -> None:
        state = State.APPOINTED.value
        made = CentreHousehold.objects.filter(certificate__in=[one.certificate for one in self.new])
        new = made.values_list("pk", "hamlet_id")
        begin_many(CentreHouseholdStep, new, actor, REGISTER, state)
        corrected = [(one.pk, one.hamlet_id) for one, _values in self.changed]
        begin_many(CentreHouseholdStep, corrected, actor, "correct", state, state)


register_centre_households = CentreHouseholdIntake.action(rules.register_centre_households)
