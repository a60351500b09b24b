"""Whom the money is for, who was there when it was decided, whether it goes to one of those."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from genxu.core.errors import Invalid
from genxu.core.names import bare, clean_name
from genxu.core.texts import optional, required
from genxu.organisation.centre_households.models import CentreHousehold
from genxu.organisation.councils.models import Seat
from genxu.organisation.councils.queries import taken_seats
from genxu.people.models import Account, Household
from genxu.people.picking import Doorplate
from genxu.people.queries import doorplates
from genxu.regions.models import Region

from .models import NAME_LIMIT, Spending


def households_in(hamlet: str) -> list[Doorplate]:
    return [Doorplate(*one) for one in doorplates(hamlet)]


@dataclass(frozen=True)
class Somebody:
    """Who gave or gets money: a household of the hamlet, a person by name, or a firm."""

    name: str
    is_person: bool
    household: Household | None = None

    def facts(self, field: str, hamlet: Region, *, needed: bool = True) -> dict[str, Any]:
        """What a row holds of it."""
        if self.household and self.household.hamlet_id != hamlet.code:
            raise Invalid({field: _("This household is of another hamlet.")})
        told = self.household.head_name if self.household else self.name
        check = required if needed else optional
        name = clean_name(check(told, NAME_LIMIT, field))
        return {
            field: name, "household": self.household,
            "is_person": self.is_person or self.household is not None,
        }  # fmt: skip


def seats_at(hamlet: str) -> list[Seat]:
    """Who sits on the council there."""
    rows = taken_seats().filter(hamlet=hamlet, council__ended_on=None)
    return list(rows.select_related("household"))


def check_beside(spending: Spending, beside: Seat, decider: Account) -> None:
    """Somebody of this hamlet's council, and another person than who decides."""
    if beside.hamlet_id != spending.hamlet_id or beside.until is not None:
        raise Invalid({"beside": _("Please name somebody who sits on the council of this hamlet.")})
    if bare(beside.name) == bare(decider.name):
        raise Invalid({"beside": _("That is you. Name another one who was there.")})


def goes_to(spending: Spending, accounts: Collection[Account], seats: Collection[Seat]) -> bool:
    """Whether the money goes to one of these, or to a household of theirs: that is shown."""
    names = {bare(one.name) for one in accounts} | {bare(one.name) for one in seats}
    names -= {""}
    household = spending.household
    if spending.is_person and bare(spending.payee) in names:
        return True
    if household is None:
        return False
    numbers = {one.phone for one in accounts} - {None, ""}
    served = CentreHousehold.objects.serving().filter(household__in=household.entries)
    return (
        bare(household.head_name) in names
        or household.phone in numbers
        or any(one.household_id in household.entries for one in seats if one.household_id)
        or served.filter(account__in=[one.pk for one in accounts]).exists()
    )


def warnings_of(spending: Spending) -> Iterator[str]:
    """What whoever decides should see; nothing of it refuses."""
    beside = list(Spending.objects.beside(spending).filter(major=False))
    together = spending.sum + sum(one.sum for one in beside)
    if beside and not spending.major and together >= spending.limit:
        yield _(
            "Within 30 days several sums are asked for the same payee, together above the limit of "
            "the township. If it is one purchase, ask for it as one."
        )
    if spending.own_household:
        yield _("It goes to the household of who decided it. That is allowed, and shown.")
