"""What this app counts for the floors above."""

from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.figures import Figure

from .models import Dispute, DisputeStep
from .workflow import State


def _settled(day: date) -> QuerySet[Any]:
    """Those that stood as settled at the end of a day."""
    if day >= clock.today():
        return Dispute.objects.filter(state=State.SETTLED)
    last = DisputeStep.objects.filter(dispute=OuterRef("pk"), on__lte=day).order_by("-at", "-pk")
    rows: QuerySet[Any] = Dispute.objects.annotate(then=Subquery(last.values("to_state")[:1]))
    return rows.filter(then=State.SETTLED)


FIGURES = [
    Figure("team.disputes_settled", _("Disputes settled"), standing=_settled, wide=True),
]
"""Wide: in a hamlet, or a village, everybody would know whose the only one was."""
