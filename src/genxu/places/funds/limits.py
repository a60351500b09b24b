"""From which sum on spending is major, and what is not paid at all, in the rule's own words."""

from django.utils.translation import gettext_lazy as _

from genxu.core.promises import StrOrPromise
from genxu.regions.codes import LENGTHS, Level

from .models import Limit

USUAL = 2_000_00
"""Fen from which on spending is major where the township has set nothing else (custom; 121号 7
leaves it to the place)."""
REFUSED: dict[str, tuple[StrOrPromise, StrOrPromise]] = {
    "loan": (_("Lending or borrowing money"), _(
        "Common money is not lent, and none is borrowed for public works (121号 15). What is not "
        "there waits until it is.")),
    "guarantee": (_("Standing surety for somebody"), _(
        "The hamlet stands surety for nobody: neither for a firm nor for a person (121号 23).")),
    "advance": (_("An advance to a person"), _(
        "Nobody is given common money beforehand, and no chit takes its place in the box "
        "(121号 16). It is paid when the bill is there.")),
}  # fmt: skip
"""Purposes that the form offers, and the action refuses: better than silence."""
CHIT = _("A chit is no paper to pay on, and stands for no money in the box (121号 16). "
         "Ask for a receipt or an invoice.")  # fmt: skip


def township_of(code: str) -> str:
    return code[: LENGTHS[Level.TOWNSHIP]]


def limit_at(code: str) -> int:
    """The limit of the township in which a place lies, in fen."""
    last = Limit.objects.filter(place=township_of(code)).order_by("-pk").first()
    return last.amount if last else USUAL
