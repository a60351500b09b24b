"""Days on from a day; working days by the State Council's yearly notice of holidays.

Source: the notices 国务院办公厅关于部分节假日安排的通知, as kept by the library chinesecalendar.
The years are published one at a time, each in the autumn before; a year that is not yet known is
counted by weekdays (``year_is_known`` tells which those are).
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta
from functools import lru_cache

import chinese_calendar
from chinese_calendar.constants import holidays
from django.utils import timezone

KNOWN_YEARS = frozenset(day.year for day in holidays)


def year_is_known(day: date) -> bool:
    """Whether the notice of this day's year has been published to the library."""
    return day.year in KNOWN_YEARS


@lru_cache(maxsize=4096)
def is_working_day(day: date) -> bool:
    """Whether offices work on this day."""
    if year_is_known(day):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5


@lru_cache(maxsize=65536)
def add_working_days(day: date, count: int) -> date:
    """The ``count``-th working day after ``day``; the day itself is not counted."""
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day):
            count -= 1
    return day


def end_of_day(day: date) -> datetime:
    """The last second of a day, aware, at the place of the programme."""
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


def months_later(day: date, months: int) -> date:
    """The same day so many months on (or back), or the last day of a shorter month; the last (or
    first) day that there is, where somebody typed the year 9999 (or 1)."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if not MINYEAR <= year <= MAXYEAR:
        return date.max if year > MAXYEAR else date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_on(first_day: date, years: int) -> date:
    """The same day so many years on (or back); of 29 February the 28th where there is none."""
    return months_later(first_day, 12 * years)


def months_further(first_days: Iterable[date], end: date, months: int) -> date:
    """So many months behind an end, counted from the first day that it was itself counted from:
    a chain that began on 29 February comes back to that day, and one of the 31st to the 31st.

    Where the end is that of none of these first days, it is counted from the end itself.
    """
    for first in first_days:
        gone = 12 * (end.year - first.year) + end.month - first.month
        if gone > 0 and months_later(first, gone) == end:
            return months_later(first, gone + months)
    return months_later(end, months)


def morning(day: date, after: int = 0) -> datetime:
    """When a day begins here, or one so many days after it; the ends of a calendar are moved in."""
    day = min(max(day, date(1900, 1, 1)), date(9000, 1, 1)) + timedelta(days=after)
    return timezone.make_aware(datetime.combine(day, time.min))
