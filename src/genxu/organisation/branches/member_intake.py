"""Taking in members from the books: one row or thousands, through one action.

A row is a known member if hamlet, name and phone match; without a phone number in the row or in
the list, hamlet and name do. A member's organisation is the one that serves the hamlet.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.bulk import insert_rows, update_rows
from genxu.core.sheets.outcomes import CHANGED, NEW, SAME, Outcome, refuse_wrong, wrong
from genxu.regions.batches import begin_batch
from genxu.regions.models import Region

from . import rules
from .models import Member, Organisation, ServedHamlet
from .offices import HEADS, follow_heads
from .organisation_intake import known_hamlets, wrong_place
from .rows import MemberRow
from .thresholds import head_of
from .workflow import ENDED

LEADS = gettext_lazy("%(name)s leads it, and nobody follows here. Change the duties on its page.")


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


class _Planner:
    """The members of the organisations that a batch touches, and what becomes of its rows."""

    def __init__(self, rows: Sequence[MemberRow], place: Region | None) -> None:
        self.place = place
        self.named = {(row.hamlet, row.name, row.phone) for row in map(MemberRow.cleaned, rows)}
        self.hamlets = known_hamlets({row.hamlet for row in rows})
        self.organisations: dict[str, tuple[int, str]] = {}
        self.seats: dict[int, str] = {}
        self.members: list[_Known] = []
        self.by_name: dict[tuple[str, str], list[_Known]] = defaultdict(list)
        self.heads: dict[int, _Known] = {}
        self._read()

    def _read(self) -> None:
        held = ServedHamlet.objects.filter(hamlet__in=self.hamlets, until=None)
        held = held.exclude(organisation__state__in=ENDED)
        about = ("hamlet", "organisation", "organisation__kind", "organisation__hamlet")
        for hamlet, pk, kind, seat in held.values_list(*about):
            self.organisations[hamlet] = (pk, kind)
            self.seats[pk] = seat
        rows = Member.objects.present().filter(
            organisation__in={pk for pk, _kind in self.organisations.values()}
        )
        for values in rows.values_list(
            "pk", "organisation_id", "hamlet_id", "name", "phone", "kind", "duty", "background"
        ):
            self._add(_Known(*values))

    def _add(self, one: _Known) -> None:
        self.members.append(one)
        self.by_name[one.hamlet, one.name].append(one)
        if one.duty in HEADS:
            self.heads[one.organisation] = one

    def plan_all(self, rows: Sequence[MemberRow]) -> list[Outcome]:
        """One outcome a row; who leads goes only where the same rows say who leads instead."""
        leading = {organisation: one.name for organisation, one in self.heads.items()}
        outcomes = [self.plan(row) for row in rows]
        lost = {org: name for org, name in leading.items() if org not in self.heads}
        for n, row in enumerate(rows if lost else ()):
            name = lost.get(self.organisations.get(row.hamlet, (0, ""))[0])
            if name is not None and row.cleaned().name == name and outcomes[n] is CHANGED:
                outcomes[n] = wrong({"duty": LEADS % {"name": name}})
        return outcomes

    def plan(self, given: MemberRow) -> Outcome:
        row = given.cleaned()
        problems = row.problems() or wrong_place(row.hamlet, self.hamlets, self.place)
        if problems:
            return wrong(problems)
        if row.hamlet not in self.organisations:
            return wrong({"hamlet": _("This hamlet has no Party organisation yet.")})
        organisation, kind = self.organisations[row.hamlet]
        if self.place is not None and not self.seats[organisation].startswith(self.place.code):
            text = _("Its organisation has its seat outside %s: whoever keeps the seat does this.")
            return wrong({"hamlet": text % self.place})
        known = self._find(row)
        if misfit := self._wrong_duty(row, kind, self.heads.get(organisation), known):
            return wrong({"duty": misfit})
        if known is None:
            return self._new(row, organisation)
        return self._against(row, known)

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

    def _wrong_duty(
        self, row: MemberRow, kind: str, head: _Known | None, known: _Known | None
    ) -> str:
        if row.duty in HEADS:
            if row.duty != head_of(kind):
                return _("A branch has a secretary, a party group a leader.")
            if head is not None and head is not known:
                message = _("%(name)s leads it already. Change the duties on its page.")
                return message % {"name": head.name}
        elif row.duty and kind == "party_group":
            return _("A party group has a leader and no other duties.")
        return ""

    def _new(self, row: MemberRow, organisation: int) -> Outcome:
        alike = bool(self.by_name[row.hamlet, row.name])
        self._add(
            _Known(None, organisation, row.hamlet, row.name, row.phone, row.kind, row.duty,
                   row.background)
        )  # fmt: skip
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
            return wrong({"name": _("Another row says something else of this member.")})
        if known.duty in HEADS and row.duty not in HEADS:
            del self.heads[known.organisation]
        known.phone, known.kind, known.duty, known.background = values
        known.changed = True
        if known.duty in HEADS:
            self.heads[known.organisation] = known
        return CHANGED


def plan_members(rows: Sequence[MemberRow], place: Region | None = None) -> list[Outcome]:
    """What would become of each row if all were taken in now: three queries for any number."""
    return _Planner(rows, place).plan_all(rows)


@action(rules.record_members, notes=("count", "hamlets", "source"))
def record_members(
    *,
    actor: Actor,
    place: Region,
    rows: Sequence[MemberRow],
    count: int,
    hamlets: list[str],
    source: str = "",
) -> Region:
    """Take in members of the organisations below a place, all or none; ``Invalid`` names what is
    wrong. Who leads a standing organisation gets account and role."""
    begin_batch(rows, count, hamlets)
    _lock_organisations(hamlets)
    planner = _Planner(rows, place)
    refuse_wrong(planner.plan_all(rows))
    fields = ("phone", "kind", "duty", "background")
    new = [one for one in planner.members if one.pk is None]
    changed = [one for one in planner.members if one.changed]
    today = clock.today()
    insert_rows(
        Member,
        ("organisation", "hamlet", "name", *fields, "joined_on"),
        ((one.organisation, one.hamlet, one.name, *one.values, today) for one in new),
    )
    update_rows(Member, fields, ((*one.values, one.pk) for one in changed))
    follow_heads({one.organisation for one in (*new, *changed)})
    return place


def _lock_organisations(hamlets: Sequence[str]) -> None:
    """Whoever changes a single member holds its organisation; always locked in the same order."""
    serving = ServedHamlet.objects.filter(hamlet__in=hamlets, until=None).values("organisation")
    rows = Organisation.objects.select_for_update(no_key=True).filter(pk__in=serving)
    list(rows.order_by("pk").values_list("pk", flat=True))
