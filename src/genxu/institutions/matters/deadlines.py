"""By when a matter must be done. Limits are custom of the programme (a township may differ).

Working days by the State Council's calendar; the day of registration is not counted and the last
day counts whole. A reminder falls at two thirds of the limit.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from genxu.core.calendar import add_working_days, end_of_day

from .workflow import Tier, Urgency

WORKING_DAYS = {Tier.PERSONAL: 3, Tier.COMMON: 7, Tier.SPECIALIST: 15}
UNTRIAGED_WORKING_DAYS = 7
URGENT = timedelta(hours=24)
EXTENSIONS = (3, 5, 7, 10)


@dataclass(frozen=True)
class Deadline:
    """When the handler is reminded, and when the matter is overdue."""

    remind_at: datetime
    due_at: datetime


def deadline(start: datetime, tier: str, urgency: str) -> Deadline:
    """The deadline of a matter registered (or reopened) at ``start``."""
    if urgency == Urgency.URGENT:
        return Deadline(start + URGENT * 2 / 3, start + URGENT)
    days = WORKING_DAYS[Tier(tier)] if tier else UNTRIAGED_WORKING_DAYS
    day = timezone.localdate(start)
    remind = add_working_days(day, round(days * 2 / 3))
    return Deadline(end_of_day(remind), end_of_day(add_working_days(day, days)))


def extended(due_at: datetime, days: int) -> datetime:
    """The due time put off by so many working days."""
    return end_of_day(add_working_days(timezone.localdate(due_at), days))
