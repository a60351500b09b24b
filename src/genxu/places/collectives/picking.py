"""Which household of a village or a hamlet is meant: picked from a list, by number or initials."""

from typing import NamedTuple

from django.forms import ValidationError
from django.utils.translation import gettext as _

from genxu.people.models import Household, label_of
from genxu.people.picking import meant

from .models import Collective


class Door(NamedTuple):
    """A household as it is picked; in a village with its hamlet, where numbers begin anew."""

    pk: int
    number: int
    head_name: str
    initials: str
    hamlet: str

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return f"{self.hamlet}{label_of(self.head_name, self.number)}"


def doors_of(collective: Collective) -> list[Door]:
    """All that live at the place of a collective, in the order of their doors."""
    rows = Household.objects.living_here().under(collective.place_id)
    fields = ("pk", "number", "head_name", "initials", "hamlet__name")
    named = "" if collective.place.is_hamlet else None
    return [
        Door(pk, number, head, initials, f"{hamlet} " if named is None else named)
        for pk, number, head, initials, hamlet in rows.order_by("hamlet", "number").values_list(
            *fields
        )
    ]


def household_meant(typed: str, doors: list[Door]) -> Household:
    """The household; ``ValidationError`` for what is none of them."""
    door = meant(typed, doors)
    found = Household.objects.filter(pk=door.pk).first() if door else None
    if found is None:
        raise ValidationError(_("Please choose a household from the list."))
    return found
