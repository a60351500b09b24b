"""A seat as a form or a spreadsheet gives it; what is wrong with it alone, and beside others."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from genxu.core.names import clean_name
from genxu.core.promises import StrOrPromise
from genxu.people.models import Household

from .models import NAME_LIMIT, Group, Seat

CHOICE = _("Please choose one of those offered.")


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """Who sits on the council, with which duty, in which groups, and which of them she leads.

    Whoever leads a group works in it. ``shown``: she agrees to be named publicly.
    """

    name: str
    duty: str = Seat.Duty.MEMBER
    groups: Collection[str] = ()
    leads: str = ""
    household: Household | None = None
    shown: bool = False

    def cleaned(self) -> "SeatFacts":
        return replace(self, name=clean_name(self.name), groups=in_order(self.groups, self.leads))

    def problems(self) -> dict[str, StrOrPromise]:
        """Field → what is wrong with it; of cleaned facts."""
        return wrong_alone(self.name, self.duty, self.groups, self.leads)


def in_order(groups: Iterable[str], leads: str) -> list[str]:
    """The groups each once, in the order of the five, the one that is led among them."""
    wanted = {*groups, leads}
    known = [group for group in Group.values if group in wanted]
    return [*known, *sorted(wanted - set(known) - {""})]


def wrong_alone(
    name: str, duty: str, groups: Collection[str], leads: str
) -> dict[str, StrOrPromise]:
    found: dict[str, StrOrPromise] = {}
    if not name:
        found["name"] = _("The name is missing")
    elif len(name) > NAME_LIMIT:
        found["name"] = _("A name has at most %(limit)s characters.") % {"limit": NAME_LIMIT}
    elif not name.isprintable():
        found["name"] = _("There is an unreadable character in it.")
    if duty not in Seat.Duty:
        found["duty"] = CHOICE
    if leads and leads not in Group:
        found["leads"] = CHOICE
    elif any(group not in Group for group in groups):
        found["groups"] = CHOICE
    return found


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who sits beside: enough to see that there is one chair, and one leader of a group."""

    name: str
    duty: str
    leads: str


def wrong_beside(
    name: str, duty: str, leads: str, others: Iterable[Sitting]
) -> Mapping[str, StrOrPromise]:
    """What does not go together with those who sit there already."""
    found: dict[str, StrOrPromise] = {}
    for other in others:
        if other.name == name:
            found["name"] = _("%s has a seat already. If it is somebody else, add what tells "
                              "them apart.") % name  # fmt: skip
        if duty == Seat.Duty.CHAIR == other.duty:
            found["duty"] = _("%s is the chair. Give that seat another duty first.") % other.name
        if leads and leads == other.leads:
            text = _("%(name)s leads this group. A group has one leader.")
            found["leads"] = text % {"name": other.name}
    return found
