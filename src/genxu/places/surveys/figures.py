"""What surveys count for the roof: a mean with the number of its households, never of few.

On a day it is that of the year before: the last one that was over; from 1 January on there is none
until the new survey is closed.
"""

from typing import Any

from django.db.models import F, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from genxu.core.figures import Figure
from genxu.core.money import FEN

from .models import FEWEST, Income


def _of(change: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = Income.objects.told().annotate(day=F("survey__closed_on"), change=change)
    return rows


ASKED = "places.households_surveyed"
FIGURES = [
    Figure(ASKED, _("Households that told their income"), lambda: _of(Value(1)), yearly=True),
    Figure("places.income_told", "", lambda: _of(F("income")), yearly=True, hidden=True),
    Figure("places.persons_told", "", lambda: _of(F("persons")), yearly=True, hidden=True),
    Figure(
        "places.income_per_head", _("Income per head, the year before (yuan)"),
        mean_of=("places.income_told", "places.persons_told"), fewest=(ASKED, FEWEST), per=FEN,
    ),
]  # fmt: skip
