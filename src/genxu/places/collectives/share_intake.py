"""Shares as they were quantified or brought in, one row a holding: all together come out at the
whole, where the charter names it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min, QuerySet
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.bulk import insert_rows
from genxu.core.promises import StrOrPromise
from genxu.core.sheets.intake import twice
from genxu.core.sheets.outcomes import NEW, SAME, Fate, Outcome, wrong
from genxu.regions.batches import HamletIntake

from . import rules
from .actions import wrong_since
from .models import Charter, Collective, Membership, Reason, ShareChange, ShareKind
from .rows import Finder, ShareRow, standing_at
from .share_actions import BROUGHT_IN
from .shares import Line, came_later, shown, wrong_whole

GIVEN = ("collective", "place", "household", "membership", "kind", "change", "area", "day",
         "reason", "noted_at", "noted_by")  # fmt: skip
Holding = tuple[int, int, int | None, str]


@dataclass(frozen=True, slots=True)
class _Member:
    pk: int
    since: date
    until: date | None

    def on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or self.until > day)


class ShareIntake(HamletIntake[ShareRow]):
    def parents(self) -> Iterable[QuerySet[Collective]]:
        return [standing_at(self.hamlets)]

    def touched(self) -> Sequence[Iterable[int]]:
        return [{one.pk for one in self.find.collectives.values()}]

    def read(self) -> None:
        self.find = Finder(self.hamlets)
        here = list(self.find.collectives.values())
        self.members: dict[tuple[int, int], dict[str, _Member]] = defaultdict(dict)
        for one in Membership.objects.on_roll().filter(collective__in=here).order_by("pk"):
            key = one.collective_id, one.household_id
            self.members[key][one.name] = _Member(one.pk, one.since, one.until)
        self.stand: dict[Holding, int] = defaultdict(int)
        rows = ShareChange.objects.standing().filter(collective__in=here)
        for of, home, member, kind, change in rows.values_list(
            "collective", "household", "membership", "kind", "change"
        ):
            self.stand[of, home, member, kind] += change
        charters = Charter.objects.filter(collective__in=here, withdrawn_on=None)
        self.charters: dict[int, list[Charter]] = defaultdict(list)
        for charter in charters.order_by("-since", "-pk"):
            self.charters[charter.collective_id].append(charter)
        self.first = self._first_quantified(rows)
        self.after: dict[Holding, ShareRow] = {}

    def _first_quantified(self, rows: QuerySet[ShareChange]) -> dict[int, date]:
        """Since when there are member shares, by collective; those of this sheet count as well."""
        rows = rows.filter(kind=ShareKind.MEMBER, reason=Reason.QUANTIFIED).order_by()
        found = dict(rows.values_list("collective").annotate(first=Min("day")))
        for row in self.sound:
            collective = self.find.collective(row)
            if collective and row.kind == ShareKind.MEMBER:
                found[collective.pk] = min(row.day, found.get(collective.pk, row.day))
        return found

    def judge(self, row: ShareRow) -> Outcome:
        if problems := self.find.missing(row):
            return wrong(problems)
        collective = self._collective(row)
        if problems := wrong_since(collective, row.day, "day"):
            return wrong(problems)
        charter = next(one for one in self.charters[collective.pk] if one.since <= row.day)
        if row.kind not in charter.kinds:
            return wrong({"kind": _("The charter of that day knows no such shares.")})
        if told := self._wrong_member(collective, row):
            return wrong(told)
        key = self._holding(collective, row)
        if earlier := self.after.get(key):
            return twice("quantity", alike=earlier == row)
        self.after[key] = row
        if found := self._beside(self.stand.get(key, 0), row):
            return found
        told = self._came_later(collective, row, charter)
        return wrong(told) if told else NEW

    def _beside(self, held: int, row: ShareRow) -> Outcome | None:
        if held and held != row.quantity:
            text = _("It holds %s of these already; a change is entered on its page.")
            return wrong({"quantity": text % shown(held)})
        return SAME if held else None

    def _present(self, collective: Collective, row: ShareRow) -> list[_Member]:
        people = self.members[collective.pk, self.find.household(row) or 0]
        wanted = [people[row.name]] if row.name else people.values()
        return [one for one in wanted if one.on(row.day)]

    def _came_later(
        self, collective: Collective, row: ShareRow, charter: Charter
    ) -> dict[str, StrOrPromise]:
        """Where shares stay, a new one is of those who were there when they were quantified."""
        if row.kind != ShareKind.MEMBER or charter.follows:
            return {}
        first = self.first[collective.pk]
        if any(one.since <= first for one in self._present(collective, row)):
            return {}
        return {"name": came_later(first)}

    def _wrong_member(self, collective: Collective, row: ShareRow) -> dict[str, Any]:
        """Shares are the members' (第四十条)."""
        people = self.members[collective.pk, self.find.household(row) or 0]
        if row.name and row.name not in people:
            return {"name": _("Nobody of that name is a member with this household.")}
        if self._present(collective, row):
            return {}
        told = _("Nobody there is a member on that day. A share for others is entered on the page, "
                 "with the decision of three quarters of all members (article 15).")  # fmt: skip
        return {"day": told}

    def settle(self) -> None:
        """All together, where the charter names the whole: all new rows are wrong, or none."""
        sums: dict[int, list[ShareRow]] = defaultdict(list)
        for row, one in zip(self.rows, self.outcomes, strict=True):
            if one.fate is Fate.NEW:
                sums[self._collective(row).pk].append(row)
        told = {}
        for rows in sums.values():
            collective, day = self._collective(rows[0]), max(row.day for row in rows)
            change = sum(row.quantity for row in rows)
            told[collective.pk] = wrong_whole(collective, change, day, fills=True)
        self.outcomes = [
            wrong({"quantity": text})
            if one.fate is Fate.NEW and (text := told[self._collective(row).pk]) else one
            for row, one in zip(self.rows, self.outcomes, strict=True)
        ]  # fmt: skip

    def write(self, actor: Actor) -> None:
        pairs = zip(self.rows, self.outcomes, strict=True)
        new = [row for row, one in pairs if one.fate is Fate.NEW]
        insert_rows(ShareChange, GIVEN, (self._given(row, actor) for row in new))

    def _given(self, row: ShareRow, actor: Actor) -> tuple[Any, ...]:
        collective = self._collective(row)
        _key, household, member, kind = self._holding(collective, row)
        reason = Reason.BROUGHT if kind in BROUGHT_IN else Reason.QUANTIFIED
        return (collective.pk, collective.place_id, household, member, kind, row.quantity, row.area,
                row.day, str(reason), clock.now(), actor.account_id)  # fmt: skip

    def _holding(self, collective: Collective, row: ShareRow) -> Holding:
        household = self.find.household(row) or 0
        member = self.members[collective.pk, household].get(row.name) if row.name else None
        line = Line(household, str(row.kind), row.quantity, member.pk if member else None)
        return (collective.pk, *line.holding)

    def _collective(self, row: ShareRow) -> Collective:
        found = self.find.collective(row)
        assert found is not None
        return found


record_shares = ShareIntake.action(rules.record_shares)
