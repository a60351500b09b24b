"""What contracts count for the floors above: land that comes in and stands on a day."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import CharField, F, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from genxu.core.figures import Figure

from .models import LAND, Contract


def _placed(rows: QuerySet[Contract]) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.annotate(hamlet=Cast("place_id", CharField()), change=F("area"))
    return found


def land_on(day: date) -> QuerySet[Any]:
    """The land of contracts that stand on the day; each land is counted with its own contract."""
    rows = Contract.objects.standing_on(day).coming_in()
    return _placed(rows.filter(what__in=LAND, area__isnull=False))


def moved_by_time(start: datetime, end: datetime) -> QuerySet[Any]:
    """Contracts that began, or ran out, though nobody did anything."""
    before, today = localdate(start), localdate(end)
    began = Q(since__gt=before, since__lte=today)
    over = Q(last_day__gte=before, last_day__lte=today - timedelta(days=1))
    return _placed(Contract.objects.made().coming_in().filter(began | over))


FIGURES = [
    Figure("places.land_in_cooperation", _("Mu of land in cooperation"), standing=land_on,
           moved_by_time=moved_by_time, measured=True, per=100),
]  # fmt: skip
