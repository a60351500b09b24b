"""Members of collectives, one row a person: who is there is left as she is; what is said otherwise
of her is put right on her page, with the reason."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.bulk import insert_rows
from genxu.core.sheets.outcomes import NEW, SAME, Fate, Outcome, wrong
from genxu.people.history import begin_many
from genxu.regions.batches import HamletIntake

from . import rules
from .actions import wrong_since
from .models import Collective, Membership, MembershipStep
from .roll import Standing, wrong_beside
from .rows import Finder, MemberRow, standing_at
from .workflow import ENTER, State

GIVEN = ("collective", "place", "household", "name", "birth_year", "since", "gained", "apart")


class MemberIntake(HamletIntake[MemberRow]):
    def parents(self) -> Iterable[QuerySet[Collective]]:
        """Whoever enters a single member holds the collective."""
        return [standing_at(self.hamlets)]

    def touched(self) -> Sequence[Iterable[int]]:
        return [{one.pk for one in self.find.collectives.values()}]

    def read(self) -> None:
        self.find = Finder(self.hamlets)
        self.named: dict[tuple[int, str], list[Standing]] = defaultdict(list)
        self.known: dict[tuple[int, int, str, int], Membership] = {}
        rows = Membership.objects.on_roll().filter(collective__in=self.find.collectives.values())
        for one in rows.order_by("pk"):
            self.named[one.collective_id, one.name].append(Standing.of(one))
            if one.until is None:
                key = one.collective_id, one.household_id, one.name, one.birth_year
                self.known[key] = one

    def judge(self, row: MemberRow) -> Outcome:
        if problems := self.find.missing(row):
            return wrong(problems)
        collective, household = self.find.collective(row), self.find.household(row)
        assert collective is not None
        assert household is not None
        if problems := wrong_since(collective, row.since):
            return wrong(problems)
        key = collective.pk, household, row.name, row.birth_year
        if stands := self.known.get(key):
            if (stands.since, stands.gained) == (row.since, row.gained):
                return SAME
            told = _("She stands there since %s; what is otherwise is put right on her page.")
            return wrong({"since": told % stands.since.isoformat()})
        new = Standing(household, row.name, row.birth_year, row.since)
        others = self.named[collective.pk, row.name]
        if problems := wrong_beside(new, row.apart, others):
            return wrong(problems)
        others.append(new)
        return NEW

    def write(self, actor: Actor) -> None:
        pairs = zip(self.rows, self.outcomes, strict=True)
        insert_rows(
            Membership, GIVEN, (self._given(row) for row, one in pairs if one.fate is Fate.NEW)
        )
        new = Membership.objects.filter(
            collective__in=self.find.collectives.values(), steps=None
        ).order_by("pk")
        begin_many(MembershipStep, new.values_list("pk", "place"), actor, ENTER, str(State.MEMBER))

    def _given(self, row: MemberRow) -> tuple[Any, ...]:
        collective = self.find.collective(row)
        assert collective is not None
        return (collective.pk, collective.place_id, self.find.household(row), row.name,
                row.birth_year, row.since, str(row.gained), row.apart)  # fmt: skip


record_members = MemberIntake.action(rules.record_members)
