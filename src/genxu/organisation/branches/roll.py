"""The roll (名册) of the organisations that serve some hamlets while rows come into it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet

from .models import ServedHamlet
from .offices import HEADS
from .rows import MemberRow
from .workflow import ENDED

FIELDS = ("phone", "kind", "duty", "background")


@dataclass(slots=True)
class Listed:
    """A member as listed, or as an earlier row will have it; ``pk`` is None while it is new."""

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


def serving(hamlets: Collection[str]) -> QuerySet[ServedHamlet]:
    """By which organisations the hamlets are served."""
    held = ServedHamlet.objects.filter(hamlet__in=hamlets, until=None)
    return held.exclude(organisation__state__in=ENDED)


def _served_with_members(hamlets: Collection[str]) -> QuerySet[Any, Any]:
    """Hamlet, organisation, kind, seat; with each of its members, or None for all of one."""
    present = FilteredRelation(
        "organisation__members", condition=Q(organisation__members__left_on=None)
    )
    about = ("organisation", "organisation__kind", "organisation__hamlet")
    member = (f"present__{name}" for name in ("pk", "hamlet_id", "name", *FIELDS))
    rows = serving(hamlets).annotate(present=present)
    return rows.order_by("pk", "present__pk").values_list("hamlet", *about, *member)


class Roll:
    """One query. ``serving`` tells key, kind and seat of a hamlet's organisation, ``heads`` who
    leads, ``led_by`` the name of who led before the rows."""

    def __init__(self, hamlets: Collection[str]) -> None:
        self.members: list[Listed] = []
        self.by_name: dict[tuple[str, str], list[Listed]] = defaultdict(list)
        self.heads: dict[int, Listed] = {}
        self.serving: dict[str, tuple[int, str, str]] = {}
        known: set[int | None] = {None}  # a joint branch stands there once for each of its hamlets
        for hamlet, pk, kind, seat, *member in _served_with_members(hamlets):
            self.serving[hamlet] = (pk, kind, seat)
            if member[0] not in known:
                known.add(member[0])
                self.add(Listed(member[0], pk, *member[1:]))
        self.led_by = {organisation: one.name for organisation, one in self.heads.items()}

    def add(self, one: Listed) -> None:
        self.members.append(one)
        self.by_name[one.hamlet, one.name].append(one)
        if one.duty in HEADS:
            self.heads[one.organisation] = one

    def change(self, one: Listed, values: tuple[str, str, str, str]) -> None:
        if self.heads.get(one.organisation) is one:
            del self.heads[one.organisation]
        one.phone, one.kind, one.duty, one.background = values
        one.changed = True
        if one.duty in HEADS:
            self.heads[one.organisation] = one

    def find(self, row: MemberRow, named: Collection[tuple[str, str, str]]) -> Listed | None:
        """Whom a row means; ``named`` is everybody whom a row names exactly."""
        alike = self.by_name[row.hamlet, row.name]
        for one in alike:
            if one.phone == row.phone:
                return one
        if len(alike) != 1 or (row.phone and alike[0].phone):
            return None
        # Another row names that one exactly: then this is somebody else of the same name.
        return None if (row.hamlet, row.name, alike[0].phone) in named else alike[0]

    @property
    def touched(self) -> set[int]:
        """The organisations whose members are new or changed."""
        return {one.organisation for one in self.members if one.pk is None or one.changed}
