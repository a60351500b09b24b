"""Taking in a bank's list of payments: household number, sum, day; all rows or none.

A row pays the part of that household whose sum it names. One that was paid so already is known; a
sum that is not the plan's is refused. Where the sum is that of more than one year, paid or owed,
the row says of which: a list that was dated anew never pays the next year's part.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.days import wrong_day
from genxu.core.money import yuan
from genxu.core.promises import StrOrPromise
from genxu.core.sheets.intake import twice
from genxu.core.sheets.outcomes import NEW, SAME, Outcome, wrong
from genxu.regions.batches import HamletIntake
from genxu.regions.codes import LENGTHS, Level

from . import rules
from .models import Distribution, Portion
from .paying_actions import pay, settle
from .workflow import OWED


@dataclass(frozen=True)
class PaidRow:
    """One line of the bank's list; ``sum`` in fen."""

    hamlet: str
    number: int
    sum: int
    day: date
    year: int | None = None

    def cleaned(self) -> Self:
        return self

    def problems(self) -> dict[str, StrOrPromise]:
        return wrong_day("day", self.day)


class PaymentIntake(HamletIntake[PaidRow]):
    """Payments by the bank for parts of a distribution, by the number of the household."""

    def parents(self) -> Iterable[QuerySet[Distribution]]:
        """Whoever pays holds the distribution."""
        return [self._owed()]

    def _owed(self) -> QuerySet[Distribution]:
        places = {*self.codes, *(code[: LENGTHS[Level.VILLAGE]] for code in self.codes)}
        return Distribution.objects.filter(state__in=OWED, place__in=places)

    def touched(self) -> Sequence[Iterable[int]]:
        return [{one.distribution_id for one, _row in self.planned}]

    def read(self) -> None:
        self.planned: list[tuple[Portion, PaidRow]] = []
        self.seen: dict[tuple[str, int, int | None], PaidRow] = {}
        self.at: dict[tuple[str, int], list[Portion]] = defaultdict(list)
        rows = Portion.objects.filter(
            distribution__in=self._owed(), household__hamlet__in=self.codes, sum__gt=0
        )
        rows = rows.select_related("household", "distribution__entry")
        for one in rows.order_by("distribution__year", "pk"):
            self.at[one.household.hamlet_id, one.household.number].append(one)

    def judge(self, row: PaidRow) -> Outcome:
        key = row.hamlet, row.number, row.year
        if earlier := self.seen.get(key):
            return twice("number", alike=earlier == row)
        self.seen[key] = row
        found = [
            one
            for one in self.at.get((row.hamlet, row.number), [])
            if row.year in (None, one.distribution.year)
        ]
        if not found:
            return wrong({"number": _("Nothing is owed to household No. %s here.") % row.number})
        if any(one.is_paid and (one.paid_on, one.sum) == (row.day, row.sum) for one in found):
            return SAME
        return self._pays(row, found)

    def _pays(self, row: PaidRow, found: list[Portion]) -> Outcome:
        owed = [one for one in found if not one.is_paid]
        fits = [one for one in owed if one.sum == row.sum]
        if not owed:
            return wrong({"number": _("No. %s was paid already.") % row.number})
        if not fits:
            told = _("Owed are %(owed)s yuan, not %(sum)s.")
            return wrong({"sum": told % {"owed": yuan(owed[0].sum), "sum": yuan(row.sum)}})
        if row.year is None and sum(one.sum == row.sum for one in found) > 1:
            return wrong({"year": _("More than one year has this very sum: which one is it?")})
        entry = fits[0].distribution.entry
        if entry and (bad := wrong_day("day", row.day, entry.day, _("It was booked later."))):
            return wrong(bad)
        self.planned.append((fits[0], row))
        return NEW

    def write(self, actor: Actor) -> None:
        """One entry for each, in as many batches as there are days."""
        batches: dict[tuple[int, date], list[int]] = defaultdict(list)
        for one, row in self.planned:
            batches[one.distribution_id, row.day].append(one.pk)
        rows = Distribution.objects.select_related("collective__place", "motion", "entry")
        known = rows.in_bulk({key for key, _day in batches})
        for (key, day), keys in sorted(batches.items()):
            pay(actor, known[key], keys, day, Portion.Way.BANK)
        for _key, distribution in sorted(known.items()):
            distribution.advance(actor, "pay")
            settle(actor, distribution)


record_payments = PaymentIntake.action(rules.record_payments)
