"""Reading contracts: every list starts at ``visible_to(actor)``."""

from typing import NamedTuple

from django.db.models import QuerySet

from genxu.core import clock
from genxu.core.access import Actor, under
from genxu.people.models import Household, label_of
from genxu.people.roles import KEEPERS
from genxu.places.ledger.models import Entry
from genxu.regions.models import Region

from .models import AHEAD, Contract, Rent


def contract_list(actor: Actor) -> QuerySet[Contract]:
    """The newest first."""
    rows: QuerySet[Contract] = Contract.objects.visible_to(actor)
    return rows.select_related("place__parent", "household").order_by("-since", "-pk")


def due_list(rows: "QuerySet[Contract]") -> "QuerySet[Contract]":
    """Of these, those of which a rent is owed, or falls due in the next sixty days, the oldest
    first."""
    until = clock.today() + AHEAD
    return rows.filter(next_due__lte=until).order_by("next_due", "pk")


def rents_of(contract: Contract) -> list[Rent]:
    """What was noted, the last first, each with what the books have of it."""
    rows = contract.rents.select_related("entry__book", "entry__reversed_by")
    return list(rows.order_by("-day", "-pk"))


def entries_of(contract: Contract) -> list[Entry]:
    """What the books have of it."""
    rows = Entry.objects.filter(origin=f"contracts.contract:{contract.pk}")
    return list(rows.order_by("pk"))


class Door(NamedTuple):
    """A household to be picked as the other side; at a village the hamlet stands before it."""

    pk: int
    number: int
    head_name: str
    initials: str
    hamlet: str

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        own = label_of(self.head_name, self.number)
        return f"{self.hamlet} {own}" if self.hamlet else own


def doors_at(place: Region) -> list[Door]:
    """All that live there: to know a name again that was typed."""
    rows = Household.objects.living_here().filter(under(place.code, "hamlet"))
    rows = rows.exclude(head_name="").select_related("hamlet").order_by("hamlet", "number")
    return [
        Door(one.pk, one.number, one.head_name, one.initials,
             "" if place.is_hamlet else str(one.hamlet))
        for one in rows
    ]  # fmt: skip


def doors_to_name(actor: Actor, place: Region, known: list[Door]) -> list[Door]:
    """Those that are offered: to who keeps the register; others type a name."""
    return known if actor.holds(KEEPERS, place.code) else []
