"""From a household to the one who looks after it, and back: read by the floors above."""

from collections.abc import Iterable

from django.db.models import F, Prefetch

from genxu.core.access import Actor, within
from genxu.people.models import Account, Household, HouseholdNeed
from genxu.people.roles import Role

from .models import CentreHousehold, Coverage
from .workflow import State


def centre_household_of(household_ids: Iterable[int]) -> dict[int, Account]:
    """Household → the account of the centre household that looks after it: one query.

    Left out: who has none, whose centre household has no account that works or has moved away,
    and a centre household itself: with its own matters somebody else deals.
    """
    keys = sorted(set(household_ids))
    if not keys:
        return {}
    rows = (
        Coverage.objects.at_hand()
        .filter(
            household__in=keys,
            centre_household__account__is_active=True,
            centre_household__account__grants__role=Role.CENTRE_HOUSEHOLD,
            centre_household__account__grants__place=F("hamlet"),
        )
        .exclude(household=F("centre_household__household"))
        .select_related("centre_household__account")
    )
    accounts = {row.household_id: row.centre_household.account for row in rows}
    return {key: account for key, account in accounts.items() if account is not None}


def own_service(actor: Actor) -> list[CentreHousehold]:
    """The centre households that the actor's account stands for; usually one."""
    if actor.account_id is None:
        return []
    rows = CentreHousehold.objects.serving().filter(account=actor.account_id)
    rows = rows.filter(within(actor, "hamlet", [Role.CENTRE_HOUSEHOLD]))
    return list(rows.select_related("hamlet", "household").order_by("pk"))


def neighbours_of(service: Iterable[CentreHousehold]) -> list[Household]:
    """The households that they look after, their own left out, in the order of doors, each with
    its needs read: two queries."""
    ones = list(service)
    rows = Coverage.objects.now().filter(centre_household__in=ones)
    needs = Prefetch("needs", HouseholdNeed.objects.order_by("kind"))
    households = Household.objects.filter(pk__in=rows.values("household"))
    households = households.exclude(pk__in=[one.household_id for one in ones])
    return list(households.order_by("hamlet", "number", "pk").prefetch_related(needs))


def how_many_neighbours(actor: Actor) -> int:
    """How many households the actor looks after besides its own: one query, none for others."""
    if actor.account_id is None or not actor.plays([Role.CENTRE_HOUSEHOLD]):
        return 0
    rows = Coverage.objects.now().filter(
        within(actor, "hamlet", [Role.CENTRE_HOUSEHOLD]),
        centre_household__account=actor.account_id,
        centre_household__state=State.APPOINTED,
    )
    return rows.exclude(household=F("centre_household__household")).count()
