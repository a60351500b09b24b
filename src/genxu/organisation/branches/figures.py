"""What this app counts for the floors above: organisations that stood on a day, by their seat."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.core.figures import Figure

from .models import Organisation

Kind = Organisation.Kind


def _standing(*kinds: str) -> Callable[[date], QuerySet[Any]]:
    def on(day: date) -> QuerySet[Any]:
        """Founded on or before the day, and not dissolved on or before it."""
        rows = Organisation.objects.filter(kind__in=kinds, founded_on__lte=day)
        return rows.filter(Q(closed_on=None) | Q(closed_on__gt=day))

    return on


FIGURES = [
    Figure(
        "organisation.branches",
        _("Party branches"),
        standing=_standing(Kind.BRANCH, Kind.JOINT_BRANCH),
    ),
    Figure("organisation.party_groups", _("Party groups"), standing=_standing(Kind.PARTY_GROUP)),
]
