"""A phone number is an address, not a person: whom the account behind it is. Parts of actions.

An account belongs to a person, keeps its offices when her number changes, and never acts for two.
Where a number leads to an account under another name, or to a second account, somebody says who it
is (``NumberIs``): by the form that asks; a sheet cannot ask, its row is refused.
"""

import re
from collections.abc import Iterable, Mapping

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core import clock
from genxu.core.access import SYSTEM_ROLE, Actor
from genxu.core.actions import CHANGED_MEANWHILE
from genxu.core.errors import Conflict, Invalid
from genxu.core.names import clean_name
from genxu.regions.codes import Level
from genxu.regions.queries import place_with

from .models import Account
from .roles import KEEPERS, LEVEL_OF_ROLE, Role

_ANSWER = re.compile(r"(same|hers)-[0-9]{1,18}")
KEEPING = (*KEEPERS, SYSTEM_ROLE)


class NumberIs(TextChoices):
    """The answer where a number has an account already."""

    SAME = "same", gettext_lazy("The same person; her name is written so now")
    HERS = "hers", gettext_lazy("Somebody else; the number is hers now")


class Asked(Invalid):
    """Somebody has to say whose number it is: of which account it was asked."""

    def __init__(self, account: Account, told: str) -> None:
        super().__init__({"phone": told, "number_is": _("Please say who it is.")})
        self.account = account.pk


def answer_on(account: int, number_is: NumberIs) -> str:
    """As an action takes it, and the journal keeps it: what was said, and of which account."""
    return f"{number_is.value}-{account}"


class Word:
    """Who says whose number it is, and what (``answer_on``; empty before it was asked)."""

    def __init__(self, actor: Actor, number_is: str = "") -> None:
        if number_is and not _ANSWER.fullmatch(number_is):
            raise Invalid({"number_is": _("Please choose one of those offered.")})
        self.actor, self._said, self._used = actor, number_is, False

    def says_same(self, account: Account) -> bool:
        """Whether the account is that of the person meant; ``Invalid`` while nobody has said so of
        this very account."""
        if not self.actor.plays(KEEPING):
            raise Invalid({"phone": _("This number has an account already. Tell your village.")})
        if not _may_say(self.actor, account):
            text = _("This number has an account already: %s. Ask whoever gave that office.")
            raise Invalid({"phone": text % _offices(account)})
        named = f"{_offices(account)} {account.name}" if account.grants.exists() else ""
        named = named or _offices(account)
        if self._used:
            text = _("This number has an account already: %s. Save the name first, then it.")
            raise Invalid({"phone": text % named})
        for number_is in NumberIs:
            if self._said == answer_on(account.pk, number_is):
                self._used = True
                return number_is == NumberIs.SAME
        text = _("This number has an account already: %s. Is it the same person?")
        raise Asked(account, text % named)


def _may_say(actor: Actor, account: Account) -> bool:
    """Those who keep the hamlets in which it holds office; of the offices above, the operator."""
    return actor.plays([SYSTEM_ROLE]) or all(
        LEVEL_OF_ROLE.get(Role(grant.role)) == Level.HAMLET and actor.holds(KEEPERS, grant.place_id)
        for grant in account.grants.all()
    )


def _offices(account: Account) -> str:
    """What it is called by: role and place."""
    held = [
        f"{grant.get_role_display()} · {place_with(grant.place_id)}"
        for grant in account.grants.order_by("pk")
    ]
    return "、".join(held) or _("somebody who holds no office now")


def bears(account: Account, name: str) -> bool:
    return clean_name(account.name) == clean_name(name)


def account_for(phone: str, name: str, word: Word) -> Account | None:
    """The account of a person with this number, opened without a password if there is none yet.

    None without a number. An account that was closed stays closed.
    """
    return accounts_for([(phone, name)], word)[phone] if phone else None


def accounts_for(people: Iterable[tuple[str, str]], word: Word) -> dict[str, Account]:
    """The accounts of these persons (phone, name), opened where there is none yet: for many."""
    names: dict[str, str] = {}
    for phone, name in people:
        if clean_name(names.setdefault(phone, name)) != clean_name(name):
            raise Invalid({"phone": given_twice(names[phone])})
    found = {str(one.phone): one for one in Account.objects.filter(phone__in=names)}
    for phone, account in list(found.items()):
        if not bears(account, names[phone]):
            if word.says_same(account):
                _rename(account, names[phone])
            else:
                lose_number(account)
                del found[phone]
    return found | _opened({phone: names[phone] for phone in names.keys() - found.keys()})


def _opened(names: Mapping[str, str]) -> dict[str, Account]:
    now = clock.now()
    # Somebody else may be opening one of them at this moment: then that one counts. Always in the
    # same order, so that two never wait for each other.
    opened = [
        Account(phone=phone, name=names[phone], opened_at=now, password=make_password(None))
        for phone in sorted(names)
    ]
    Account.objects.bulk_create(opened, batch_size=1000, ignore_conflicts=True)
    found = {str(one.phone): one for one in Account.objects.filter(phone__in=names)}
    if any(phone not in found or not bears(found[phone], names[phone]) for phone in names):
        raise Conflict(CHANGED_MEANWHILE)
    return found


def follow(
    account: Account, was: tuple[str, str], now: tuple[str, str], word: Word
) -> Account | None:
    """The account of who holds an office, whose name and number (``was``) were corrected there:
    hers as before, and her number with it. Another one if somebody says that it is another person,
    or that the new number is that of a second account of hers."""
    (name_was, phone_was), (name, phone) = was, now
    (account,) = (one for one in _held([account.pk], [phone]) if one.pk == account.pk)
    if clean_name(name) != clean_name(name_was) and not bears(account, name):
        if not word.says_same(account):
            if account.phone == phone:
                lose_number(account)
            return account_for(phone, name, word)
        _rename(account, name)
    if phone != phone_was and account.phone in (None, phone_was):
        return change_number(account, phone, word)
    return account


def change_number(account: Account, phone: str, word: Word) -> Account:
    """The person has another number: the account goes with her, sessions and offices too. Without
    one she cannot sign in. Gives her second account, if the number is that one's."""
    if not phone:
        return lose_number(account)
    other = _held([account.pk], [phone]).exclude(pk=account.pk).first()
    if other is not None:
        if word.says_same(other):
            if not bears(other, account.name):
                _rename(other, account.name)
            return other
        lose_number(other)
    change_numbers({account: phone})
    return account


def change_numbers(numbers: Mapping[Account, str]) -> None:
    """Give accounts numbers that are nobody's; ``Conflict`` if somebody was quicker."""
    list(_held([one.pk for one in numbers], numbers.values()))
    for account, phone in numbers.items():
        account.phone = phone
    try:
        with transaction.atomic():
            Account.objects.bulk_update(numbers, ["phone"], batch_size=500)
    except IntegrityError as error:
        raise Conflict(CHANGED_MEANWHILE) from error


def lose_number(account: Account) -> Account:
    """The number is hers no more: nobody signs in to the account until she has another one, and
    who is signed in is signed out, for the phone may be in another's hand. Offices stay."""
    account.phone = None
    rows = Account.objects.filter(pk=account.pk)
    rows.update(phone=None, sessions_ended=F("sessions_ended") + 1)
    return account


def _rename(account: Account, name: str) -> None:
    account.name = name
    account.save(update_fields=["name"])


def _held(keys: Iterable[int], phones: Iterable[str]) -> QuerySet[Account]:
    """These accounts and those with these numbers, locked in the order of their keys."""
    meant = Q(pk__in=list(keys)) | Q(phone__in=list(phones))
    return Account.objects.select_for_update(no_key=True).filter(meant).order_by("pk")


def given_twice(name: str) -> str:
    text = _("This number is given for %s as well: who signs in with it is one person.")
    return text % name


class KnownNumbers:
    """Whose numbers are, for the rows of a sheet: those with an account, then row by row."""

    def __init__(self, phones: Iterable[str]) -> None:
        rows = Account.objects.filter(phone__in=set(phones) - {""})
        self.accounts = {str(one.phone): one for one in rows}
        self.names: dict[str, str] = {}

    def why_not(self, phone: str, name: str) -> str:
        """Why this person cannot have an account with this number; empty if she can."""
        account = self.accounts.get(phone)
        if account is not None and not bears(account, name):
            return self.taken(phone)
        known = self.names.setdefault(phone, name) if phone else name
        return "" if known == name else given_twice(known)

    def why_not_another(self, phone: str, account: Account) -> str:
        """Why this number cannot become that of an account."""
        if self.accounts.get(phone, account) != account:
            return self.taken(phone)
        return self.why_not(phone, account.name)

    def taken(self, phone: str) -> str:
        text = _("This number has an account already: %s. Enter this one on its page: there you "
                 "can say who it is.")  # fmt: skip
        return text % _offices(self.accounts[phone])
