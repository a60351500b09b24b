"""What the books tell the roof: the income of collectives, counted from their lines."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.core.figures import Figure
from genxu.core.money import FEN

from .models import BookKind, Line
from .queries import income_lines


def _collective_income() -> QuerySet[Line]:
    return income_lines().filter(entry__book__kind=BookKind.COLLECTIVE)


FIGURES = [
    Figure("places.collective_income", _("Income of collectives this year (yuan)"),
           changes=_collective_income, per=FEN, yearly=True),
]  # fmt: skip
"""集体经济收入: the lines on 501 to 504 of the year, whole yuan."""
