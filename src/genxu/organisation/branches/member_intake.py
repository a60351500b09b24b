"""Taking in members from the books.

A row is a known member if hamlet, name and phone match; without a phone number in the row or in
the list, hamlet and name do. A member's organisation is the one that serves the hamlet.
"""

from collections.abc import Iterable, Sequence

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.bulk import insert_rows, update_rows
from genxu.core.sheets.intake import twice
from genxu.core.sheets.outcomes import CHANGED, NEW, SAME, Outcome, wrong
from genxu.people.numbers import KnownNumbers, Word
from genxu.regions.batches import HamletIntake

from . import rules
from .models import Member, Organisation
from .offices import HEADS, follow_heads
from .roll import FIELDS, Listed, Roll, serving
from .rows import MemberRow
from .thresholds import head_of

LEADS = gettext_lazy("%(name)s leads it, and nobody follows here. Change the duties on its page.")


class MemberIntake(HamletIntake[MemberRow]):
    """Members who are new on a list, and known ones corrected."""

    def parents(self) -> Iterable[QuerySet[Organisation]]:
        """Whoever changes a single member holds its organisation."""
        serve = serving(self.hamlets).values("organisation")
        return [Organisation.objects.filter(pk__in=serve)]

    def touched(self) -> Sequence[Iterable[int]]:
        return [self.roll.touched]

    def read(self) -> None:
        self.roll = Roll(self.hamlets)
        self.named = {(row.hamlet, row.name, row.phone) for row in self.rows}
        heads = [row for row in self.sound if row.duty in HEADS]
        listed = (one.phone for row in heads for one in self.roll.by_name[row.hamlet, row.name])
        self.numbers = KnownNumbers([*listed, *(row.phone for row in heads)])

    def settle(self) -> None:
        """Who leads goes only where the same rows say who leads instead."""
        roll = self.roll
        lost = {key: name for key, name in roll.led_by.items() if key not in roll.heads}
        for n, row in enumerate(self.rows if lost else ()):
            name = lost.get(roll.serving.get(row.hamlet, (0,))[0])
            if row.name == name and self.outcomes[n] is CHANGED:
                self.outcomes[n] = wrong({"duty": LEADS % {"name": name}})

    def judge(self, row: MemberRow) -> Outcome:
        if row.hamlet not in self.roll.serving:
            return wrong({"hamlet": _("This hamlet has no Party organisation yet.")})
        organisation, kind, seat = self.roll.serving[row.hamlet]
        if self.place is not None and not seat.startswith(self.place.code):
            text = _("Its organisation has its seat outside %s: whoever keeps the seat does this.")
            return wrong({"hamlet": text % self.place})
        known = self.roll.find(row, self.named)
        if misfit := _wrong_duty(row, kind, self.roll.heads.get(organisation), known):
            return wrong({"duty": misfit})
        if why := self._wrong_number(row, known):
            return wrong({"phone": why})
        if known is None:
            return self._new(row, organisation)
        values = (row.phone or known.phone, row.kind, row.duty, row.background or known.background)
        if values == known.values:
            return SAME
        if known.pk is None or known.changed:
            return twice("name", alike=False)
        self.roll.change(known, values)
        return CHANGED

    def _wrong_number(self, row: MemberRow, known: Listed | None) -> str:
        """Why who is to lead cannot have an account with her number; who leads has one already."""
        if row.duty not in HEADS or (known and known.duty in HEADS and known.phone):
            return ""
        return self.numbers.why_not(row.phone or (known.phone if known else ""), row.name)

    def _new(self, row: MemberRow, organisation: int) -> Outcome:
        alike = bool(self.roll.by_name[row.hamlet, row.name])
        values = row.phone, row.kind, row.duty, row.background
        self.roll.add(Listed(None, organisation, row.hamlet, row.name, *values))
        if row.duty in HEADS and not row.phone:
            text = _("Without a phone number who leads it cannot sign in.")
            return Outcome(NEW.fate, warnings={"phone": text})
        if alike:
            text = _("Somebody of this name is on the list, with another phone number.")
            return Outcome(NEW.fate, warnings={"name": text})
        return NEW

    def write(self, actor: Actor) -> None:
        """Who leads a standing organisation gets account and role."""
        today, members = clock.today(), self.roll.members
        insert_rows(
            Member,
            ("organisation", "hamlet", "name", *FIELDS, "joined_on"),
            ((one.organisation, one.hamlet, one.name, *one.values, today)
             for one in members if one.pk is None),
        )  # fmt: skip
        update_rows(Member, FIELDS, ((*one.values, one.pk) for one in members if one.changed))
        touched = self.roll.touched
        Organisation.objects.filter(pk__in=touched).update(version=F("version") + 1)
        follow_heads(touched, Word(actor))


def _wrong_duty(row: MemberRow, kind: str, head: Listed | None, known: Listed | None) -> str:
    if row.duty in HEADS:
        if row.duty != head_of(kind):
            return _("A branch has a secretary, a party group a leader.")
        if head is not None and head is not known:
            message = _("%(name)s leads it already. Change the duties on its page.")
            return message % {"name": head.name}
    elif row.duty and kind == "party_group":
        return _("A party group has a leader and no other duties.")
    return ""


record_members = MemberIntake.action(rules.record_members)
