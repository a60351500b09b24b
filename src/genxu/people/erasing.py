"""What the registers and accounts erase of a household."""

from collections.abc import Collection, Iterable

from .accounts import close_for_good, without_office
from .erasure import Erasure
from .models import Household, HouseholdLink, HouseholdNeed


def names_of(entries: Collection[int], phones: Collection[str]) -> Iterable[str]:
    """Of the account that goes."""
    return without_office(phones).values_list("name", flat=True)


def erase(erased: Erasure) -> None:
    """Name, phone, needs and slip; an account with its number that holds no office any more."""
    HouseholdNeed.objects.filter(household__in=erased.households).delete()
    HouseholdLink.objects.filter(household__in=erased.households).delete()
    Household.objects.filter(pk__in=erased.households).update(
        head_name="", initials="", phone="", erasure_asked_on=None
    )
    for account in without_office(erased.phones):
        close_for_good(account)
