"""What happens because days pass: a noted good word stands, a yes that nobody used is void."""

from collections.abc import Callable

from django.db.models import QuerySet

from genxu.core import clock
from genxu.core.access import system
from genxu.core.errors import Conflict

from .actions import confirm_word, lapse_errand
from .models import Errand
from .workflow import PENDING, RUNNING, State


def let_days_pass() -> int:
    """One action each; how many there were."""
    late = Errand.objects.filter(state__in=RUNNING, lapses_on__lt=clock.today())
    noted = Errand.objects.filter(state=State.DONE, answered_at__lte=clock.now() - PENDING).exclude(
        answer=""
    )
    return _each(late, lapse_errand) + _each(noted, confirm_word)


def _each(rows: "QuerySet[Errand]", take: Callable[..., Errand]) -> int:
    count = 0
    for errand in rows.order_by("pk"):
        try:
            take(actor=system("clock"), errand=errand)
        except Conflict:  # somebody was quicker
            continue
        count += 1
    return count
