"""Opening accounts, setting passwords, granting roles."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Conflict, Invalid
from genxu.regions.codes import level_of
from genxu.regions.models import Region

from . import rules
from .accounts import close_for_good
from .granting import take_roles
from .models import Account, Grant, mobile
from .numbers import Word, change_number
from .passwords import take_password
from .roles import LEVEL_OF_ROLE, Role


@action(rules.open_account)
def open_account(*, actor: Actor, phone: str, name: str, password: str | None) -> Account:
    """A new account; without a password it signs in by code only."""
    _checked(phone)
    if not name.strip():
        raise Invalid({"name": _("The name is missing")})
    if Account.objects.filter(phone=phone).exists():
        raise Invalid({"phone": _("This phone number has an account already.")})
    account = Account(phone=phone, name=name.strip(), opened_at=clock.now())
    take_password(account, password)
    account.save()
    return account


@action(rules.set_password, locks="account")
def set_password(*, actor: Actor, account: Account, password: str) -> Account:
    """Another password; whoever is signed in with the old one is signed out."""
    take_password(account, password)
    account.save(update_fields=["password"])
    return account


@action(rules.give_number, locks="account", notes=("number_is",))
def give_number(*, actor: Actor, account: Account, phone: str, number_is: str = "") -> Account:
    """The person has another number. If it has an account already, ``number_is`` says who it is;
    two accounts are not made one."""
    phone = _checked(phone)
    if change_number(account, phone, Word(actor, number_is)) != account:
        raise Conflict(_("She has two accounts: give this one's roles to the other."))
    return account


def _checked(phone: str) -> str:
    try:
        mobile(phone)
    except ValidationError as error:
        raise Invalid({"phone": error.message}) from error
    return phone


@action(rules.grant_role, notes=("account", "role"))
def grant_role(*, actor: Actor, account: Account, role: Role, place: Region) -> Grant:
    """Let an account play a role at a place of the level where the role works."""
    level = LEVEL_OF_ROLE.get(role)
    if level and level_of(place.code) != level:
        message = _("%(role)s works at the level %(level)s.")
        raise Invalid({"place": message % {"role": role.label, "level": level.label}})
    grant, _made = Grant.objects.get_or_create(account=account, role=role, place=place)
    return grant


@action(rules.revoke_role, notes=("account", "role"))
def revoke_role(*, actor: Actor, account: Account, role: Role, place: Region) -> Grant:
    """Take a role away again; gives the grant that was, so that the journal names its place."""
    grant = Grant.objects.filter(account=account, role=role, place=place).first()
    if grant is None:
        raise Invalid({"role": _("The account does not hold this role there.")})
    take_roles(Grant.objects.filter(pk=grant.pk))
    return grant


@action(rules.show_office_phone, locks="grant", notes=("shown",))
def show_office_phone(*, actor: Actor, grant: Grant, shown: bool) -> Grant:
    """Everybody may read her present number, by the name of the office, or no more."""
    if shown and not grant.account.phone:
        raise Conflict(_("There is no number to be shown."))
    grant.shown_phone = (grant.account.phone or "") if shown else ""
    grant.save(update_fields=["shown_phone"])
    return grant


@action(rules.erase_account, locks="account")
def erase_account(*, actor: Actor, account: Account) -> Account:
    """An account whose last office has ended is gone for good (个人信息保护法 47)."""
    if account.grants.exists():
        raise Conflict(_("It still holds an office. Take its roles away first."))
    close_for_good(account)
    return account
