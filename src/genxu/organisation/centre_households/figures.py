"""What this app counts for the floors above."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.core.figures import Figure

from .models import CentreHousehold, Coverage


def _serving(day: date) -> QuerySet[Any]:
    return CentreHousehold.objects.serving_on(day)


def _covered(day: date) -> QuerySet[Any]:
    return Coverage.objects.on(day)


FIGURES = [
    Figure("organisation.centre_households", _("Centre households"), standing=_serving),
    Figure("organisation.households_covered", _("Households looked after"), standing=_covered),
]
