"""How money of a fund is booked: whoever notes it never sees debit and credit.

What comes is given for good and owed to nobody, so it is income (503 subsidies, 504 other income)
and not 113 internal accounts, on which it would stand as a debt for ever (财会〔2023〕14号).
"""

from datetime import date

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.errors import Conflict, Invalid, Missing
from genxu.places.ledger import chart
from genxu.places.ledger.models import Book, BookKind, Entry
from genxu.places.ledger.posting import Leg, Slip, post, reverse
from genxu.places.ledger.queries import book_at
from genxu.regions.models import Region

from .models import Contribution, Purpose, Purse, Source, Spending

INCOME = {
    Source.TOWNSHIP: chart.SUBSIDIES, Source.VILLAGE: chart.SUBSIDIES,
    Source.SOCIETY: chart.OTHER_INCOME, Source.OWN: chart.SUBSIDIES,
}  # fmt: skip
EXPENSE = {
    Purpose.OFFICE: chart.ADMINISTRATION, Purpose.UTILITIES: chart.ADMINISTRATION,
    Purpose.REPAIRS: chart.PUBLIC_GOOD, Purpose.EVENTS: chart.PUBLIC_GOOD,
    Purpose.FACILITIES: chart.PUBLIC_GOOD, Purpose.OTHER: chart.OTHER_EXPENSE,
}  # fmt: skip
CONTRIBUTION, SPENDING = "funds.contribution", "funds.spending"
"""What stands before the number of the row in the ``origin`` of its entry."""


def fund_at(hamlet: Region) -> Book:
    """The hamlet's fund; ``Conflict`` where none is kept."""
    try:
        return book_at(hamlet, BookKind.FUND)
    except Missing:
        raise Conflict(_("No running fund is kept here yet: the bookkeeper opens it.")) from None


def known_purse(purse: str) -> str:
    if purse not in Purse:
        raise Invalid({"purse": _("Please say where the money lies.")})
    return purse


def book_contribution(actor: Actor, one: Contribution) -> Entry:
    """Money that came: into cash or bank, from income. Of a person, or who does not wish to be
    named, the book says no name, since what stands there is shown and stays; the gift does."""
    assert one.amount is not None
    unnamed = one.is_person or (one.is_gift and not one.named)
    legs = [Leg(one.purse, debit=one.amount), Leg(INCOME[Source(one.source)], credit=one.amount)]
    slip = Slip(
        day=one.day, text=_told(one), legs=legs, who="" if unnamed else one.giver,
        is_person=one.is_person, motion=one.motion, paper=one.paper,
        origin=f"{CONTRIBUTION}:{one.pk}",
    )  # fmt: skip
    return post(actor, one.book, slip)


def _told(one: Contribution) -> str:
    """A sentence that a villager would say."""
    return {
        Source.TOWNSHIP: _("Support by the township for the hamlet came in"),
        Source.VILLAGE: _("A part of the village's collective income came in"),
        Source.OWN: _("A part of our own collective income came in, as the members decided"),
        Source.SOCIETY: _("A gift for the hamlet came in"),
    }[Source(one.source)]


def payment_legs(one: Spending, purse: str, amount: int) -> list[Leg]:
    return [Leg(EXPENSE[Purpose(one.purpose)], debit=amount), Leg(purse, credit=amount)]


def take_back(actor: Actor, entry: Entry | None, reason: str, day: date | None = None) -> None:
    """The mirror image of an entry, today or on a day of an open month; nothing for what moved no
    money."""
    if entry is not None:
        reverse(actor, entry, reason, day or clock.today())
