"""What this app counts for the floors above: what came into the funds."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.core.figures import Figure
from genxu.core.money import FEN
from genxu.places.ledger.models import BookKind, Line
from genxu.places.ledger.queries import income_lines


def _received() -> QuerySet[Line]:
    """On the day on which it came; what was given back or struck out is taken off on its day."""
    return income_lines().filter(entry__book__kind=BookKind.FUND)


FIGURES = [
    Figure("places.funds_received", _("Came into running funds this year (yuan)"),
           changes=_received, per=FEN, yearly=True),
]  # fmt: skip
