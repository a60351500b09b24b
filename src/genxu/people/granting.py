"""Accounts and roles that come with an office: parts of actions, in their transaction.

A secretary, a centre household gets its account with the office and loses the role with it.
"""

from genxu.core import clock
from genxu.regions.models import Region

from .models import Account, Grant
from .roles import Role


def account_for(phone: str, name: str) -> Account | None:
    """The account with this number, opened without a password if there is none yet.

    None without a number. An account that was closed stays closed.
    """
    if not phone:
        return None
    found = Account.objects.filter(phone=phone).first()
    if found is not None:
        return found
    account = Account(phone=phone, name=name, opened_at=clock.now())
    account.set_unusable_password()
    account.save()
    return account


def give_role(account: Account, role: Role, place: Region) -> None:
    Grant.objects.get_or_create(account=account, role=role, place=place)


def take_role(account: Account, role: Role, place: Region) -> None:
    """The role ends at once; other roles of the account stay."""
    Grant.objects.filter(account=account, role=role, place=place).delete()
