"""Accounts whose last office has ended: found, and gone for good."""

from collections.abc import Collection

from django.db.models import QuerySet

from .models import Account, Household


def without_office(phones: Collection[str]) -> QuerySet[Account]:
    """The accounts with these numbers that hold no role."""
    return Account.objects.filter(phone__in=phones, grants=None)


def close_for_good(account: Account) -> None:
    """What it did stays noted under its number in the journal, which names nobody."""
    key = account.pk
    account.delete()
    account.pk = key


def staying_account(household: Household) -> Account | None:
    """The account with the household's number that stays, because it holds an office."""
    if not household.phone:
        return None
    return Account.objects.filter(phone=household.phone).exclude(grants=None).distinct().first()
