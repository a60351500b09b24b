"""Rents: noted, and with that in the books; taken back, and with that out of them."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Conflict, Invalid
from genxu.core.texts import required
from genxu.places.ledger import chart, posting
from genxu.places.ledger.models import Book, BookKind
from genxu.places.ledger.posting import Leg, Slip

from . import rules
from .models import Contract, Rent
from .terms import LONGEST

INTO = (chart.BANK, chart.CASH)
LET_FOR = {True: "511", False: chart.OPERATING}
"""The account against which it is booked: 经营支出 for what is paid, 经营收入 for what comes."""


@action(rules.note_rent, locks="contract", notes=("year", "day"))
def note_rent(
    *,
    actor: Actor,
    contract: Contract,
    year: int,
    amount: int,
    day: date,
    account: str = chart.BANK,
    paper: str = "",
) -> Contract:
    """What came, or was paid, for a year of the contract: all of it or a part; the rest stays
    owed. It stands in the books of the collective at once."""
    check_rent(contract)
    contract.check_step("note_rent")
    if account not in INTO:
        raise Invalid({"account": _("Please choose one of those offered.")})
    if not 1 <= year <= LONGEST or year not in {one.year for one in contract.schedule}:
        raise Invalid({"year": _("For this year no rent is due.")})
    if amount <= 0:
        raise Invalid({"amount": _("It must be at least %(limit_value)s.") % {"limit_value": 0.01}})
    slip = Slip(
        day, _told(contract, year), _legs(contract, account, amount), contract.other_name,
        contract.is_person, contract.motion, paper, origin=f"contracts.contract:{contract.pk}",
    )  # fmt: skip
    entry = posting.post(actor, book_of(contract), slip)
    Rent.objects.create(contract=contract, year=year, amount=amount, day=day, entry=entry)
    return contract.advance(actor, "note_rent", **contract.owed())


def _legs(contract: Contract, account: str, amount: int) -> list[Leg]:
    against = LET_FOR[contract.comes_in]
    paid, got = (against, account) if contract.comes_in else (account, against)
    return [Leg(paid, debit=amount), Leg(got, credit=amount)]


def _told(contract: Contract, year: int) -> str:
    """A sentence that a villager would say, without the name of anybody."""
    text = _("Rent paid: %(what)s, year %(year)s") if contract.comes_in else \
        _("Rent received: %(what)s, year %(year)s")  # fmt: skip
    return posting.shortened(text % {"what": contract, "year": year})


def book_of(contract: Contract) -> Book:
    """The book of the collective of its place; ``Invalid`` where none is kept."""
    rows = Book.objects.kept().filter(kind=BookKind.COLLECTIVE, place=contract.place_id)
    found = rows.select_related("place").first()
    if found is None:
        raise Invalid({"account": _("The collective keeps no book here yet. Open one first.")})
    return found


def check_rent(contract: Contract, **_parts: Any) -> None:
    """``Conflict`` where no rent is paid."""
    if not contract.has_rent:
        raise Conflict(_("No rent is paid for it: it is paid with what the shares bring."))


def check_may_be_paid(contract: Contract, **_parts: Any) -> None:
    """``Conflict`` where no rent is paid, or none is left to be paid."""
    check_rent(contract)
    if not contract.schedule:
        raise Conflict(_("For this contract no rent is due."))


def check_has_rents(contract: Contract, **_parts: Any) -> None:
    """``Conflict`` where there is none to take back."""
    if not contract.rents.standing().exists():
        raise Conflict(_("No rent of it stands in the books."))


@action(rules.note_rent, locks="contract", notes=("rent", "day"))
def take_back_rent(
    *, actor: Actor, contract: Contract, rent: Rent, day: date, words: str
) -> Contract:
    """It was noted wrongly: the books take it back with the reason, and it is owed again."""
    contract.check_step("take_back_rent")
    if rent.contract_id != contract.pk or rent.is_taken_back:
        raise Invalid({"rent": _("Please choose one of those offered.")})
    words = required(words, contract.WORDS_LIMIT)
    posting.reverse(actor, rent.entry, words[:200], day)
    return contract.advance(actor, "take_back_rent", words=words, **contract.owed())
