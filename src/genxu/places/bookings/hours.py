"""How a time is told: from when to when, with the day of the lunar calendar."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format

from genxu.core import clock
from genxu.core.lunar import lunar_of


def span(begins_at: datetime, ends_at: datetime) -> str:
    """5月20日（四月初四）10:00–14:00; over midnight with the day of its end, in another year with
    the year."""
    first, last = timezone.localtime(begins_at), timezone.localtime(ends_at)
    day = _day(first.date(), clock.today().year)
    lunar = lunar_of(first.date())
    head = f"{day}（{lunar}）" if lunar else day
    if first.date() == last.date():
        return f"{head} {first:%H:%M}–{last:%H:%M}"
    tail = _day(last.date(), first.year)
    return f"{head} {first:%H:%M} – {tail} {last:%H:%M}"


def _day(day: date, known: int) -> str:
    """With its year, unless that is known already."""
    return date_format(day, "MONTH_DAY_FORMAT" if day.year == known else "DATE_FORMAT")
