"""What merging or closing a hamlet means to its fund: two at one place cannot be."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from genxu.people.resettlement import Merging
from genxu.places.ledger.models import Book, BookKind
from genxu.regions.models import Region

from .models import Spending
from .workflow import OPEN


def _kept_at(hamlet: Region) -> bool:
    return Book.objects.kept().filter(place=hamlet, kind=BookKind.FUND).exists()


def left_at(hamlet: Region) -> Iterable[str]:
    if Spending.objects.filter(hamlet=hamlet, state__in=OPEN).exists():
        yield _("something asked of its fund that is not at its end")
    if _kept_at(hamlet):
        yield _("a running fund whose book is not closed")


def against_merging(merging: Merging) -> Iterable[str]:
    """The money of one would be mixed with that of the other."""
    if _kept_at(merging.hamlet) and _kept_at(merging.heir):
        yield _("Both hamlets have a running fund. Spend or hand over what is left in one, and let "
                "the bookkeeper close its book.")  # fmt: skip
