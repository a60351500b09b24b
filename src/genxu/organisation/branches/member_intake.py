"""Taking in members from the books.

A row is a known member if hamlet, name and phone match; without a phone number in the row or in
the list, hamlet and name do. A member's organisation is the one that serves the hamlet.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.bulk import insert_rows, update_rows
from genxu.core.sheets.intake import twice
from genxu.core.sheets.outcomes import CHANGED, NEW, SAME, Outcome, wrong
from genxu.regions.batches import HamletIntake
from genxu.regions.models import Region

from . import rules
from .models import Member, Organisation, ServedHamlet
from .offices import HEADS, follow_heads
from .rows import MemberRow
from .thresholds import head_of
from .workflow import ENDED

LEADS = gettext_lazy("%(name)s leads it, and nobody follows here. Change the duties on its page.")
FIELDS = ("phone", "kind", "duty", "background")


@dataclass(slots=True)
class _Known:
    """A member as listed, or as an earlier row of the batch will have it; ``pk`` None: new."""

    pk: int | None
    organisation: int
    hamlet: str
    name: str
    phone: str
    kind: str
    duty: str
    background: str
    changed: bool = False

    @property
    def values(self) -> tuple[str, str, str, str]:
        return self.phone, self.kind, self.duty, self.background


class MemberIntake(HamletIntake[MemberRow]):
    def _serving(self) -> QuerySet[ServedHamlet]:
        held = ServedHamlet.objects.filter(hamlet__in=self.hamlets, until=None)
        return held.exclude(organisation__state__in=ENDED)

    def parents(self) -> Iterable[QuerySet[Organisation]]:
        """Whoever changes a single member holds its organisation."""
        return [Organisation.objects.filter(pk__in=self._serving().values("organisation"))]

    def touched(self) -> Sequence[Iterable[int]]:
        return [{one.organisation for one in self.members if one.pk is None or one.changed}]

    def read(self) -> None:
        self.named = {(row.hamlet, row.name, row.phone) for row in self.rows}
        self.organisations: dict[str, tuple[int, str, str]] = {}
        self.members: list[_Known] = []
        self.by_name: dict[tuple[str, str], list[_Known]] = defaultdict(list)
        self.heads: dict[int, _Known] = {}
        about = ("hamlet", "organisation", "organisation__kind", "organisation__hamlet")
        for hamlet, *organisation in self._serving().values_list(*about):
            self.organisations[hamlet] = tuple(organisation)
        keys = {pk for pk, _kind, _seat in self.organisations.values()}
        for values in Member.objects.present().filter(organisation__in=keys).values_list(
            "pk", "organisation_id", "hamlet_id", "name", *FIELDS
        ):  # fmt: skip
            self._add(_Known(*values))
        self.led_by = {organisation: one.name for organisation, one in self.heads.items()}

    def _add(self, one: _Known) -> None:
        self.members.append(one)
        self.by_name[one.hamlet, one.name].append(one)
        if one.duty in HEADS:
            self.heads[one.organisation] = one

    def settle(self) -> None:
        """Who leads goes only where the same rows say who leads instead."""
        lost = {org: name for org, name in self.led_by.items() if org not in self.heads}
        for n, row in enumerate(self.rows if lost else ()):
            name = lost.get(self.organisations.get(row.hamlet, (0,))[0])
            if row.name == name and self.outcomes[n] is CHANGED:
                self.outcomes[n] = wrong({"duty": LEADS % {"name": name}})

    def judge(self, row: MemberRow) -> Outcome:
        if row.hamlet not in self.organisations:
            return wrong({"hamlet": _("This hamlet has no Party organisation yet.")})
        organisation, kind, seat = self.organisations[row.hamlet]
        if self.place is not None and not seat.startswith(self.place.code):
            text = _("Its organisation has its seat outside %s: whoever keeps the seat does this.")
            return wrong({"hamlet": text % self.place})
        known = self._find(row)
        if misfit := _wrong_duty(row, kind, self.heads.get(organisation), known):
            return wrong({"duty": misfit})
        return self._new(row, organisation) if known is None else self._against(row, known)

    def _find(self, row: MemberRow) -> _Known | None:
        alike = self.by_name[row.hamlet, row.name]
        for one in alike:
            if one.phone == row.phone:
                return one
        if len(alike) != 1 or (row.phone and alike[0].phone):
            return None
        # Another row names that one exactly: then this is somebody else of the same name.
        named = (row.hamlet, row.name, alike[0].phone) in self.named
        return None if named else alike[0]

    def _new(self, row: MemberRow, organisation: int) -> Outcome:
        alike = bool(self.by_name[row.hamlet, row.name])
        self._add(_Known(None, organisation, row.hamlet, row.name, *_values(row)))
        if row.duty in HEADS and not row.phone:
            text = _("Without a phone number who leads it cannot sign in.")
            return Outcome(NEW.fate, warnings={"phone": text})
        if alike:
            text = _("Somebody of this name is on the list, with another phone number.")
            return Outcome(NEW.fate, warnings={"name": text})
        return NEW

    def _against(self, row: MemberRow, known: _Known) -> Outcome:
        values = (row.phone or known.phone, row.kind, row.duty, row.background or known.background)
        if values == known.values:
            return SAME
        if known.pk is None or known.changed:
            return twice("name", alike=False)
        if known.duty in HEADS and row.duty not in HEADS:
            del self.heads[known.organisation]
        known.phone, known.kind, known.duty, known.background = values
        known.changed = True
        if known.duty in HEADS:
            self.heads[known.organisation] = known
        return CHANGED

    def write(self, actor: Actor) -> None:
        """Who leads a standing organisation gets account and role."""
        today = clock.today()
        insert_rows(
            Member,
            ("organisation", "hamlet", "name", *FIELDS, "joined_on"),
            ((one.organisation, one.hamlet, one.name, *one.values, today)
             for one in self.members if one.pk is None),
        )  # fmt: skip
        update_rows(Member, FIELDS, ((*one.values, one.pk) for one in self.members if one.changed))
        (changed,) = self.touched()
        Organisation.objects.filter(pk__in=changed).update(version=F("version") + 1)
        follow_heads(changed)


def _values(row: MemberRow) -> tuple[str, str, str, str]:
    return row.phone, row.kind, row.duty, row.background


def _wrong_duty(row: MemberRow, kind: str, head: _Known | None, known: _Known | None) -> str:
    if row.duty in HEADS:
        if row.duty != head_of(kind):
            return _("A branch has a secretary, a party group a leader.")
        if head is not None and head is not known:
            message = _("%(name)s leads it already. Change the duties on its page.")
            return message % {"name": head.name}
    elif row.duty and kind == "party_group":
        return _("A party group has a leader and no other duties.")
    return ""


plan_members = MemberIntake.plan


@action(rules.record_members, notes=("count", "hamlets", "source"))
def record_members(
    *, actor: Actor, place: Region, rows: Sequence[MemberRow], count: int,
    hamlets: list[str], source: str = "",
) -> Region:  # fmt: skip
    """Take in members of the organisations below a place, all or none."""
    MemberIntake(rows, place).take_in(actor, count, hamlets)
    return place
