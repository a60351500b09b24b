"""Accounts and roles that come with an office: parts of actions, in their transaction.

A secretary, a centre household gets its account with the office and loses the role with it.
"""

from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.errors import Denied
from genxu.regions.models import Region

from .models import Account, Grant
from .roles import Role


def as_of_now(actor: Actor) -> Actor:
    """The same actor with the roles held now: for long work, that a role which was taken away ends
    at once there too. ``Denied`` if the account is closed."""
    if actor.account_id is None:
        return actor
    account = Account.objects.filter(pk=actor.account_id, is_active=True).first()
    if account is None:
        raise Denied(_("The account that asked for this is closed."))
    return account.actor()


def give_roles(held: Iterable[tuple[Account, Role, str]]) -> None:
    """Many at once: (account, role, code of the place); what is held already stays."""
    ordered = sorted(held, key=lambda one: (one[0].pk, one[2]))
    grants = [Grant(account=one, role=role, place_id=place) for one, role, place in ordered]
    Grant.objects.bulk_create(grants, batch_size=1000, ignore_conflicts=True)


def give_role(account: Account, role: Role, place: Region) -> None:
    Grant.objects.get_or_create(account=account, role=role, place=place)


def take_role(account: Account, role: Role, place: Region) -> None:
    """The role ends at once; other roles of the account stay."""
    take_roles(Grant.objects.filter(account=account, role=role, place=place))


def take_roles(grants: QuerySet[Grant]) -> None:
    """These roles end at once. Whoever holds none then is signed out everywhere, and a role given
    again later does not bring an old session back. The only place where grants are deleted.

    The accounts are locked first: two last roles that end at the same moment are seen as such.
    """
    holders = sorted(set(grants.values_list("account_id", flat=True)))
    accounts = Account.objects.filter(pk__in=holders)
    list(accounts.select_for_update(no_key=True).order_by("pk"))
    grants.delete()
    still = Grant.objects.filter(account=OuterRef("pk"))
    accounts.exclude(Exists(still)).update(sessions_ended=F("sessions_ended") + 1)
