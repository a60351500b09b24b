"""Entering households: the form sends one row, a spreadsheet thousands, through one action.

A row is a known household if hamlet and number match or, where it has no number, hamlet, head's
name and phone. One that would make another household of a known one is refused: a column of running
numbers must not write over those who live there.
"""

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.bulk import insert_rows, update_rows
from genxu.core.declared import declared
from genxu.core.sheets.intake import twice
from genxu.core.sheets.outcomes import CHANGED, NEW, SAME, Fate, Outcome, wrong
from genxu.regions.batches import HamletIntake

from . import rules
from .initials import initials_of
from .models import Account, HeadCountChange, Household
from .numbers import KnownNumbers, change_numbers
from .register import Known, Register
from .rows import HouseholdRow


class HouseholdIntake(HamletIntake[HouseholdRow]):
    """New households, and known ones corrected."""

    def parents(self) -> Iterable[QuerySet[Household]]:
        """Whoever corrects a single household holds that one."""
        numbers = {row.number for row in self.sound if row.number is not None}
        names = {row.head_name for row in self.sound if row.number is None}
        meant = Q(number__in=numbers) | Q(head_name__in=names)
        rows = Household.objects.living_here().exclude(head_name="")
        return [rows.filter(meant, hamlet__in=self.hamlets)]

    def touched(self) -> Sequence[Iterable[int]]:
        return [[known.pk for known, _row in self.changed]]

    def read(self) -> None:
        self.register = Register(self.hamlets)
        self.new: list[HouseholdRow] = []
        self.changed: list[tuple[Known, HouseholdRow]] = []
        self.moved: dict[Account, str] = {}
        self.accounts: dict[int, Account] = {}
        for accounts_at in declared("addresses", "accounts_at"):
            self.accounts |= accounts_at(self.hamlets)
        self.numbers = KnownNumbers(row.phone for row in self.sound if self.accounts)

    def judge(self, row: HouseholdRow) -> Outcome:
        known = self.register.find(row)
        return self._new(row) if known is None else self._against(row, known)

    def _new(self, row: HouseholdRow) -> Outcome:
        alike = self.register.by_name.get((row.hamlet, row.head_name))
        number = alike[-1].number if alike else None
        self.new.append(row)
        self.register.enter(row, None)
        if number is None:
            return NEW
        text = _("Number %s has the same name: is it the same household?") % number
        return Outcome(Fate.NEW, warnings={"head_name": text})

    def _against(self, row: HouseholdRow, known: Known) -> Outcome:
        key = "head_name" if row.number is None else "number"
        same_name = row.head_name == known.head_name
        same = same_name and row.phone in ("", known.phone) and row.head_count == known.head_count
        if not known.head_name:
            text = _("This household had its name erased; it is not entered again.")
            return Outcome(Fate.SAME, warnings={key: text})
        if known.in_batch:
            if same or row.number is not None:
                return twice(key, alike=same)
            text = _(
                "Another row has this name and phone. Two households? Give each a house number."
            )
            return wrong({key: text})
        known.in_batch = True
        if not known.lives_here:
            return _gone(key, known, same=same)
        if same:
            return SAME
        if self.register.is_another(row, known):
            return _another(known)
        if row.phone and row.phone != known.phone and (why := self._follow(row.phone, known)):
            return wrong({"phone": why})
        self.changed.append((known, row))
        self.register.enter(row, known)
        return CHANGED

    def _follow(self, phone: str, known: Known) -> str:
        """The account of who serves for it goes with its number; why it cannot."""
        account = self.accounts.get(known.pk)
        if account is None or account.phone not in (None, known.phone):
            return ""
        if why := self.numbers.why_not_another(phone, account):
            return why
        self.moved[account] = phone
        return ""

    def write(self, actor: Actor) -> None:
        new = self.register.numbered(self.new)
        insert_rows(
            Household,
            ("hamlet", "number", "head_name", "initials", "phone", "head_count"),
            (
                (hamlet, n, row.head_name, initials_of(row.head_name), row.phone, row.head_count)
                for (hamlet, n), row in new.items()
            ),
        )
        update_rows(
            Household,
            ("head_name", "initials", "phone", "head_count", "version"),
            (
                (row.head_name, initials_of(row.head_name), row.phone or one.phone,
                 row.head_count, one.version + 1, one.pk)
                for one, row in self.changed
            ),
        )  # fmt: skip
        change_numbers(self.moved)
        self._count(new)

    def _count(self, new: dict[tuple[str, int], HouseholdRow]) -> None:
        """By how much there are more or fewer people, household by household."""
        keys = Household.objects.living_here().filter(hamlet__in={code for code, _number in new})
        counts = [
            (pk, hamlet, new[hamlet, number].head_count)
            for hamlet, number, pk in keys.values_list("hamlet_id", "number", "pk")
            if (hamlet, number) in new
        ]
        counts += ((one.pk, row.hamlet, change) for one, row in self.changed
                   if (change := row.head_count - one.head_count))  # fmt: skip
        today = clock.today()
        fields = ("household", "hamlet", "change", "day")
        insert_rows(HeadCountChange, fields, ((*one, today) for one in counts))


def _another(known: Known) -> Outcome:
    """Only somebody who knows can say who lives there: the sheet cannot."""
    text = _(
        "Number %(number)s is %(name)s in the register. Is it another household? If only the head "
        "has changed, correct it on its own page; else leave the number out."
    )
    return wrong({"head_name": text % {"number": known.number, "name": known.head_name}})


def _gone(key: str, known: Known, *, same: bool) -> Outcome:
    """A household that moved away, or is another one's double, stays what it is."""
    if same:
        text = _("Number %s has moved away or was merged with another; it stays so.")
        return Outcome(Fate.SAME, warnings={key: text % known.number})
    text = _(
        "Number %s has moved away or was merged with another. Bring it back on its own page, "
        "or enter the new household under another number."
    )
    return wrong({key: text % known.number})


register_households = HouseholdIntake.action(rules.register_households)
