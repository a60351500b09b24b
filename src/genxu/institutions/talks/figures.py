"""What this app counts for the floors above: by the evening, whenever it was written down, and only
what stands."""

from typing import Any

from django.db.models import F, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from genxu.core.figures import Figure

from .models import Talk


def _evenings(**which: Any) -> QuerySet[Any]:
    rows = Talk.objects.standing().filter(**which)
    counted: QuerySet[Any] = rows.annotate(day=F("held_on"), change=Value(1))
    return counted


FIGURES = [
    Figure("institutions.talks_held", _("Talks held"), lambda: _evenings(head_count__gt=0)),
    Figure("institutions.talks_nobody_came", _("Evenings on which nobody came"),
           lambda: _evenings(head_count=0)),
]  # fmt: skip
