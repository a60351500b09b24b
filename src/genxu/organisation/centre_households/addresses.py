"""Whose accounts go with the number of a household: of those who serve as centre household."""

from collections.abc import Collection

from genxu.people.models import Account, Household
from genxu.people.numbers import Word

from .appointing import follow_holder
from .models import CentreHousehold


def follow_household(household: Household, phone: str, word: Word) -> None:
    """The household has another number now: who serves for it keeps office and account."""
    rows = CentreHousehold.objects.serving().select_for_update(of=("self",), no_key=True)
    for one in rows.filter(household__in=household.entries).exclude(account=None):
        was, now = (one.person_name, household.phone), (one.person_name, phone)
        follow_holder(one, was, now, word)


def accounts_at(hamlets: Collection[str]) -> dict[int, Account]:
    """Household → account, of those who serve in these hamlets."""
    rows = CentreHousehold.objects.serving().filter(hamlet__in=hamlets).exclude(account=None)
    return {one.household_id: one.account for one in rows.select_related("account") if one.account}
