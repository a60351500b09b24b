"""How a time is told: from when to when, with the day of the lunar calendar."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from genxu.core.lunar import lunar_of


def span(begins_at: datetime, ends_at: datetime) -> str:
    """5月20日（四月初四）10:00–14:00; over midnight with the day of its end."""
    first, last = timezone.localtime(begins_at), timezone.localtime(ends_at)
    day = date_format(first.date(), "MONTH_DAY_FORMAT")
    lunar = lunar_of(first.date())
    head = f"{day}（{lunar}）" if lunar else day
    if first.date() == last.date():
        return f"{head} {first:%H:%M}–{last:%H:%M}"
    tail = date_format(last.date(), "MONTH_DAY_FORMAT")
    return f"{head} {first:%H:%M} – {tail} {last:%H:%M}"
