"""What happens because days pass: a campaign ends, and what it has left becomes matters."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from genxu.core import clock
from genxu.core.access import system
from genxu.core.errors import Conflict

from .campaign_actions import close_campaign, leave_over
from .models import Campaign, Part


def let_days_pass() -> int:
    """One action each; how many there were."""
    late = Campaign.objects.running().filter(until__lt=clock.today())
    count = _each(late, close_campaign, "campaign")
    return count + _each(Part.objects.left_over(), leave_over, "part")


def _each(rows: "QuerySet[Any]", take: Callable[..., Any], name: str) -> int:
    count = 0
    for row in rows.order_by("pk"):
        try:
            take(actor=system("clock"), **{name: row})
        except Conflict:  # somebody was quicker
            continue
        count += 1
    return count
