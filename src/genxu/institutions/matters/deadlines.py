"""By when a matter must be done. Limits are custom of the programme (a township may differ).

Working days by the State Council's calendar; the day of registration is not counted and the last
day counts whole. A reminder falls at two thirds of the limit, of a lengthened one too.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from genxu.core.calendar import add_working_days, end_of_day, year_is_known

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

    def reminding_after(self, now: datetime) -> "Deadline":
        """The same with a reminder that is still to come: where two thirds are over, at two thirds
        of what is left. One that is past already is past."""
        if self.remind_at > now or self.due_at <= now:
            return self
        return Deadline(now + (self.due_at - now) * 2 / 3, self.due_at)


def deadline(start: datetime, tier: str, urgency: str, more: int = 0) -> Deadline:
    """The deadline of a matter registered (or reopened) at ``start``, lengthened by ``more``
    working days."""
    if urgency == Urgency.URGENT:
        due = extended(start + URGENT, more) if more else start + URGENT
        return Deadline(start + (due - start) * 2 / 3, due)
    days = (WORKING_DAYS[Tier(tier)] if tier else UNTRIAGED_WORKING_DAYS) + more
    day = timezone.localdate(start)
    remind = add_working_days(day, round(days * 2 / 3))
    return Deadline(end_of_day(remind), end_of_day(add_working_days(day, days)))


def extended(due_at: datetime, days: int) -> datetime:
    """The due time put off by so many working days."""
    return end_of_day(add_working_days(timezone.localdate(due_at), days))


def unpublished_year(due_at: datetime, urgency: str, more: int = 0) -> int | None:
    """The year without whose holidays this deadline was counted, as they are not published yet."""
    day = timezone.localdate(due_at)
    by_the_clock = urgency == Urgency.URGENT and not more
    return None if by_the_clock or year_is_known(day) else day.year
