"""The brake on guessing counts tries of one kind and one address, for as long as its limit says."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory

from genxu.core.errors import TooMany
from genxu.core.models import Tries
from genxu.core.ratelimit import (
    Limit,
    client_address,
    count,
    count_try,
    forget_tries,
    give_back,
    seconds_to_wait,
    take,
)
from tests.cast import later

pytestmark = pytest.mark.django_db
DOOR = Limit("door", 3, 60)
HOUSE = Limit("house", 5, 600)


def visitor(address: str = "127.0.0.1", **headers: str) -> HttpRequest:
    return RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)


@pytest.mark.django_db(transaction=True)
def test_many_who_take_and_give_back_the_same_tries_never_wait_in_a_circle() -> None:
    """All sign-ins share a row, those of one address another; locked in two orders they would
    end in a deadlock (PostgreSQL)."""
    limits = [Limit(f"limit {n}", 10_000, 3600) for n in range(4)]

    def some(own: int) -> None:
        tried = [(one, str(own) if n < 2 else "all") for n, one in enumerate(limits)]
        try:
            for _n in range(25):
                assert take(*tried) == 0
                give_back(*tried)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        for one in [pool.submit(copy_context().run, some, n % 3) for n in range(8)]:
            one.result()
    assert set(Tries.objects.values_list("count", flat=True)) == {0}


def behind_proxy(forwarded: str) -> str:
    return client_address(visitor(**{"X-Forwarded-For": forwarded}))


def test_it_stops_behind_the_limit_and_only_that_address() -> None:
    for _n in range(3):
        count_try(visitor("10.0.0.1"), "door", 3)
    with pytest.raises(TooMany):
        count_try(visitor("10.0.0.1"), "door", 3)
    count_try(visitor("10.0.0.2"), "door", 3)
    count_try(visitor("10.0.0.1"), "window", 3)


def test_in_the_next_minute_one_may_try_again() -> None:
    for _n in range(3):
        count_try(visitor(), "door", 3)
    with later(minutes=1):
        count_try(visitor(), "door", 3)


def test_tries_are_counted_one_by_one() -> None:
    assert [count(DOOR, "she") for _n in range(4)] == [1, 2, 3, 4]
    assert count(DOOR, "he") == 1
    assert seconds_to_wait((DOOR, "she"))
    assert not seconds_to_wait((DOOR, "he"))


@pytest.mark.django_db(transaction=True)
def test_many_at_the_same_moment_are_many() -> None:
    many = Limit("many", 10, 3600)

    def some() -> list[int]:
        try:
            return [take((many, "she"), (HOUSE, str(n))) for n in range(5)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        running = [pool.submit(copy_context().run, some) for _n in range(4)]
        waits = [wait for one in running for wait in one.result()]
    assert len(waits) == 20
    free = sum(wait == 0 for wait in waits)
    assert 0 < free <= 10
    assert count(many, "she") == free + 1, "what was refused was taken off again"


def test_what_is_refused_by_one_limit_counts_in_no_other() -> None:
    """Or one who is refused again and again would use up what all have together."""
    for _n in range(10):
        take((DOOR, "she"), (HOUSE, ""))
    assert take((DOOR, "he"), (HOUSE, "")) == 0
    assert count(HOUSE, "") == 5


def test_it_says_how_long_to_wait() -> None:
    for _n in range(3):
        assert take((DOOR, "she")) == 0
    assert 0 < seconds_to_wait((DOOR, "she")) <= 60
    with later(seconds=seconds_to_wait((DOOR, "she"))):
        assert take((DOOR, "she")) == 0


def test_what_was_no_guess_is_taken_off_again_and_no_more() -> None:
    take((DOOR, "she"))
    take((DOOR, "she"))
    give_back((DOOR, "she"))
    assert count(DOOR, "she") == 2
    give_back((DOOR, "nobody"))
    assert count(DOOR, "nobody") == 1


def test_neither_address_nor_name_lies_in_the_table() -> None:
    count(DOOR, "13900000001")
    (row,) = Tries.objects.all()
    assert len(row.key) == 64
    assert set(row.key) <= set("0123456789abcdef")


def test_old_tries_are_forgotten_and_present_ones_are_not() -> None:
    count(DOOR, "she")
    count(HOUSE, "she")
    with later(seconds=61):
        assert forget_tries() == 1
    assert count(HOUSE, "she") == 2


def test_behind_a_proxy_each_visitor_counts_for_herself(settings: Any) -> None:
    """All come from the proxy's address; who they are stands in the header it sets."""
    settings.TRUSTED_PROXIES = 1
    one = {"X-Forwarded-For": "6.6.6.6, 10.0.0.1"}
    for _n in range(3):
        count_try(visitor(**one), "door", 3)
    with pytest.raises(TooMany):
        count_try(visitor(**one), "door", 3)
    count_try(visitor(**{"X-Forwarded-For": "6.6.6.6, 10.0.0.2"}), "door", 3)


def test_without_a_proxy_the_header_is_not_believed(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 0
    for n in range(3):
        count_try(visitor(**{"X-Forwarded-For": f"10.0.0.{n}"}), "door", 3)
    with pytest.raises(TooMany):
        count_try(visitor(), "door", 3)


JUNK = ["", " ", "x", "-", "10.0.0", "10.0.0.256", "010.0.0.1", "1" * 5000, "a.b.c.d", "unknown",
        "10.0.0.1;", "::g", "10.0.0.1:x", "[::1", "1.2.3.4, "]  # fmt: skip


def test_junk_as_a_forwarded_address_counts_as_one_address(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    assert {behind_proxy(f"10.0.0.1, {junk}") for junk in JUNK} == {"unknown"}
    settings.TRUSTED_PROXIES = 2
    assert {behind_proxy(f"{junk}, 10.0.0.9") for junk in JUNK[:-1]} == {"unknown"}
    assert behind_proxy("10.0.0.9") == "unknown", "it came past one of the proxies"


def test_whoever_sends_junk_is_braked(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    for n in range(3):
        count_try(visitor(**{"X-Forwarded-For": f"junk {n}"}), "door", 3)
    with pytest.raises(TooMany):
        count_try(visitor(**{"X-Forwarded-For": "other junk"}), "door", 3)


@pytest.mark.parametrize(
    ("seen", "counted"),
    [
        ("10.0.0.1", "10.0.0.1"),
        (" 10.0.0.1 ", "10.0.0.1"),
        ("10.0.0.1:5123", "10.0.0.1"),
        ("[2001:db8::1]:443", "2001:db8::/64"),
        ("2001:db8:0:1:aaaa::1", "2001:db8:0:1::/64"),
        ("2001:0DB8:0:1:ffff:ffff:ffff:ffff", "2001:db8:0:1::/64"),
        ("2001:db8:0:2::1", "2001:db8:0:2::/64"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
    ],
)
def test_an_address_counts_as_the_line_it_comes_from(
    settings: Any, seen: str, counted: str
) -> None:
    settings.TRUSTED_PROXIES = 1
    assert behind_proxy(seen) == counted
    assert client_address(visitor(seen)) == counted
