"""The day of the lunar calendar (农历), as one says it beside a day: 三月廿七, 闰六月初一."""

from datetime import date, datetime, time
from functools import lru_cache

from cnlunar import Lunar

FIRST, LAST = date(1901, 3, 1), date(2099, 12, 31)
"""The days of which the library's table knows."""


@lru_cache(maxsize=4096)
def lunar_of(day: date) -> str:
    """Month and day; empty for a day outside of the table."""
    if not FIRST <= day <= LAST:
        return ""
    found = Lunar(datetime.combine(day, time(12)))
    month = str(found.lunarMonthCn).rstrip("大小")
    return f"{month}{found.lunarDayCn}"
