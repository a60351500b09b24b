"""Accounts and households: ``genxu accounts``, ``genxu households``."""

from typing import Any

import click

from .root import cli, operator


@cli.group()
def accounts() -> None:
    """Accounts and what they may do."""


@accounts.command("open")
@click.argument("phone")
@click.argument("name")
@click.option("--role", required=True)
@click.option("--place", required=True, help="The code of the place.")
@click.password_option(
    help="Ten characters or more; empty to sign in by text message only.",
    default="",
    show_default=False,
)
def accounts_open(phone: str, name: str, role: str, place: str, password: str) -> None:
    """Open an account and grant it a role at a place."""
    from django.conf import settings

    from genxu.people.actions import grant_role, open_account
    from genxu.people.roles import Role
    from genxu.regions.queries import place_of

    if role not in Role:
        raise click.BadParameter(f"one of {', '.join(Role)}", param_hint="--role")
    if not password and not settings.SIGN_IN_BY_CODE:
        raise click.UsageError("without a gateway for text messages an account needs a password")
    region = place_of(place)
    account = open_account(actor=operator(), phone=phone, name=name, password=password or None)
    grant_role(actor=operator(), account=account, role=Role(role), place=region)
    click.echo(f"{account} {Role(role).label} {region}")


def _account_of(phone: str) -> Any:
    """By its number; one that has none by its key, as ``accounts silent`` tells it."""
    from genxu.core.errors import Missing
    from genxu.people.models import Account

    by = {"phone": phone} if len(phone) == 11 or not phone.isdecimal() else {"pk": phone}
    account = Account.objects.filter(**by).first()
    if account is None:
        raise Missing("There is no account with this phone number.")
    return account


def _grant_of(phone: str, role: str, place: str) -> dict[str, Any]:
    from genxu.people.roles import Role
    from genxu.regions.queries import place_of

    if role not in Role:
        raise click.BadParameter(f"one of {', '.join(Role)}", param_hint="--role")
    return {"account": _account_of(phone), "role": Role(role), "place": place_of(place)}


@accounts.command("password")
@click.argument("phone")
@click.password_option(help="At least ten characters; asked for if not given.")
def accounts_password(phone: str, password: str) -> None:
    """Set another password; whoever is signed in with the old one is signed out."""
    from genxu.people.actions import set_password

    account = _account_of(phone)
    set_password(actor=operator(), account=account, password=password)
    click.echo(f"{account}: the password is set; all other sessions have ended.")


@accounts.command("silent")
def accounts_silent() -> None:
    """Who holds a role and cannot sign in, because the number is somebody else's now."""
    from genxu.people.models import Account

    for account in Account.objects.that_may_sign_in().filter(phone=None).order_by("pk"):
        held = "; ".join(str(grant) for grant in account.grants.order_by("pk"))
        click.echo(f"{account.pk}\t{account}\t{held}")


@accounts.command("number")
@click.argument("account")
@click.argument("phone")
@click.option("--hers", is_flag=True, help="The number is hers now, no longer that of another.")
def accounts_number(account: str, phone: str, hers: bool) -> None:
    """Give an account another number; ACCOUNT is its present number, or its key."""
    from genxu.people.actions import give_number
    from genxu.people.numbers import NumberIs, answer_on

    found = _account_of(account)
    answer = answer_on(_account_of(phone).pk, NumberIs.HERS) if hers else ""
    give_number(actor=operator(), account=found, phone=phone, number_is=answer)
    click.echo(f"{found}: {phone}")


@accounts.command("erase")
@click.argument("phone")
def accounts_erase(phone: str) -> None:
    """Erase an account whose last role has ended."""
    from genxu.people.actions import erase_account

    erase_account(actor=operator(), account=_account_of(phone))
    click.echo(f"{phone}: the account is gone.")


@accounts.command("grant")
@click.argument("phone")
@click.option("--role", required=True)
@click.option("--place", required=True, help="The code of the place.")
def accounts_grant(phone: str, role: str, place: str) -> None:
    """Grant an account another role at a place."""
    from genxu.people.actions import grant_role

    click.echo(grant_role(actor=operator(), **_grant_of(phone, role, place)))


@accounts.command("revoke")
@click.argument("phone")
@click.option("--role", required=True)
@click.option("--place", required=True, help="The code of the place.")
def accounts_revoke(phone: str, role: str, place: str) -> None:
    """Take a role away from an account."""
    from genxu.people.actions import revoke_role

    click.echo(revoke_role(actor=operator(), **_grant_of(phone, role, place)))


@cli.group()
def households() -> None:
    """The households of a hamlet."""


@households.command("add")
@click.argument("hamlet")
@click.argument("head_name")
@click.argument("head_count", type=int)
@click.option("--phone", default="")
def households_add(hamlet: str, head_name: str, head_count: int, phone: str) -> None:
    """Add a household with the next number of its hamlet."""
    from genxu.people.household_intake import register_households
    from genxu.people.rows import HouseholdRow
    from genxu.regions.queries import place_of

    place = place_of(hamlet)
    row = HouseholdRow(place.code, None, head_name, phone, head_count)
    register_households(actor=operator(), place=place, rows=[row], count=1, hamlets=[place.code])
    click.echo(f"{place}: {head_name}")
