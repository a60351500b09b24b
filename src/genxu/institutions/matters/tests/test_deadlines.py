"""Deadlines: working days of the State Council's calendar, a reminder at two thirds."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from genxu.core.calendar import is_working_day
from genxu.institutions.matters.deadlines import EXTENSIONS, WORKING_DAYS, deadline, extended
from genxu.institutions.matters.workflow import Tier, Urgency
from tests.cast import CST

WEDNESDAY = datetime(2026, 5, 13, 10, tzinfo=CST)
moments = st.datetimes(datetime(2019, 1, 1), datetime(2026, 11, 30)).map(
    lambda moment: moment.replace(tzinfo=CST)
)


def day(moment: datetime) -> date:
    return timezone.localdate(moment)


@pytest.mark.parametrize(
    ("tier", "due"),
    [("personal", date(2026, 5, 18)), ("common", date(2026, 5, 22)),
     ("specialist", date(2026, 6, 3)), ("", date(2026, 5, 22))],
)  # fmt: skip
def test_limits_are_three_seven_and_fifteen_working_days(tier: str, due: date) -> None:
    assert day(deadline(WEDNESDAY, tier, Urgency.ORDINARY).due_at) == due


def test_the_last_day_counts_whole() -> None:
    due = deadline(WEDNESDAY, Tier.PERSONAL, Urgency.ORDINARY).due_at
    assert timezone.localtime(due).strftime("%H:%M:%S") == "23:59:59"


@pytest.mark.parametrize("tier", [*Tier, ""])
def test_urgent_is_24_hours_by_the_clock_in_every_tier(tier: str) -> None:
    limit = deadline(WEDNESDAY, tier, Urgency.URGENT)
    assert limit.due_at - WEDNESDAY == timedelta(hours=24)
    assert limit.remind_at - WEDNESDAY == timedelta(hours=16)


def test_holidays_do_not_count_and_adjusted_working_days_do() -> None:
    """29 April 2023: 1–3 May off, 6 May (a Saturday) worked."""
    friday = datetime(2023, 4, 28, 9, tzinfo=CST)
    assert day(deadline(friday, "personal", "ordinary").due_at) == date(2023, 5, 6)


@given(moments, st.sampled_from([*Tier]))
def test_so_many_working_days_lie_behind_the_day_of_registration(
    start: datetime, tier: Tier
) -> None:
    limit = deadline(start, tier, Urgency.ORDINARY)
    first, last = day(start), day(limit.due_at)
    days = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    assert sum(map(is_working_day, days)) == WORKING_DAYS[tier]
    assert is_working_day(last)


@given(moments, st.sampled_from([*Tier]))
def test_the_reminder_falls_at_two_thirds(start: datetime, tier: Tier) -> None:
    limit = deadline(start, tier, Urgency.ORDINARY)
    first, remind = day(start), day(limit.remind_at)
    days = [first + timedelta(days=n) for n in range(1, (remind - first).days + 1)]
    wanted = {Tier.PERSONAL: 2, Tier.COMMON: 5, Tier.SPECIALIST: 10}[tier]
    assert sum(map(is_working_day, days)) == wanted
    assert start < limit.remind_at < limit.due_at


@given(moments, st.sampled_from(EXTENSIONS))
def test_an_extension_puts_off_by_working_days(start: datetime, more: int) -> None:
    due = deadline(start, Tier.COMMON, Urgency.ORDINARY).due_at
    put_off = extended(due, more)
    days = [day(due) + timedelta(days=n) for n in range(1, (day(put_off) - day(due)).days + 1)]
    assert sum(map(is_working_day, days)) == more
