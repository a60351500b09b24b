"""The brake on guessing counts failed tries of one address, for a minute."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from genxu.core import ratelimit
from genxu.core.errors import TooMany
from genxu.core.ratelimit import count_try


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands still until it is set."""
    now = [datetime(2026, 5, 13, 12, tzinfo=UTC).timestamp()]
    monkeypatch.setattr(ratelimit, "time", lambda: now[0])
    return now


def visitor(address: str = "127.0.0.1", **headers: str) -> HttpRequest:
    return RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)


def test_it_stops_behind_the_limit_and_only_that_address() -> None:
    for _n in range(3):
        count_try(visitor("10.0.0.1"), "door", 3)
    with pytest.raises(TooMany):
        count_try(visitor("10.0.0.1"), "door", 3)
    count_try(visitor("10.0.0.2"), "door", 3)
    count_try(visitor("10.0.0.1"), "window", 3)


def test_in_the_next_minute_one_may_try_again(at_noon: list[float]) -> None:
    for _n in range(3):
        count_try(visitor(), "door", 3)
    at_noon[0] += 60
    count_try(visitor(), "door", 3)


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
