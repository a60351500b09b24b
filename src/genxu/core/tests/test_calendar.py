"""Working days by the State Council's calendar of holidays and adjusted working days."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from genxu.core.calendar import (
    KNOWN_YEARS,
    add_working_days,
    end_of_day,
    is_working_day,
    months_further,
    months_later,
    year_is_known,
    years_on,
)

days = st.dates(date(2015, 1, 1), date(2035, 12, 1))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2023, 5, 6), True),  # a Saturday worked instead of a day of May
        (date(2023, 4, 23), True),
        (date(2023, 5, 3), False),
        (date(2023, 10, 6), False),  # a Friday of the National holidays
        (date(2023, 10, 7), True),
        (date(2023, 5, 24), True),
        (date(2023, 5, 27), False),
        (date(2024, 2, 4), True),
        (date(2024, 2, 12), False),
    ],
)
def test_the_days_of_the_notices(day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_a_year_without_a_notice_falls_back_on_weekdays() -> None:
    unknown = max(KNOWN_YEARS) + 1
    assert not year_is_known(date(unknown, 1, 1))
    for n in range(366):
        day = date(unknown, 1, 1) + timedelta(days=n)
        if day.year == unknown:
            assert is_working_day(day) == (day.weekday() < 5)


def test_the_present_year_is_known() -> None:
    assert {2023, 2024, 2025, 2026} <= KNOWN_YEARS


@given(days, st.integers(1, 40))
def test_so_many_working_days_lie_between(day: date, count: int) -> None:
    last = add_working_days(day, count)
    between = [day + timedelta(days=n) for n in range(1, (last - day).days + 1)]
    assert sum(map(is_working_day, between)) == count
    assert is_working_day(last)


@given(days, st.integers(0, 20), st.integers(0, 20))
def test_adding_in_two_parts_is_adding_at_once(day: date, one: int, two: int) -> None:
    assert add_working_days(add_working_days(day, one), two) == add_working_days(day, one + two)


@given(days)
def test_the_end_of_a_day_is_on_that_day_in_the_hamlet(day: date) -> None:
    from django.utils import timezone

    assert timezone.localdate(end_of_day(day)) == day
    assert timezone.localdate(end_of_day(day) + timedelta(seconds=1)) == day + timedelta(days=1)


@given(days, st.integers(-24, 60))
def test_months_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and later.day >= 28)


def test_years_on_from_the_29th_of_february() -> None:
    assert years_on(date(2024, 2, 29), 5) == date(2029, 2, 28)
    assert years_on(date(2024, 2, 29), -4) == date(2020, 2, 29)


@given(days, st.lists(st.integers(1, 10), min_size=1, max_size=8))
def test_a_chain_of_years_is_counted_from_its_first_day(first: date, chain: list[int]) -> None:
    """Three terms of one year are one of three: whoever began on 29 February comes back to it."""
    end = years_on(first, chain[0])
    for years in chain[1:]:
        end = months_further([first], end, 12 * years)
    assert end == years_on(first, sum(chain))


@given(days, days, st.integers(1, 60))
def test_an_end_of_no_first_day_is_counted_from_itself(first: date, end: date, more: int) -> None:
    gone = 12 * (end.year - first.year) + end.month - first.month
    assume(gone <= 0 or months_later(first, gone) != end)
    assert months_further([first], end, more) == months_later(end, more)


def test_the_29th_of_february_is_not_lost_on_the_way() -> None:
    leap = date(2024, 2, 29)
    assert months_further([leap], date(2027, 2, 28), 12) == date(2028, 2, 29)


def test_beyond_the_last_year_there_is_no_later_day() -> None:
    """Whoever types the year 9999 gets the sentence of the form, no page of an accident."""
    assert years_on(date(9999, 12, 31), 5) == date.max
    assert years_on(date(9996, 1, 1), 3) == date(9999, 1, 1)
    assert months_later(date(1, 1, 31), -1) == date.min
