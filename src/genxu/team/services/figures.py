"""What this app counts for the floors above."""

from datetime import date
from typing import Any

from django.db.models import CharField, ExpressionWrapper, F, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from genxu.core.figures import Figure

from .models import Errand, Item, Posting


def _items(day: date) -> QuerySet[Any]:
    """They lie in counties and townships."""
    place = ExpressionWrapper(F("place_id"), output_field=CharField())
    rows: QuerySet[Any] = Item.objects.standing_on(day).annotate(hamlet=place)
    return rows


def _done() -> QuerySet[Any]:
    done = Errand.objects.filter(done_on__isnull=False)
    rows: QuerySet[Any] = done.annotate(day=F("done_on"), change=Value(1))
    return rows


FIGURES = [
    Figure("team.service_items", _("Things done for residents"), standing=_items, wide=True),
    Figure("team.stewards", _("Stewards"),
           standing=lambda day: Posting.objects.serving_on(day)),
    Figure("team.errands_done", _("Errands done"), changes=_done),
]  # fmt: skip
