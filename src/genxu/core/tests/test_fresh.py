"""The version of a place moves with every writing there or above it, whatever commits first; what
is kept is given again only while nothing of what it was made from has changed."""

import threading
from collections.abc import Callable
from contextvars import copy_context
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import translation

from genxu.core import clock, journal
from genxu.core.fresh import kept, version_of
from genxu.core.models import JournalEntry
from tests.cast import (
    CITY,
    COUNTY,
    FAR,
    HOME,
    NEIGHBOUR,
    NOW,
    OPERATOR,
    PROVINCE,
    TOWNSHIP,
    VILLAGE,
    Cast,
    later,
)


def write(place: str, **changes: bool) -> JournalEntry:
    return journal.write(
        actor=OPERATOR, action="tests.do", place=place, subject_type="tests.thing",
        subject_id="1", detail={}, **changes,
    )  # fmt: skip


@pytest.mark.parametrize("place", [HOME, VILLAGE, TOWNSHIP, COUNTY, CITY, PROVINCE, ""])
def test_what_is_written_at_a_place_or_above_it_ages_what_is_seen_of_it(
    cast: Cast, place: str
) -> None:
    before = version_of(HOME)
    write(place)
    assert version_of(HOME) != before


@pytest.mark.parametrize("place", [NEIGHBOUR, FAR])
def test_what_is_written_elsewhere_does_not(cast: Cast, place: str) -> None:
    before = version_of(HOME)
    write(place)
    assert version_of(HOME) == before


def test_what_is_written_below_does_not(cast: Cast) -> None:
    before = version_of(VILLAGE)
    write(HOME)
    assert version_of(VILLAGE) == before


def test_a_reading_ages_nothing(cast: Cast) -> None:
    before = version_of(HOME)
    write(HOME, reading=True)
    assert version_of(HOME) == before


def test_a_place_where_nothing_was_written_has_a_version_too(db: None) -> None:
    assert version_of("99")


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_an_entry_that_commits_behind_a_later_one_ages_as_well() -> None:
    """Numbers are given before the commit: the last number alone would not move."""
    numbers: dict[str, int] = {}
    written, let_go = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                numbers["slow"] = write(HOME).pk
                written.set()
                assert let_go.wait(10)
        finally:
            connection.close()

    thread = threading.Thread(target=copy_context().run, args=[slow])
    thread.start()
    assert written.wait(10)
    numbers["quick"] = write(HOME).pk
    between = version_of(HOME)
    let_go.set()
    thread.join()
    assert numbers["slow"] < numbers["quick"]
    assert version_of(HOME) != between


class Counting:
    """Something to be kept that says how often it was made."""

    def __init__(self, until: datetime | None = None) -> None:
        self.made, self.until = 0, until

    def __call__(self) -> tuple[int, datetime | None]:
        self.made += 1
        return self.made, self.until


def twice(make: Callable[[], tuple[int, datetime | None]], *depends: object) -> list[int]:
    return [kept("tests", HOME, *depends, make=make) for _n in range(2)]


def test_it_is_made_once(cast: Cast) -> None:
    assert twice(Counting()) == [1, 1]


def test_it_is_made_anew_when_something_was_written(cast: Cast) -> None:
    make = Counting()
    assert twice(make) == [1, 1]
    write(HOME)
    assert twice(make) == [2, 2]


def test_each_day_each_language_and_all_it_depends_on_have_their_own(cast: Cast) -> None:
    make = Counting()
    assert twice(make) == [1, 1]
    with later(days=1):
        assert twice(make) == [2, 2]
    with translation.override("en"):
        assert twice(make) == [3, 3]
    assert twice(make, True) == [4, 4]
    assert twice(make, "True") == [5, 5]
    assert twice(make) == [1, 1]


def test_it_is_kept_no_longer_than_it_is_true(cast: Cast) -> None:
    make = Counting(NOW + timedelta(hours=1))
    with clock.at(NOW + timedelta(minutes=59)):
        assert twice(make) == [1, 1]
    with clock.at(NOW + timedelta(hours=1)):
        assert kept("tests", HOME, make=make) == 2


def test_nothing_is_kept_of_what_failed(cast: Cast) -> None:
    def fail() -> tuple[int, datetime | None]:
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError):
        kept("tests", HOME, make=fail)
    assert twice(Counting()) == [1, 1]
