"""Entering contracts that were signed before, one row each.

A row is a known contract if hamlet, what it is, the other side and its first day match; what
stands is left as it is, and changed on its own page.
"""

from typing import Any

from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.bulk import insert_rows
from genxu.core.names import bare
from genxu.core.sheets.intake import twice
from genxu.core.sheets.outcomes import NEW, SAME, Fate, Outcome, wrong
from genxu.people.history import begin_many
from genxu.people.register import Register
from genxu.regions.batches import HamletIntake

from . import rules
from .models import Contract, ContractStep, RentStep
from .rows import ContractRow
from .schedule import dues, first_owed
from .workflow import ENTER, State

FIELDS = ("place", "way", "what", "object", "household", "other", "is_person", "area", "since",
          "until", "last_day", "first_due", "next_due", "next_owed", "signed_on", "paper",
          "state")  # fmt: skip
Key = tuple[str, str, str, str]


class ContractIntake(HamletIntake[ContractRow]):
    """Contracts that were signed before."""

    def read(self) -> None:
        rows = Contract.objects.filter(place__in=self.hamlets).exclude(state=State.WITHDRAWN)
        self.known = {_key_of(one): one for one in rows.select_related("household")}
        self.after: dict[Key, ContractRow] = {}
        asked = any(row.household_number for row in self.rows)
        self.register = Register(self.hamlets if asked else ())

    def judge(self, row: ContractRow) -> Outcome:
        if row.household_number and self._household(row) is None:
            text = _("There is no household No. %s in this hamlet.")
            return wrong({"household_number": text % row.household_number})
        key = self._key(row)
        if earlier := self.after.get(key):
            return twice("object", alike=earlier == row)
        self.after[key] = row
        if stands := self.known.get(key):
            if (stands.until, stands.area) == (row.until, row.area):
                return SAME
            told = _("It stands with other words already: change it on its own page.")
            return wrong({"object": told})
        return NEW

    def write(self, actor: Actor) -> None:
        pairs = zip(self.rows, self.outcomes, strict=True)
        new = [row for row, one in pairs if one.fate is Fate.NEW]
        before = set(Contract.objects.filter(place__in=self.hamlets).values_list("pk", flat=True))
        insert_rows(Contract, FIELDS, map(self._values, new))
        made = Contract.objects.filter(place__in=self.hamlets).exclude(pk__in=before)
        keys = {_key_of(one): one for one in made.select_related("household")}
        insert_rows(RentStep, ("contract", "from_year", "yearly"), (
            (keys[self._key(row)].pk, year, fen) for row in new for year, fen in row.steps
        ))  # fmt: skip
        told = ((one.pk, one.place_id) for one in keys.values())
        begin_many(ContractStep, told, actor, ENTER, State.SIGNED)

    def _values(self, row: ContractRow) -> tuple[Any, ...]:
        terms = row.terms()
        due = row.first_due if terms.has_rent else None
        first = first_owed(dues(due, row.until, row.steps, {})) if due else None
        household = self._household(row)
        return (row.hamlet, row.way, row.what, row.object, household,
                "" if household else row.other, not row.company or household is not None, row.area,
                row.since, row.until, row.until, due, first and first.day,
                first.owed if first else 0, row.signed_on, row.paper, State.SIGNED)  # fmt: skip

    def _household(self, row: ContractRow) -> int | None:
        known = self.register.by_number.get((row.hamlet, row.household_number or 0))
        return known.pk if known and known.lives_here else None

    def _key(self, row: ContractRow) -> Key:
        household = self._household(row)
        side = f"#{household}" if household else bare(row.other)
        return row.hamlet, row.object, side, row.since.isoformat()


def _key_of(one: Contract) -> Key:
    side = f"#{one.household_id}" if one.household_id else bare(one.other)
    return one.place_id, one.object, side, one.since.isoformat()


record_contracts = ContractIntake.action(rules.record_contracts)
