"""What this app counts for the floors above: by the evening, whenever it was written down, and only
what stands."""

from typing import Any

from django.db.models import F, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from genxu.core.figures import Figure

from .models import Talk, TalkQuerySet


def _evenings(rows: TalkQuerySet) -> QuerySet[Any]:
    counted: QuerySet[Any] = rows.annotate(day=F("held_on"), change=Value(1))
    return counted


FIGURES = [
    Figure("institutions.talks_held", _("Talks held"), lambda: _evenings(Talk.objects.held())),
    Figure("institutions.talks_nobody_came", _("Evenings on which nobody came"),
           lambda: _evenings(Talk.objects.standing().filter(head_count=0))),
]  # fmt: skip
